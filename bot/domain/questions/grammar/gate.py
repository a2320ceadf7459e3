"""The gate before everything that records or sends: a question, a negation or a hedge does not pass it.

Only the words before a text count: what follows a colon, or a note's recommendation, may say anything."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.domain.free_text import from_slack
from bot.domain.questions.grammar.certainty import (
    SMALL_WORDS,
    Doubt,
    DoubtfulWord,
    doubts_in,
    is_a_text,
    takes_back,
)
from bot.domain.questions.grammar.command import (
    CommandText,
    Subject,
    TakesText,
    TypedCommand,
    bodies_in,
    choice,
    command_of,
    lookups_of,
    subject_of,
    unmistakable,
)
from bot.domain.questions.grammar.coordinating import date_in
from bot.domain.questions.grammar.counted import counted_after
from bot.domain.questions.grammar.denials import denial_in
from bot.domain.questions.grammar.empty_texts import was_not_meant
from bot.domain.questions.grammar.grants import MENTION
from bot.domain.questions.grammar.problems import Choice, NotUnderstood, What
from bot.domain.questions.grammar.published_responses import LINK
from bot.domain.questions.grammar.questions import answer_to
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.verbs import SPOKEN, VERB_OF
from bot.domain.questions.grammar.words import (
    FOR_WHOM,
    NAMED,
    NO_VICTIM,
    Kind,
    Piece,
    at_colon,
    own_form,
    pieces_of,
    words_of,
)
from bot.domain.questions.names import Body
from bot.domain.register.redaction import ground_of
from bot.domain.register.state_words import STAGES
from bot.domain.values import replace

# Words that lead to a day or a successor, and doubt nothing there.
_LEADS_ON: dict[str, frozenset[str]] = {
    "away": frozenset(["by", "until", "till", "before", "next", "tomorrow"]),
    "extend": frozenset(["by", "until", "till", "before", "due", "next"]),
    "close": frozenset(("by",)),
    "expect": frozenset(["by", "until", "till", "before", "next"]),
    "withdraw": frozenset(("by",)),
    "invite": frozenset(("by",)),
    "set": frozenset(("by",)),
}
# A day follows their recommendations.
_TAKES_A_DAY = frozenset(("extend", "expect", "close", "party", "invite", "publish", "copy", "set"))
# What they are about is a body or a report: a number beside it is a day's.
_OF_NO_RECOMMENDATION = frozenset(("away", "invite", "publish", "copy", "set"))
_IN_PART = frozenset(("part", "partly", "partially"))
# Of those a text without a colon may turn the meaning into the opposite, so none is taken for theirs.
_WHOLE = frozenset(("complete", "check", "grant", "revoke", "remind", "undo", "digest"))
_HOW_FAR = frozenset(("progress", "in progress", "not started"))
# "Note for 15: …" is how a sentence goes, of which another word may be missing.
_IN_A_SENTENCE = re.compile(r"\s*(for|on|about|to|against|re)\s+(?=[#\d])", re.IGNORECASE)
_BARE_NO = re.compile(r"no(?:[\s#-]|[0-9])", re.IGNORECASE)
_NOTHING_BUT_SIGNS = re.compile(r"[\W_]*")
_NOT_STARTED = re.compile(
    r"\b(?:not|never|\w+n['’‘ʼ`´]?t|(?:yet|still) to)\s+(?:(?:yet|even|been)\s+)*(?:start(?:ed)?|beg[iu]n)\b",
    re.IGNORECASE,
)
_AROUND_NOT_STARTED = frozenset(("yet", "progress"))


def passed(command: CommandText) -> TypedCommand | None:
    """Return None for a command that says plainly what to do; for a question the lookup that answers it.

    Raises NotUnderstood for a question that no lookup answers, and for a negation or a hedge."""
    if command.row.name == "ask" and at_colon(command.rest)[1] is None:
        # Its text asks, and needs its colon.
        return None
    if _QUOTED.fullmatch(command.typed.strip()):
        plain = command.typed.strip()[1:-1].strip()
        pieces = pieces_of(command.rest, command.names)
        raise command.not_understood(What.QUOTED, plain, [choice(plain), *lookups_of(subject_of(pieces))])
    sentence = _ENDS_A_SENTENCE.match(command.typed)
    if sentence and command.verb == own_form(words_of(sentence["words"])):
        # "Done. 16." is two sentences, and the second may be about something else.
        rest = command.rest.rstrip(".! ")
        raise command.not_understood(What.NOT_CERTAIN, command.verb, [choice(command_of(command.verb, rest))])
    rest = _without_people(command)
    denial = denial_in(command, rest)
    head, text = _parted(command, rest, denial)
    pieces = pieces_of(head, command.names, _own_words(command))
    doubts = _doubts(command, head, pieces)
    if not doubts and not denial:
        _must_be_no_sentence(command, head)
        return None
    subject = _subject_of(command, pieces)
    if any(doubtful.doubt.asks for doubtful in doubts):
        if answer := answer_to(command):
            return answer
        raise command.not_understood(What.QUESTION, doubts[0].word, _nearest(command, subject))
    if denial:
        subject = _subject_of(command, pieces_of(at_colon(head)[0], command.names, _own_words(command)))
        if was_not_meant(denial):
            raise command.not_understood(What.NOT_MEANT, denial, _nearest(command, subject))
        refs = () if takes_back(denial) else subject.refs[:1]
        note = [choice(command_of("note", ref, *_slugs(subject), text=denial)) for ref in refs]
        raise command.not_understood(What.NOT_CERTAIN, denial, [*note, *_nearest(command, subject)])
    # "started 25 not" is "25 not started".
    if command.row.name in _HOW_FAR and (problem := _not_started(command, f"{head} {command.verb}", text)):
        raise problem
    choices = [*_same_meaning(command, head, text, pieces, subject), *_nearest(command, subject)]
    raise command.not_understood(What.NOT_CERTAIN, doubts[0].word, choices)


# A command in quotation marks, brackets or as code may only be spoken of.
_QUOTED = re.compile(r"[\"'“”‘’„«`(][^\n]*[\"'“”‘’«»`)]")


def _subject_of(command: CommandText, pieces: Sequence[Piece]) -> Subject:
    """Return what the command is about, without the numbers that may be a day's."""
    subject = subject_of(pieces)
    if command.row.name in _OF_NO_RECOMMENDATION:
        return replace(subject, refs=())
    return replace(subject, refs=subject.refs[:1]) if command.row.name in _TAKES_A_DAY else subject


