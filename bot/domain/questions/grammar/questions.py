"""Questions as people ask them: "who accepted 15", "is Kent done with 15?", "begun 16 yet, Dorset?".

One is answered only where a lookup answers it and every word is accounted for; a wrong answer is worse than
none."""

import re

from bot.domain.questions.grammar.certainty import SMALL_WORDS, Doubt, doubts_in, words_in
from bot.domain.questions.grammar.command import CommandText, Subject, TypedCommand, subject_of
from bot.domain.questions.grammar.typed_commands import (
    Changes,
    Contacts,
    Deadlines,
    DigestNext,
    DigestPreview,
    Help,
    InRegion,
    Overdue,
    Standing,
    Status,
    Waiting,
)
from bot.domain.questions.grammar.typed_recordings import DigestSend
from bot.domain.questions.grammar.verbs import VERB_OF
from bot.domain.questions.grammar.words import colon_in, own_form, pieces_of, words_of
from bot.domain.questions.names import Body, Named, Region, ReportName
from bot.domain.refusals.refusal import Refusal
from bot.domain.values import replace

_ASKING = words_in(
    "who whom whose whos which what whats when whens where wheres why whys how hows do does did done"
    " doing has have had is are was were be been am any anyone anybody many much come yet still right eh"
    " or not no hasnt havent isnt arent didnt doesnt wasnt werent hadnt tell show see know"
)
_SAYS_HOW_IT_STANDS = words_in(
    "accept accepts accepted agree agrees agreed decline declines declined reject rejected rejects answer"
    " answers answered response responded respond reply replied complete completes completed completion"
    " done finish finished start started begin begun progress way under underway block blocked check"
    " checked reopened withdrawn withdraw extended extend due deadline date status stand stands standing"
    " news latest update updates note going recorded record bodies body pcc pccs force forces office"
)
_LATE = frozenset(("late", "overdue", "behind"))
_AWAITING = frozenset(("waiting", "awaiting"))
_ANSWERING = frozenset(("respond", "responded", "answer", "answered", "reply", "replied", "response"))
_WHEN = frozenset(("due", "deadline", "deadlines", "when", "whens"))
_CHANGED = frozenset(("changed", "changes", "change", "new"))
_WHO_RECORDS = frozenset(("contact", "contacts"))
_NOT_IN_WORDS = re.compile(r":[^:\s]*:|[\W_]")
_OF_A_PERSON = re.compile(r"['’]s\b")
_HOW_TO = re.compile(r"\bhow\s+(?:do|can|to|would|could|should|does)\b", re.IGNORECASE)


def answer_to(command: CommandText) -> TypedCommand | None:
    """Return the lookup that answers a question; None where none does, or a word is not accounted for."""
    if colon_in(command.typed) is not None or not command.answers_questions:
        return None
    typed = _OF_A_PERSON.sub("  ", command.typed)
    subject = subject_of(pieces_of(typed, command.names))
    keys = _keys(typed, subject)
    if command.row.name == "digest":
        return _digest(command)
    if _HOW_TO.search(typed) and (help_ := _help(keys)):
        return help_
    known = _ASKING | SMALL_WORDS | _SAYS_HOW_IT_STANDS
    topics = _LATE | _AWAITING | _WHEN | _CHANGED | _WHO_RECORDS
    if keys - known - topics:
        return None
    return _by_topic(
        subject, keys, topics, denies=any(word.doubt is Doubt.NEGATION for word in doubts_in(typed))
    )


def _by_topic(
    subject: Subject, keys: set[str], topics: frozenset[str], *, denies: bool
) -> TypedCommand | None:
    scope, is_clear = _scope(subject)
    about = keys & topics
    if not is_clear or (len(subject.refs) > 1 and about - _WHEN):
        return None
    body = scope if subject.refs and isinstance(scope, Body) else None
    region = scope if subject.refs and isinstance(scope, Region) else None
    target = subject.refs[0] if subject.refs else scope
    if about & _LATE:
        return None if denies else Overdue(target, body=body, region=region)
    if about & _AWAITING or (denies and keys & _ANSWERING):
        return Waiting(target, body=body, region=region)
    if about & _WHO_RECORDS:
        return None if subject.refs or isinstance(scope, ReportName) else Contacts(scope)
    if about & _CHANGED:
        return Changes() if target is None and not denies else None
    if target is None:
        return Deadlines() if about & _WHEN else None
    if region:
        return InRegion(subject.refs[0], region) if len(subject.refs) == 1 else None
    if subject.refs:
        return Status(subject.refs, body)
    return Standing(scope) if scope else None


def _scope(subject: Subject) -> tuple[Named | None, bool]:
    """Return the one thing named, if any, and whether it is clear what is meant."""
    if not subject.names:
        return None, True
    meanings = subject.names[0].meanings
    if len(subject.names) > 1 or len(meanings) > 1:
        return None, False
    if subject.refs and isinstance(meanings[0], ReportName):
        return None, False
    return meanings[0], True


def _keys(typed: str, subject: Subject) -> set[str]:
    """Return the words that name nothing, without apostrophes and signs."""
    words = (own_form(words_of(typed[piece.start : piece.end])) for piece in subject.others)
    plain = (_NOT_IN_WORDS.sub("", word) for pair in words for word in pair.split())
    return {word for word in plain if word}


def _help(keys: set[str]) -> Help | None:
    """Return help where it is asked how something is done, not how it stands."""
    verbs = {VERB_OF[key].name for key in keys if key in VERB_OF and VERB_OF[key].writes}
    return Help(verbs.pop()) if len(verbs) == 1 else None


def _digest(command: CommandText) -> TypedCommand | None:
    """Read whatever is asked of the digest but to send it."""
    try:
        request = command.row.read(replace(command, rest=command.rest.rstrip("?？! ")))
    except Refusal:
        return None
    if isinstance(request, DigestSend):
        return None
    return request if isinstance(request, (DigestNext, DigestPreview)) else None
