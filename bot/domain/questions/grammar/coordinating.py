"""Commands about what is asked, and by when: `extend 15 30 Apr 2025: why`, `expect 15 30 Jun: why`,
`ask 15 kent: which service?`, `check 15 kent`, `close 15 kent 3 Mar 2026: source`, `reopen 15 kent: why`,
`add stalking`, `withdraw 15: why`."""

import re
from datetime import date
from typing import Literal

from bot.domain.free_text import checked
from bot.domain.questions.grammar.command import (
    CommandText,
    bodies_in,
    choice,
    command_of,
    lookups_of,
    subject_of,
)
from bot.domain.questions.grammar.problems import Choice, What
from bot.domain.questions.grammar.recordings import RecordingCommand, read_recording
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import (
    AddRecommendation,
    AddReport,
    Approve,
    AskBody,
    Check,
    Close,
    CorrectRecommendation,
    Expect,
    Extend,
    ImportTable,
    Remind,
    Reopen,
    SendBack,
    Withdraw,
)
from bot.domain.questions.grammar.words import Word, at_colon, meanings_of, own_form, pieces_of, words_of
from bot.domain.questions.names import ReportName
from bot.domain.questions.written_dates import NotADate, day
from bot.domain.values import replace

_ANYWAY = "anyway"
_SUPERSEDED = ("superseded by", "replaced by")
_UNTIL = ("until", "till", "to", "by", "on")
# The inspectorate's own word, of which any may be: level 2, level 3b, level green.
_LEVEL = re.compile(r"\s+(?:at\s+)?level\s+(\w[\w.-]{0,19})(?=[\s:,;]|$)", re.IGNORECASE)

# "on the 30th of April 2025" is the longest way to say a day that is worth looking for.
_LONGEST_DATE = 6
# The date stands among the first words, before the text.
_WORDS_BEFORE_TEXT = 16


def read_extend(command: CommandText) -> Extend:
    until, as_word, recording = _read_with_day(command)
    if len(recording.refs) > 1:
        body = recording.body.slug if recording.body else ""
        choices = (command_of("extend", ref, body, as_word, text=recording.text) for ref in recording.refs)
        raise command.not_understood(What.ONE_RECOMMENDATION, suggestions=map(choice, choices))
    return Extend(
        recommendation=recording.refs[0],
        until=until,
        body=recording.body,
        reason=checked(recording.text, "reason"),
        no_victim=recording.no_victim,
    )


def read_expect(command: CommandText) -> Expect:
    on, _, recording = _read_with_day(command)
    return Expect(
        on=on,
        recommendations=recording.refs,
        body=recording.body,
        reason=checked(recording.text, "reason"),
        no_victim=recording.no_victim,
    )


def read_close(command: CommandText) -> Close:
    head, text = at_colon(command.rest)
    level = _LEVEL.search(head)
    if level:
        colon = "" if text is None else f": {text}"
        head = f"{head[: level.start()]}{head[level.end() :]}"
        command = replace(command, rest=f"{head}{colon}")
    on, _, recording = _read_with_day(command, prefer="past")
    return Close(
        on=on,
        recommendations=recording.refs,
        body=recording.body,
        level=level[1] if level else "",
        source=checked(recording.text, "source"),
        no_victim=recording.no_victim,
    )


def _read_with_day(
    command: CommandText, prefer: Literal["past", "future"] = "future"
) -> tuple[date, str, RecordingCommand]:
    """Return the day, how it can be written as one word, and the rest of the command. Of a day without a year
    `prefer` says which is meant."""
    date_and_words = date_in(command.rest, command.today, prefer)
    if date_and_words is None:
        raise command.not_understood(What.WHICH_DATE)
    until, first, last = date_and_words
    # As one word, day first, the date cannot be taken for recommendations ("30"), and reads back as itself.
    as_word = f"{until:%d.%m.%Y}"
    rest = f"{command.rest[: first.start]}{as_word}{command.rest[last.end :]}"
    recording = read_recording(replace(command, rest=rest), (as_word, *_UNTIL))
    if as_word not in recording.own:
        raise command.not_understood(What.WHICH_DATE if recording.by_colon else What.COLON_MISSING)
    return until, as_word, recording


def read_ask(command: CommandText) -> AskBody:
    recording = read_recording(command, single=True)
    if recording.text and not recording.by_colon:
        with_colon = _ask_with_colon(command, recording)
        raise command.not_understood(What.COLON_MISSING, recording.text, (choice(with_colon),))
    return AskBody(
        recommendation=recording.refs[0],
        body=recording.body,
        text=checked(recording.text, "question"),
        no_victim=recording.no_victim,
    )


def _ask_with_colon(command: CommandText, recording: RecordingCommand) -> str:
    """Return the command with its colon: a body's name right beside the recommendation is whom it asks."""
    body, text = recording.body, recording.text
    first, *_ = pieces_of(text, command.names)
    if body is None and first.start == 0 and len(bodies := bodies_in(first)) == 1:
        body, text = bodies[0], text[first.end :].strip()
    return command_of("ask", recording.refs[0], body.slug if body else "", text=text)