_ENDS_A_SENTENCE = re.compile(r"\s*(?P<words>[a-z -]+)[.!]\s+\S", re.IGNORECASE)


def doubtful(command: CommandText) -> NotUnderstood | None:
    """Return why words with no verb in front are not recorded; None where nothing is in doubt."""
    head, text = at_colon(command.typed)
    pieces = pieces_of(head, command.names)
    doubts = _doubts_in(head, pieces)
    if not doubts:
        return None
    subject = subject_of(pieces)
    if any(word.doubt.asks for word in doubts):
        return command.not_understood(What.QUESTION, doubts[0].word, _nearest(command, subject))
    return _not_started(command, head, text or "") or command.not_understood(
        What.NOT_CERTAIN, doubts[0].word, _nearest(command, subject)
    )


def _must_be_no_sentence(command: CommandText, head: str) -> None:
    """Offer "note for 15: …" as a command. Raises NotUnderstood."""
    match = _IN_A_SENTENCE.match(head)
    if match and command.row.name not in _OF_NO_RECOMMENDATION:
        as_command = choice(command_of(command.verb, command.rest[match.end() :]))
        raise command.not_understood(What.IN_A_SENTENCE, match[1], [as_command])


def _parted(command: CommandText, rest: str, denial: str) -> tuple[str, str]:
    """Return the words of `rest` that must leave no doubt, and the text after them, which may say anything
    but a `denial`."""
    head, text = at_colon(rest)
    if text is None:
        return rest, ""
    if command.row.text is TakesText.NO and not text:
        return NO_VICTIM.sub("", head), ""
    if command.row.text is TakesText.NO or (command.row.text is TakesText.AFTER_COLON and _only_asks(text)):
        return rest, ""
    if (command.row.name == "redact" and ground_of(text) is None) or denial:
        return rest, ""
    return NO_VICTIM.sub("", head), text


