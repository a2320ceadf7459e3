"""The gate before everything that records or sends: a question, a negation or a hedge does not pass it.

Only the words before a text count: what follows a colon, or a note's recommendation, may say anything."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from bot.domain.names import Body, Named
from bot.domain.typed.certainty import Doubt, DoubtfulWord, doubts_in
from bot.domain.typed.command import Said, Subject, bodies_in, choice, command_of, subject_of, unmistakable
from bot.domain.typed.problems import Choice, NotUnderstood, What
from bot.domain.typed.requests import Ref, Request, Standing, Status
from bot.domain.typed.words import NAMED, Kind, Piece, colon_in, own_form, pieces_of, words_of

# Verbs whose text may follow their recommendation without a colon, whatever it says.
_FREE_TEXT = frozenset(("note",))
# Verbs that a negated text would turn into their opposite: no text without a colon is taken for theirs.
_WHOLE = frozenset(
    (
        *("accept", "agree", "accepted", "agreed"),
        *("complete", "completed", "done", "finished"),
        *("check", "checked", "grant", "remind", "chase"),
    )
)
# Words that lead to a day or a successor, and doubt nothing there.
_LEADS_ON: dict[str, frozenset[str]] = {
    "extend": frozenset(["by", "until", "till", "before", "due", "next", "tomorrow"]),
    "withdraw": frozenset(("by",)),
    "revoke": frozenset(("only",)),
}
_SAYS_HOW_IT_STANDS = frozenset(
    (
        *("accept", "accepts", "accepted", "agree", "agrees", "agreed", "decline", "declines", "declined"),
        *("reject", "rejected", "answered", "responded", "complete", "completed", "done", "finished"),
        *("started", "begun", "blocked", "checked", "due"),
    )
)
_NO_VICTIM = re.compile(r"[\s,;]+no[ -]victim\s*$", re.IGNORECASE)
_BARE_NO = re.compile(r"no(?:\s|$)", re.IGNORECASE)
_NOT_STARTED = re.compile(
    r"\b(?:not|never|n.?t|yet to|still to)\b.*\b(?:start|started|begun|begin)\b", re.IGNORECASE
)
# With fewer words of its own a text says nothing but the doubt.
_WORDS_OF_A_TEXT = 2


def passed(said: Said) -> Request | None:
    """Return None for a command that says plainly what to do; for a question the lookup that answers it.

    Raises NotUnderstood for a question that no lookup answers, and for a negation or a hedge."""
    head, text = _parted(said.rest)
    pieces = pieces_of(head, said.names, _own_words(said))
    doubts = _doubts(said, head, pieces)
    if not doubts:
        return None
    subject = subject_of(pieces)
    if said.row.name == "extend":
        # What follows the first number may be a day.
        subject = replace(subject, refs=subject.refs[:1])
    if any(doubtful.doubt.asks for doubtful in doubts):
        return _answer(said, subject, doubts)
    raise said.not_understood(
        What.NOT_CERTAIN, doubts[0].word, _same_meaning(said, head, text, pieces, subject) or lookups(subject)
    )


def question(said: Said, rest: str) -> NotUnderstood | None:
    """Why words with no verb in front are not recorded; None where nothing is in doubt."""
    head, text = _parted(rest)
    pieces = pieces_of(head, said.names)
    doubts = doubts_in(_masked(head, pieces))
    if not doubts:
        return None
    subject = subject_of(pieces)
    asks = any(doubtful.doubt.asks for doubtful in doubts)
    offered = [*([] if asks else _not_started(head, text, subject)), *lookups(subject)]
    return said.not_understood(What.QUESTION if asks else What.NOT_CERTAIN, doubts[0].word, offered)


def plain_answer(said: Said) -> Request | None:
    """The status that answers "who accepted 15" or "is Kent done with 15?"; None for any other question.

    Every word must be a name, a recommendation, an answer or a stage, or one that asks."""
    head, _ = _parted(said.typed)
    pieces = pieces_of(head, said.names)
    doubts = doubts_in(_masked(head, pieces))
    if not any(doubtful.doubt.asks for doubtful in doubts) or _NOT_STARTED.search(head):
        return None
    subject = subject_of(pieces)
    asking = {own_form(words_of(doubtful.word)) for doubtful in doubts if doubtful.doubt.asks}
    others = [own_form(words_of(head[piece.start : piece.end])) for piece in subject.others]
    return _status(subject, others, asking | _SAYS_HOW_IT_STANDS)


def _status(subject: Subject, others: Sequence[str], accounted: Set[str]) -> Request | None:
    """The status of what is named, where every other word is accounted for."""
    bodies = list(dict.fromkeys(body for piece in subject.names for body in bodies_in(piece)))
    if any(word and word not in accounted for word in others) or not len(bodies) == len(subject.names) <= 1:
        return None
    if subject.refs:
        return Status(subject.refs, bodies[0] if bodies else None)
    return Standing(bodies[0]) if bodies else None


def lookups(subject: Subject) -> list[Choice]:
    """Questions that can be asked about the recommendations and names of a command."""
    bodies = [body for piece in subject.names for body in bodies_in(piece)]
    both = [choice(command_of(ref, body.slug)) for ref in subject.refs for body in bodies]
    named: list[Named] = [meaning for piece in subject.names for meaning in piece.meanings]
    each = [choice(str(ref)) for ref in subject.refs] or [choice(unmistakable(meaning)) for meaning in named]
    return (both or each)[:5]


def _parted(rest: str) -> tuple[str, str]:
    """The words before the text's colon, without "no victim", and the text."""
    colon = colon_in(rest)
    if colon is None:
        return rest, ""
    return _NO_VICTIM.sub("", rest[:colon]), rest[colon + 1 :].strip()


