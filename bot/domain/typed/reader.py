"""From what a person typed after `/recs` to what they ask for."""

import re
from collections.abc import Sequence
from datetime import date

from rapidfuzz import fuzz, process

from bot.domain.free_text import LIMIT, TextTooLong, from_slack
from bot.domain.names import Names
from bot.domain.refusals import Refusal
from bot.domain.typed import gate
from bot.domain.typed.command import Said, Verb, choice, command_of, subject_of
from bot.domain.typed.problems import Choice, NotUnderstood, What, WhichBody, WhichMeaning
from bot.domain.typed.requests import Request
from bot.domain.typed.verbs import VERB_OF
from bot.domain.typed.words import Word, own_form, pieces_of, words_of

# Slack sends each `&` of a text as five characters, so a text within the limit can arrive five times as long.
LONGEST_COMMAND = 6 * LIMIT

_OWN_NAME = re.compile(r"^\s*/recs(?:\s+|$)", re.IGNORECASE)
_BEFORE_REST = " \t\n:,;"
_LONGEST_VERB = 2
_LIKE_ENOUGH = 75
_MUCH_LESS = 10
_TOO_SHORT = 3
_FIRST_WORDS = 8


def read(raw: str, names: Names, today: date) -> Request:
    """`raw` is the text as Slack sent it, or the command of a `Choice`.

    Raises NotUnderstood, WhichBody, WhichMeaning or TextTooLong, and nothing else, whatever the text."""
    if len(raw) > LONGEST_COMMAND:
        raise TextTooLong("command", len(raw), LIMIT)
    raw = _OWN_NAME.sub("", raw)
    typed = from_slack(raw)
    words = words_of(typed, _FIRST_WORDS)
    row, taken = _verb(words)
    if row is None:
        rest = typed if words else ""
        return _read_without_verb(Said(raw, typed, "", rest, VERB_OF["status"], names, today), words)
    rest = typed[_end_of_verb(typed, words[taken - 1]) :].lstrip(_BEFORE_REST).rstrip()
    said = Said(raw, typed, own_form(words[:taken]), rest, row, names, today)
    if row.writes and (lookup := gate.passed(said)):
        return lookup
    return row.read(said)


def _end_of_verb(typed: str, last: Word) -> int:
    """Before the signs at the end of its last word: "undo?" asks."""
    return last.start + len(typed[last.start : last.end].rstrip("!?？"))


def verb_of(raw: str) -> Verb | None:
    """The verb that a command, as Slack sent it, begins with, if it does."""
    return _verb(words_of(from_slack(_OWN_NAME.sub("", raw)), _LONGEST_VERB))[0]


def _verb(words: Sequence[Word]) -> tuple[Verb | None, int]:
    """The verb that the command begins with, and how many words it took."""
    for taken in range(min(_LONGEST_VERB, len(words)), 0, -1):
        if row := VERB_OF.get(own_form(words[:taken])):
            return row, taken
    return None, 0


def _read_without_verb(said: Said, words: Sequence[Word]) -> Request:
    """Recommendations and names ask for themselves; what is neither may be a verb not quite right."""
    try:
        return said.row.read(said)
    except (NotUnderstood, WhichBody, WhichMeaning) as problem:
        if not isinstance(problem, NotUnderstood) and not problem.nearly:
            raise
        if answer := gate.plain_answer(said):
            return answer
        raise _verb_meant(said, words) or problem from None


def _verb_meant(said: Said, words: Sequence[Word]) -> NotUnderstood | None:
    """Perhaps the first word is nearly a verb, or the verb stands further back."""
    first, *others = words
    rest = said.typed[first.end :].strip()
    near = _verbs_near(first.key)
    meant = (*near, *(other.key for other in others if other.key in VERB_OF))
    if any(VERB_OF[verb].writes for verb in meant) and (doubtful := gate.question(said, said.typed)):
        return doubtful
    if near:
        suggestions = tuple(choice(command_of(verb, rest)) for verb in near)
        word = said.typed[first.start : first.end]
        return NotUnderstood(What.UNKNOWN_VERB, said.typed, VERB_OF["help"].usage, word, suggestions)
    for other in others:
        if row := VERB_OF.get(other.key):
            before, after = said.typed[: other.start].rstrip(), said.typed[other.end - _colons(said, other) :]
            moved = (choice(f"{other.key} {before}{after}"), choice(other.key))
            suggestions = tuple(command for command in moved if _is_understood(command, said))[:1]
            if row.writes:
                suggestions = (
                    *(Choice(f"Record: {command.label}", command.command) for command in suggestions),
                    *gate.lookups(subject_of(pieces_of(said.typed, said.names))),
                )
            return NotUnderstood(What.VERB_FIRST, said.typed, row.usage, other.key, suggestions)
    return None


def _verbs_near(word: str) -> list[str]:
    """The likeliest first, each row of the table once."""
    if len(word) <= _TOO_SHORT:
        return []
    near = process.extract(word, list(VERB_OF), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
    rows = {VERB_OF[verb].name: verb for verb, score, _ in reversed(near) if score >= near[0][1] - _MUCH_LESS}
    return list(reversed(rows.values()))


def _colons(said: Said, word: Word) -> int:
    """A colon at the end of a word still parts the command from its text when the word moves."""
    return int(said.typed[word.end - 1] == ":")


def _is_understood(moved: Choice, said: Said) -> bool:
    try:
        read(moved.command, said.names, said.today)
    except Refusal:
        return False
    return True