def _slugs(subject: Subject) -> list[str]:
    return [body.slug for piece in subject.names for body in bodies_in(piece)]


def _only_asks(text: str) -> bool:
    """Whether a text is a question mark alone: "done 15: ?"."""
    return _NOTHING_BUT_SIGNS.fullmatch(text) is not None and any(
        word.doubt is Doubt.QUESTION_MARK for word in doubts_in(text)
    )


def _without_people(command: CommandText) -> str:
    """Return what follows the verb with what people are called made unreadable: in "Will Hope" nothing is in
    doubt."""
    rest = command.rest
    for match in MENTION.finditer(command.raw):
        person = from_slack(match[0])
        rest = rest.replace(person, NAMED * len(person))
    return rest


def _own_words(command: CommandText) -> tuple[str, ...]:
    """Return the verb's own words. Stages are those of `progress` alone: "complete 15 not started" says two
    things."""
    match command.row.name:
        case "progress":
            return ("not started", "not begun", "in progress", "under way", "underway")
        case "in progress":
            return ("under way",)
        case "redact":
            return ("wrong person",)
        case _:
            return ()


def _doubts(command: CommandText, head: str, pieces: Sequence[Piece]) -> list[DoubtfulWord]:
    between = _doubts_between(command, head, pieces)
    if command.row.text is TakesText.ANYHOW:
        first = next((piece for piece in pieces if piece.kind is Kind.REF), None)
        if first and not all(piece.kind in (Kind.REF, Kind.NAME, Kind.FILLER) for piece in pieces):
            head = head[: first.end]
    if command.row.name == "publish":
        # A question mark in an address asks nothing.
        head = LINK.sub(lambda link: "x" * len(link[0]), head)
        pieces = pieces_of(head, command.names)
    if command.row.name in _TAKES_A_DAY:
        head, pieces = _without_day(command, head, pieces)
    allowed = _LEADS_ON.get(command.row.name, frozenset())
    doubts = [word for word in _doubts_in(head, pieces) if word.word.casefold() not in allowed]
    # What Slack strikes through was taken back, the verb too.
    struck = command.typed.startswith("~") and not doubts
    doubts += [DoubtfulWord(Doubt.HEDGE, "~")] * struck
    doubts += between
    doubts += _doubts_about(command.details.details.decided_by)
    if command.row.opens_form:
        return [word for word in doubts if word.doubt.asks]
    return [
        *doubts,
        *_text_of_a_question(command, head, pieces),
        *_second_orders(command, head, pieces),
        *_changes_of_a_note(command),
    ]


# "Note 15 delete: the bit on Medway" may be about a note that is there.
_CHANGES_A_NOTE = re.compile(
    r"\W*(?:please )?(?P<word>delete|remove|edit|change|amend|correct|replace|undo|erase|cancel|scrap"
    r"|withdraw|redact|rename|not)\b"
    r"(?:(?: (?:to|it|this|that|the|my|our|last|latest|note|text|wording|with|as)\b)*\s*:"
    r"|(?: (?:it|this|that|the|my|our|last|latest|note|text|please)\b)*\W*$)",
    re.IGNORECASE,
)