def _own_words(said: Said) -> tuple[str, ...]:
    """Stages are own words of `progress` alone: "complete 15 not started" says two things."""
    if said.row.name == "progress":
        return ("not started", "not begun", "in progress", "under way", "underway")
    return ("under way",) if said.row.name == "in progress" else ()


def _doubts(said: Said, head: str, pieces: Sequence[Piece]) -> list[DoubtfulWord]:
    if said.row.name in _FREE_TEXT:
        first = next((piece for piece in pieces if piece.kind is Kind.REF), None)
        if first and head[first.end :].strip(" ?？!"):
            head = head[: first.start]
            pieces = [piece for piece in pieces if piece.end <= first.start]
    allowed = _LEADS_ON.get(said.row.name, frozenset())
    found = [word for word in doubts_in(_masked(head, pieces)) if word.word.casefold() not in allowed]
    bare = [piece for piece in pieces if piece.kind is Kind.REF and _BARE_NO.match(head[piece.start :])]
    return [*found, *(DoubtfulWord(Doubt.NEGATION, "no") for _ in bare)]


def _masked(head: str, pieces: Sequence[Piece]) -> str:
    """The words with recommendations, names and own words made unreadable: what they say is no doubt."""
    letters = list(head)
    for piece in pieces:
        if piece.kind in (Kind.REF, Kind.NAME, Kind.OWN):
            end = piece.start + len(head[piece.start : piece.end].rstrip("?？!.,;"))
            letters[piece.start : end] = NAMED * (end - piece.start)
    return "".join(letters)


def _answer(said: Said, subject: Subject, doubts: Sequence[DoubtfulWord]) -> Request:
    """The status of what was named, where no other word was said; else the question is put back."""
    asking = {own_form(words_of(doubtful.word)) for doubtful in doubts}
    others = [own_form(words_of(said.rest[piece.start : piece.end])) for piece in subject.others]
    if answer := _status(subject, others, asking):
        return answer
    offered = lookups(subject) or [choice(f"help {said.row.name}")]
    raise said.not_understood(What.QUESTION, doubts[0].word, offered)


def _same_meaning(
    said: Said, head: str, text: str, pieces: Sequence[Piece], subject: Subject
) -> list[Choice]:
    """The recordings that mean what was typed, if any do: not started, or the same command with its colon."""
    if said.verb in _WHOLE or not subject.refs:
        return []
    if said.row.name in ("progress", "in progress") and _NOT_STARTED.search(f"{head} {said.verb}"):
        return _not_started(f"{head} {said.verb}", text, subject)
    before = [piece for piece in pieces if piece.kind in (Kind.REF, Kind.OWN)]
    if text or not before:
        return []
    if said.row.name == "progress" and not any(piece.kind is Kind.OWN for piece in before):
        return []
    last = max(before, key=lambda piece: piece.end)
    if doubts_in(_masked(head[: last.end], [piece for piece in pieces if piece.end <= last.end])):
        return []
    rest = head[last.end :].strip(" ,;-–—")
    if len(words_of(rest)) - len(doubts_in(rest)) < _WORDS_OF_A_TEXT:
        return []
    command = command_of(said.verb, head[: last.end].strip(), text=rest)
    return [Choice(f"Record: {command}", choice(command).command)]


def _not_started(head: str, text: str, subject: Subject) -> list[Choice]:
    """ "25 not started" may be recorded as just that."""
    bodies: list[Body] = [body for piece in subject.names for body in bodies_in(piece)]
    if not subject.refs or len(bodies) > 1 or not _NOT_STARTED.search(head):
        return []
    refs: tuple[str | Ref, ...] = (*subject.refs, *(body.slug for body in bodies))
    command = command_of("not started", *refs, text=text)
    return [Choice(f"Record: {command}", choice(command).command)]
