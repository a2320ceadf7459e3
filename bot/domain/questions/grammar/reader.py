"""From what a person typed after `/recs` to what they ask for."""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rapidfuzz import fuzz, process

from bot.domain.free_text import LIMIT, TextTooLong, for_slack, from_slack
from bot.domain.questions.grammar import gate
from bot.domain.questions.grammar.certainty import is_negated_state
from bot.domain.questions.grammar.command import (
    CommandText,
    TakesText,
    TypedCommand,
    Verb,
    choice,
    command_of,
    lookups_of,
    subject_of,
)
from bot.domain.questions.grammar.problems import Choice, NotUnderstood, What, WhichBody, WhichMeaning
from bot.domain.questions.grammar.questions import answer_to
from bot.domain.questions.grammar.statements import statement_in
from bot.domain.questions.grammar.typed_details import (
    NOTHING_TYPED,
    TypedDetails,
    details_in,
    with_details,
    without_part,
)
from bot.domain.questions.grammar.verbs import VERB_OF
from bot.domain.questions.grammar.words import NO_VICTIM, Kind, Word, at_colon, own_form, pieces_of, words_of
from bot.domain.questions.names import Names
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.state_words import STAGES
from bot.domain.values import replace

# Slack sends each `&` of a text as five characters, so a text within the limit can arrive five times as long.
LONGEST_COMMAND = 6 * LIMIT

_OWN_NAME = re.compile(r"^\s*/recs(?:\s+|$)", re.IGNORECASE)
_ASKS_AT_ITS_END = re.compile(r"[!?？]*[?？][!?？]*$")
_BEFORE_REST = " \t\n:,;"
_LONGEST_VERB = 2
_LIKE_ENOUGH = 75
_MUCH_LESS = 10
_TOO_SHORT = 3
_FIRST_WORDS = 8
# Nobody who decides is called so.
_STATES = frozenset(STAGES)


def read(raw: str, names: Names, today: date, *, answers_questions: bool = True) -> TypedCommand:
    """Read `raw`, the text as Slack sent it or the command of a `Choice`.

    With `answers_questions` a sentence that asks is answered by the lookup that answers it, if one does.
    Raises NotUnderstood, WhichBody, WhichMeaning or TextTooLong, and nothing else, whatever the text."""
    if len(raw) > LONGEST_COMMAND:
        raise TextTooLong("command", len(raw), LIMIT)
    raw = without_own_name(raw)
    typed = from_slack(raw)
    words = words_of(typed, _FIRST_WORDS)
    row, taken = _verb(words)
    if row is None:
        rest = typed if words else ""
        without_verb = CommandText(raw, typed, "", rest, VERB_OF["status"], names, today, answers_questions)
        return _read_without_verb(without_verb, words)
    rest = typed[_end_of_verb(typed, words[taken - 1]) :].lstrip(_BEFORE_REST).rstrip()
    verb = own_form(words[:taken])
    command = CommandText(raw, typed, verb, rest, row, names, today, answers_questions)
    if row.takes_details:
        return _read_with_details(command)
    if row.writes:
        return gate.passed(command) or row.read(command)
    # A question mark at the end of a lookup says nothing new.
    return row.read(command if row.name == "search" else replace(command, rest=rest.rstrip("?？ ")))


def _read_with_details(command: CommandText) -> TypedCommand:
    """Read what records for a body: every command that is offered in its place has its details too."""
    rest, details = details_in(command.rest, _STATES, command.today)
    if command.row.text is TakesText.ANYHOW and not _stand_alone(rest, details, command):
        # All of it is the text.
        rest, details = command.rest, NOTHING_TYPED
    command = _with_part(replace(command, rest=rest, details=details))
    details = command.details
    try:
        ends_in_text = command.row.text is not TakesText.NO and at_colon(rest)[1] is None
        if details.unread and not ends_in_text:
            without = replace(command, rest=rest.replace(details.unread, " "))
            if answer := gate.passed(without):
                return answer
            raise command.not_understood(What.WHICH_DETAILS, details.unread)
        return gate.passed(command) or command.row.read(command)
    except NotUnderstood as problem:
        raise dataclasses.replace(
            problem, suggestions=tuple(_each_with(details, problem.suggestions))
        ) from None
    except (WhichBody, WhichMeaning) as problem:
        options = tuple(_each_with(details, problem.options))
        if isinstance(problem, WhichMeaning):
            raise dataclasses.replace(problem, options=options) from None
        as_text = problem.as_text and for_slack(with_details(from_slack(problem.as_text), details))
        raise dataclasses.replace(problem, options=options, as_text=as_text) from None


def _with_part(command: CommandText) -> CommandText:
    """Take out the part that a progress is about: without a colon only where nothing else would be a text."""
    if command.row.name not in ("progress", *_STATES):
        return command
    rest, label = without_part(command.rest)
    head, text = at_colon(rest)
    known = (Kind.REF, Kind.NAME, Kind.FILLER, Kind.OWN)
    if text is None and not all(piece.kind in known for piece in pieces_of(head, command.names, _STATES)):
        return command
    return replace(command, rest=rest, details=replace(command.details, part=label)) if label else command