def _changes_of_a_note(command: CommandText) -> list[DoubtfulWord]:
    """Return the word after a note's number that may change a note that is there."""
    if command.row.name != "note":
        return []
    number = next((piece for piece in pieces_of(command.rest, command.names) if piece.kind is Kind.REF), None)
    match = number and _CHANGES_A_NOTE.match(command.rest, number.end)
    if not number or not match or at_colon(command.rest)[0].strip() == command.rest[: number.end].strip():
        return []
    return [DoubtfulWord(Doubt.CONDITION, match["word"])]


# "Accept 15 of 16" is a share, "15 *16" a correction, "15 - 18" more than the two.
_BETWEEN = re.compile(
    r"[\s,;]*(?P<word>(?:out )?of|or|nor|(?:but |and )?not|instead of|rather than|in place of"
    r"|(?:oh |no |ah )?(?:sorry|i mean|i meant|correction|make (?:that|it))"
    r"|[-–—\\*>]+)\s*",
    re.IGNORECASE,
)
_SIGNS_BEFORE = re.compile(r"^[-–—\\*>]+")
_MONTH_AFTER = re.compile(
    r"\s+(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|may(?=\W*(?:$|[:0-9])))\b(?!['’])",
    re.IGNORECASE,
)


def _doubts_between(command: CommandText, head: str, pieces: Sequence[Piece]) -> list[DoubtfulWord]:
    """Return what makes a number after the first no recommendation of this command, or the first a day."""
    refs = [piece for piece in pieces if piece.kind is Kind.REF]
    if not command.row.takes_details or command.row.name in _TAKES_A_DAY or not refs:
        return []
    doubts = []
    pairs = list(pairwise(refs))
    for before, ref in pairs[:1] if command.row.text is TakesText.ANYHOW else pairs:
        signed = len(head[ref.start : ref.end]) - len(_SIGNS_BEFORE.sub("", head[ref.start : ref.end]))
        if head[before.start : ref.end].count("*") % 2 == 0 and head[ref.start] == "*":
            signed = 0
        match = _BETWEEN.fullmatch(head, before.end, ref.start + signed)
        if match and "\n" not in match[0]:
            doubts.append(DoubtfulWord(Doubt.CONDITION, match["word"]))
    if len(refs) == 1 and (counted := counted_after(head, refs[0].end)):
        doubts.append(DoubtfulWord(Doubt.HEDGE, counted))
    if len(refs) == 1 and refs[0].ref and (match := _MONTH_AFTER.match(head, refs[0].end)):
        doubts.append(DoubtfulWord(Doubt.HEDGE, match["month"]))
    return doubts


# "In progress on 25: names please"
WANTED_AS_A_LIST = r"names?|list(?: of names)?|bodies|who"
POLITE_END = r"(?: (?:please|pls|plz|only|thanks))*[.?! ]*"
_ASKS_FOR_A_LIST = re.compile(
    rf"(?:just )?(?:the |a )?(?:{WANTED_AS_A_LIST}|which){POLITE_END}", re.IGNORECASE
)


def _text_of_a_question(command: CommandText, head: str, pieces: Sequence[Piece]) -> list[DoubtfulWord]:
    """Return the first word of a text that asks: "in progress 25: names please". Without a colon what follows
    "not started 25" may ask too, or say why: "waiting for staff"."""
    others = [piece for piece in pieces if piece.kind is Kind.OTHER]
    words = " ".join(head[piece.start : piece.end] for piece in others)
    text = at_colon(command.rest)[1] or words
    if _ASKS_FOR_A_LIST.fullmatch(text):
        return [DoubtfulWord(Doubt.QUESTION_WORD, text.split()[0])]
    if command.row.name != "not started" or at_colon(head)[1] is not None:
        return []
    if not is_a_text(words):
        return []
    return [DoubtfulWord(Doubt.HEDGE, command.rest[others[0].start : others[0].end])]