def read_check(command: CommandText) -> Check:
    recording = read_recording(command, takes_text=False)
    if recording.text:
        raise command.not_understood(What.LEFT_OVER, recording.text, _without_text(command, recording))
    return Check(recording.refs, recording.body)


def read_approve(command: CommandText) -> Approve:
    recording = read_recording(command, takes_text=False)
    if recording.text:
        raise command.not_understood(What.LEFT_OVER, recording.text, _without_text(command, recording))
    return Approve(recording.refs, recording.body)


def read_send_back(command: CommandText) -> SendBack:
    recording = read_recording(command)
    return SendBack(
        recommendations=recording.refs,
        body=recording.body,
        reason=checked(recording.text, "reason"),
        no_victim=recording.no_victim,
    )


def read_reopen(command: CommandText) -> Reopen:
    recording = read_recording(command, single=True)
    return Reopen(
        recommendation=recording.refs[0],
        body=recording.body,
        reason=checked(recording.text, "reason"),
        no_victim=recording.no_victim,
    )


def read_withdraw(command: CommandText) -> Withdraw:
    recording = read_recording(command, (*_SUPERSEDED, _ANYWAY))
    superseded = any(word in recording.own for word in _SUPERSEDED)
    expected_number = 2 if superseded else 1
    if len(recording.refs) != expected_number:
        raise command.not_understood(
            What.ONE_RECOMMENDATION if len(recording.refs) > expected_number else What.WHICH_RECOMMENDATION
        )
    if recording.body:
        raise command.not_understood(
            What.LEFT_OVER,
            recording.body.short_name,
            (choice(command_of("withdraw", *_with_successor(recording, superseded), text=recording.text)),),
        )
    return Withdraw(
        recommendation=recording.refs[0],
        superseded_by=recording.refs[1] if superseded else None,
        reason=checked(recording.text, "reason"),
        confirmed=_ANYWAY in recording.own,
        no_victim=recording.no_victim,
    )


def read_remind(command: CommandText) -> Remind:
    recording = read_recording(command, takes_text=False, single=True)
    if recording.text:
        raise command.not_understood(What.LEFT_OVER, recording.text, _without_text(command, recording))
    return Remind(recording.refs[0], recording.body)


def read_add(command: CommandText) -> AddReport | AddRecommendation:
    words = words_of(command.rest)
    if own_form(words) in ("report", "a report", "new report", "a new report"):
        return AddReport()
    meanings = meanings_of(command.rest, command.names)
    reports = [meaning for meaning in meanings if isinstance(meaning, ReportName)]
    if not reports:
        pieces = pieces_of(command.rest, command.names)
        reports = [
            meaning for piece in pieces for meaning in piece.meanings if isinstance(meaning, ReportName)
        ]
    if len(reports) == 1:
        return AddRecommendation(reports[0])
    near = reports or [
        name for name in command.names.near(command.rest, (ReportName,)) if isinstance(name, ReportName)
    ]
    choices = [choice(command_of("add", report.key)) for report in near]
    raise command.not_understood(What.WHICH_REPORT, command.rest, (*choices, choice("add report")))


def read_correct(command: CommandText) -> CorrectRecommendation:
    recording = read_recording(command, single=True, takes_text=False)
    if recording.text or recording.body:
        choices = (choice(command_of("correct", recording.refs[0])),)
        raise command.not_understood(What.LEFT_OVER, recording.text or command.rest, choices)
    return CorrectRecommendation(recording.refs[0])


def read_import(command: CommandText) -> ImportTable:
    if command.rest:
        raise command.not_understood(What.LEFT_OVER, command.rest, (choice("import"),))
    return ImportTable()


def _without_text(command: CommandText, recording: RecordingCommand) -> list[Choice]:
    """Return the command without what follows its colon; lookups alone where it has none ("check 15 kent
    status")."""
    if not recording.by_colon:
        return lookups_of(subject_of(pieces_of(command.rest, command.names)))
    return [choice(command_of(command.verb, *recording.refs, recording.body.slug if recording.body else ""))]


def _with_successor(recording: RecordingCommand, superseded: bool) -> tuple[str | Ref, ...]:
    first = recording.refs[0]
    return (first, _SUPERSEDED[0], recording.refs[1]) if superseded else (first,)


def date_in(
    text: str, today: date, prefer: Literal["past", "future"] = "future"
) -> tuple[date, Word, Word] | None:
    """Return the date that the longest run of words after the recommendation, and before a colon, says, and
    its first and last word."""
    words = words_of(at_colon(text)[0], _WORDS_BEFORE_TEXT)
    for length in range(min(_LONGEST_DATE, len(words) - 1), 0, -1):
        for start in range(1, len(words) - length + 1):
            first, last = words[start], words[start + length - 1]
            try:
                return day(text[first.start : last.end], today, prefer=prefer), first, last
            except NotADate:
                continue
    return None