def _stand_alone(rest: str, details: TypedDetails, command: CommandText) -> bool:
    """Return whether nothing but recommendations and names stands beside details before the colon of a
    note."""
    head, text = at_colon(rest.replace(details.unread, " ") if details.unread else rest)
    known = (Kind.REF, Kind.NAME, Kind.FILLER)
    return text is not None and all(
        piece.kind in known for piece in pieces_of(NO_VICTIM.sub("", head), command.names)
    )


def _each_with(details: TypedDetails, choices: Iterable[Choice]) -> Iterator[Choice]:
    """Return the commands that record, with the details that were typed; lookups as they are."""
    for option in choices:
        verb = verb_of(option.command)
        if not details.are_there or verb is None or not verb.takes_details:
            yield option
            continue
        plain = from_slack(option.command)
        command = with_details(plain, details)
        yield Choice(command if option.label == plain else option.label, for_slack(command))


def _end_of_verb(typed: str, last: Word) -> int:
    """Return where a verb ends: before a question mark at the end of its last word, since "undo?" asks."""
    return last.start + len(_ASKS_AT_ITS_END.sub("", typed[last.start : last.end]))


def without_own_name(raw: str) -> str:
    """Return what follows a `/recs` that was typed once more."""
    return _OWN_NAME.sub("", raw)


def verb_of(raw: str) -> Verb | None:
    """Return the verb that a command, as Slack sent it, begins with, if it does."""
    return _verb(words_of(from_slack(without_own_name(raw)), _LONGEST_VERB))[0]


def _verb(words: Sequence[Word]) -> tuple[Verb | None, int]:
    """Return the verb that the command begins with, and how many words it took."""
    for taken in range(min(_LONGEST_VERB, len(words)), 0, -1):
        if row := VERB_OF.get(own_form(words[:taken])):
            return row, taken
    return None, 0


def _read_without_verb(command: CommandText, words: Sequence[Word]) -> TypedCommand:
    """Read recommendations and names, which ask for themselves; what is neither may be a verb not quite
    right."""
    try:
        return command.row.read(command)
    except (NotUnderstood, WhichBody, WhichMeaning) as problem:
        if not isinstance(problem, NotUnderstood) and not problem.nearly:
            raise
        return _without_the_verb_first(command, words, problem)


def _without_the_verb_first(command: CommandText, words: Sequence[Word], problem: Refusal) -> TypedCommand:
    """Answer a question or put it back; for a statement, offer the command that says the same.

    Raises NotUnderstood, or the problem itself where there is no verb."""
    doubtful_answer = gate.doubtful(command)
    if doubtful_answer and doubtful_answer.what is What.QUESTION:
        if answer := answer_to(command):
            return answer
        raise doubtful_answer
    first, *others = words
    rest = command.typed[first.end :].strip()
    near = [] if is_negated_state(first.key) else _verbs_near(first.key)
    if doubtful_answer:
        raise doubtful_answer if _speaks_of_recording([*near, *(word.key for word in words)]) else problem
    if statement := statement_in(command, words_of(command.typed)):
        choices = [statement, *lookups_of(subject_of(pieces_of(command.typed, command.names)))]
        raise NotUnderstood(What.VERB_FIRST, command.typed, command.row.usage, "", tuple(choices))
    if near:
        suggestions = tuple(choice(command_of(verb, rest)) for verb in near)
        word = command.typed[first.start : first.end]
        raise NotUnderstood(What.UNKNOWN_VERB, command.typed, VERB_OF["help"].usage, word, suggestions)
    if verb := next((other for other in others if other.key in VERB_OF), None):
        return _verb_moved(command, verb)
    raise problem


def _verb_moved(command: CommandText, verb: Word) -> TypedCommand:
    """Read a lookup whose verb stands further back: "kent overdue". Raises NotUnderstood."""
    row = VERB_OF[verb.key]
    before, after = command.typed[: verb.start].rstrip(), command.typed[verb.end - _colons(command, verb) :]
    lookups = lookups_of(subject_of(pieces_of(command.typed, command.names)))
    if row.writes:
        raise NotUnderstood(What.VERB_FIRST, command.typed, row.usage, verb.key, tuple(lookups))
    suggestion = choice(f"{verb.key} {before}{after}")
    try:
        return read(
            suggestion.command, command.names, command.today, answers_questions=command.answers_questions
        )
    except Refusal:
        alone = [choice(verb.key)] if _is_understood(choice(verb.key), command) else []
        raise NotUnderstood(What.LEFT_OVER, command.typed, row.usage, before, (*alone, *lookups)) from None


def _speaks_of_recording(words: Iterable[str]) -> bool:
    return any((word in VERB_OF and VERB_OF[word].writes) or is_negated_state(word) for word in words)


def _verbs_near(word: str) -> list[str]:
    """Return verbs that are spelt alike, the likeliest first, each row of the table once."""
    if len(word) <= _TOO_SHORT:
        return []
    near = process.extract(word, list(VERB_OF), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
    rows = {VERB_OF[verb].name: verb for verb, score, _ in reversed(near) if score >= near[0][1] - _MUCH_LESS}
    return list(reversed(rows.values()))


def _colons(command: CommandText, word: Word) -> int:
    """Count the colon at the end of a word (0 or 1): it still parts the command from its text when the word
    moves."""
    return int(command.typed[word.end - 1] == ":")


def _is_understood(suggestion: Choice, command: CommandText) -> bool:
    try:
        read(suggestion.command, command.names, command.today)
    except Refusal:
        return False
    return True