def _without_day(command: CommandText, head: str, pieces: Sequence[Piece]) -> tuple[str, Sequence[Piece]]:
    """Return the words with figures in the place of the day: in "30 May" there is no recommendation, and no
    doubt."""
    day = date_in(head, command.today)
    if day is None:
        return head, pieces
    _, first, last = day
    figures = "0" * (last.end - first.start)
    others = [piece for piece in pieces if not first.start <= piece.start < last.end]
    return f"{head[: first.start]}{figures}{head[last.end :]}", others


def _doubts_about(decided_by: str) -> list[DoubtfulWord]:
    """Return what makes it doubtful that somebody decided so: "decided by nobody yet"."""
    orders = [word.key for word in words_of(decided_by) if _is_an_order(word.key)]
    return [*doubts_in(decided_by), *(DoubtfulWord(Doubt.CONDITION, order) for order in orders)]


def _doubts_in(head: str, pieces: Sequence[Piece]) -> list[DoubtfulWord]:
    bare = [piece for piece in pieces if piece.kind is Kind.REF and _BARE_NO.match(head[piece.start :])]
    return [*doubts_in(_masked(head, pieces)), *(DoubtfulWord(Doubt.NEGATION, "no") for _ in bare)]


_SIGNS_AFTER = re.compile(r"[?？!.,;~)\]]+$")


def _masked(head: str, pieces: Sequence[Piece]) -> str:
    """Return the words with recommendations, names and own words made unreadable: what they say is no
    doubt."""
    letters = list(head)
    for piece in pieces:
        if piece.kind in (Kind.REF, Kind.NAME, Kind.OWN):
            end = piece.start + len(_SIGNS_AFTER.sub("", head[piece.start : piece.end]))
            letters[piece.start : end] = NAMED * (end - piece.start)
    return "".join(letters)


def _second_orders(command: CommandText, head: str, pieces: Sequence[Piece]) -> list[DoubtfulWord]:
    """Return other verbs further back: "accept 15, decline 16" is two orders, "partly 15 done" neither."""
    if command.row.text is TakesText.ANYHOW:
        return []
    numbers = [piece.start for piece in pieces if piece.kind is Kind.REF]
    doubts = []
    for piece in pieces:
        word = own_form(words_of(head[piece.start : piece.end]))
        if piece.kind not in (Kind.OTHER, Kind.OWN) or not _is_an_order(word):
            continue
        amid = bool(numbers) and numbers[0] < piece.start < numbers[-1]
        partly_done = command.row.name == "partly" and word in STAGES
        if (
            amid
            or partly_done
            or (command.row.text is TakesText.NO and VERB_OF[SPOKEN.get(word, word)] is not command.row)
        ):
            doubts.append(DoubtfulWord(Doubt.CONDITION, word))
    return doubts


def _is_an_order(word: str) -> bool:
    row = VERB_OF.get(SPOKEN.get(word, word))
    return row is not None and row.writes


def _nearest(command: CommandText, subject: Subject) -> list[Choice]:
    """Return lookups of what was named; where nothing was, of what the verb is about."""
    bodies = [body for piece in subject.names for body in bodies_in(piece)]
    match command.row.name:
        case "digest":
            return [choice("digest"), choice("digest preview")]
        case "grant" | "revoke":
            return [choice(command_of("contacts", unmistakable(body))) for body in bodies] or [
                choice("contacts")
            ]
        case "redact":
            return [choice("history"), choice("help redact")]
        case "undo":
            return [choice("history"), choice("help undo")]
    if choices := _nearly_named(command, subject) or lookups_of(subject):
        return choices
    return [choice(f"help {command.row.name}")] if command.verb else []


def _nearly_named(command: CommandText, subject: Subject) -> list[Choice]:
    """Return lookups of the bodies that a misspelt name may mean, beside the recommendations."""
    if subject.names or len(subject.refs) != 1 or len(subject.others) != 1:
        return []
    word = command.rest[subject.others[0].start : subject.others[0].end]
    near = (body for body in command.names.near(word, (Body,)) if isinstance(body, Body))
    return [choice(command_of(subject.refs[0], body.slug)) for body in near]


def _same_meaning(
    command: CommandText, head: str, text: str, pieces: Sequence[Piece], subject: Subject
) -> list[Choice]:
    """Return the recordings that mean what was typed, if any do: not started, or the same command with its
    colon."""
    if command.row.name == "accept":
        return _in_part(command, head, subject, pieces)
    if command.row.name in _WHOLE or not subject.refs:
        return []
    if text:
        return []
    if command.row.name in _TAKES_A_DAY:
        day = date_in(head, command.today)
        return _with_colon(command, head, day[2].end, pieces) if day else []
    before = [piece for piece in pieces if piece.kind in (Kind.REF, Kind.OWN)]
    if command.row.name == "progress" and not any(piece.kind is Kind.OWN for piece in before):
        return []
    last = max(before, key=lambda piece: piece.end)
    if _doubts_in(head[: last.end], pieces):
        return []
    return _with_colon(command, head, last.end, pieces)


_AROUND_TEXT = " ,;-–—"


def _with_colon(command: CommandText, head: str, end: int, pieces: Sequence[Piece]) -> list[Choice]:
    """Return the same command with a colon before its text: with the body that the text begins with, and
    without."""
    ends = [end]
    after = [piece for piece in pieces if piece.start > end]
    following = next((piece for piece in after if piece.kind is not Kind.FILLER), None)
    if following and following.kind is Kind.NAME and len(bodies_in(following)) == 1:
        if FOR_WHOM.fullmatch(head[end : following.start]):
            # "Partly 15 for Surrey, not the audit" is nobody's reason.
            ends = [following.end]
        elif following is after[0]:
            ends.insert(0, following.end)
    texts = ((place, head[place:].strip(_AROUND_TEXT)) for place in ends)
    return [
        choice(command_of(command.verb, command.rest[:place], text=command.rest[place:].strip(_AROUND_TEXT)))
        for place, text in texts
        if is_a_text(text)
    ]


def _in_part(command: CommandText, head: str, subject: Subject, pieces: Sequence[Piece]) -> list[Choice]:
    """Return `partly 15: only the towns` for "accept 15 in part: only the towns"."""
    head, text = at_colon(head)
    if text is not None:
        pieces = pieces_of(head, command.names)
        subject = subject_of(pieces)
    others = {own_form(words_of(head[piece.start : piece.end])) for piece in subject.others}
    bodies = [body.slug for piece in subject.names for body in bodies_in(piece)]
    if not (subject.refs and others) or others - _IN_PART or len(bodies) > 1:
        return []
    if len(_doubts_in(head, pieces)) > 1:
        return []
    return [choice(command_of("partly", *subject.refs, *bodies, text=text or ""))]


def _not_started(command_text: CommandText, head: str, text: str) -> NotUnderstood | None:
    """Ask whether "25 not started" is to be recorded, or asks who has not; None where it says more."""
    if not _NOT_STARTED.search(head):
        return None
    left = _NOT_STARTED.sub(" ", head)
    subject = subject_of(pieces_of(left, command_text.names))
    others = {word for piece in subject.others for word in left[piece.start : piece.end].casefold().split()}
    bodies = [body for piece in subject.names for body in bodies_in(piece)]
    if not subject.refs or len(bodies) > 1 or others - SMALL_WORDS - _AROUND_NOT_STARTED:
        return None
    refs: tuple[str | Ref, ...] = (*subject.refs, *(body.slug for body in bodies))
    command = choice(command_of("not started", *refs, text=text))
    beginning = f"{bodies[0].short_name} has" if bodies else "you have"
    statement = f"{beginning} not started {' '.join(map(str, subject.refs))}"
    return command_text.not_understood(What.NOT_STARTED, statement, [command, *lookups_of(subject)])
