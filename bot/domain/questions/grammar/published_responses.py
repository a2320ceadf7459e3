"""Published responses to reports that ask for them: `invite custody by 1 Nov 2024`, `publish custody https://…
on 20 Nov 2024`, `copy custody on 21 Nov 2024: the Home Secretary and HMICFRS`, `published custody`, and the
setting of a report, `set custody published by 22 Nov 2024`."""

import re
from datetime import date
from typing import Literal

from bot.domain.free_text import checked
from bot.domain.questions.grammar.as_at import without_as_at
from bot.domain.questions.grammar.command import CommandText, choice, command_of, without_page
from bot.domain.questions.grammar.problems import What
from bot.domain.questions.grammar.typed_commands import Published
from bot.domain.questions.grammar.typed_recordings import RecordPublishedResponse, SetReport
from bot.domain.questions.grammar.words import NO_VICTIM, Kind, at_colon, next_piece, words_of
from bot.domain.questions.names import Body, Named, Region, ReportName
from bot.domain.questions.written_dates import NotADate, day
from bot.domain.register.published_response import Step

# Signs at its end are the sentence's: what ends in a question mark asks.
LINK = re.compile(r"\bhttps?://[^\s,;]+(?<![.!?)])", re.IGNORECASE)
_ON = re.compile(r"(?:^|\s)on\s+", re.IGNORECASE)
_BY = re.compile(r"(?:^|\s)by\s+", re.IGNORECASE)
_ANYWAY = re.compile(r"\s+anyway\s*$", re.IGNORECASE)
_SETTING = re.compile(r"published\s+(?:(?P<off>off)|by\s+(?P<day>\S.*))", re.IGNORECASE)


def read_invite(command: CommandText) -> RecordPublishedResponse:
    """Read `invite custody kent by 1 Nov 2024`, with `on` and a day where it was done earlier."""
    report, body, rest = _about(command, command.rest)
    before, *after = _BY.split(rest, maxsplit=1)
    if not after:
        raise command.not_understood(
            What.WHICH_DAY, suggestions=[choice(command_of("published", report.key))]
        )
    until, *done = _ON.split(after[0], maxsplit=1)
    on = _ON.sub("", before).strip() or (done[0] if done else "")
    return RecordPublishedResponse(
        Step.INVITED,
        report,
        body,
        on=_day(command, on) if on else None,
        comments_by=_day(command, until, "future"),
    )


def read_publish(command: CommandText) -> RecordPublishedResponse:
    """Read `publish custody kent https://… on 20 Nov 2024`."""
    # The address has the only colon, and the confirmation ends in one.
    head = command.rest.rstrip(" :：")
    confirmed = NO_VICTIM.search(head)
    report, body, rest = _about(command, head[: confirmed.start()] if confirmed else head)
    link = LINK.search(rest)
    if link is None:
        raise command.not_understood(
            What.WHICH_ADDRESS, suggestions=[choice(command_of("published", report.key))]
        )
    on = f"{rest[: link.start()]} {rest[link.end() :]}"
    return RecordPublishedResponse(
        Step.PUBLISHED,
        report,
        body,
        on=_only_day(command, on),
        url=link[0],
        no_victim=confirmed is not None,
    )


def read_copy(command: CommandText) -> RecordPublishedResponse:
    """Read `copy custody kent on 21 Nov 2024: the Home Secretary and HMICFRS`."""
    head, text = at_colon(command.rest)
    if text is None:
        raise command.not_understood(What.COLON_MISSING)
    confirmed = NO_VICTIM.search(head)
    report, body, rest = _about(command, head[: confirmed.start()] if confirmed else head)
    return RecordPublishedResponse(
        Step.COPIED,
        report,
        body,
        on=_only_day(command, rest),
        text=checked(text, "text"),
        no_victim=confirmed is not None,
    )


def read_published(command: CommandText) -> Published:
    """Read `published`, `published custody wales`, `published kent as at 22 Nov 2024`."""
    rest, _ = without_page(command.rest)
    rest, then = without_as_at(command, rest)
    names, left = _names(command, rest, (ReportName, Body, Region))
    reports = [name for name in names if isinstance(name, ReportName)]
    scope = [name for name in names if not isinstance(name, ReportName)]
    if left or len(reports) > 1 or len(scope) > 1:
        raise command.not_understood(What.LEFT_OVER, left or rest, [choice("published")])
    return Published(
        reports[0] if reports else None,
        scope[0] if scope else None,
        as_at=then.day if then else None,
        known=bool(then and then.known),
    )


def read_set(command: CommandText) -> SetReport:
    """Read `set custody published by 22 Nov 2024`, `set custody published off`."""
    confirmed = _ANYWAY.search(command.rest)
    rest = command.rest[: confirmed.start()] if confirmed else command.rest
    report, body, rest = _about(command, rest)
    match = _SETTING.fullmatch(rest)
    if match is None or body is not None:
        raise command.not_understood(
            What.WHICH_DAY, suggestions=[choice(command_of("published", report.key))]
        )
    by = None if match["off"] else _day(command, match["day"], "future")
    return SetReport(report, by, confirmed=confirmed is not None)


def written_setting(command: SetReport) -> str:
    """Write the command as it is typed to confirm it."""
    by = f"by {command.publish_by:%d.%m.%Y}" if command.publish_by else "off"
    return command_of("set", command.report.key, "published", by, "anyway")


def _about(command: CommandText, text: str) -> tuple[ReportName, Body | None, str]:
    """Return the report and the body that the words begin with, and what follows. Raises NotUnderstood."""
    names, rest = _names(command, text, (ReportName, Body))
    reports = [name for name in names if isinstance(name, ReportName)]
    bodies = [name for name in names if isinstance(name, Body)]
    if len(reports) != 1:
        choices = [choice(command_of("published", report.key)) for report in command.names.reports]
        raise command.not_understood(What.WHICH_REPORT_IS_MEANT, text, choices)
    if len(bodies) > 1:
        raise command.not_understood(What.ONE_BODY)
    return reports[0], bodies[0] if bodies else None, rest


def _names(command: CommandText, text: str, kinds: tuple[type[Named], ...]) -> tuple[tuple[Named, ...], str]:
    """Return what the first words name, each of the first kind that it can be, and what follows the last of
    them. A day may follow: a report and a figure are no recommendation here."""
    words, end, names = words_of(text), 0, []
    while words:
        piece, taken = next_piece(text, words, command.names, frozenset())
        meanings = [name for kind in kinds for name in piece.meanings if isinstance(name, kind)]
        if meanings:
            names.append(meanings[0])
        elif piece.kind is not Kind.FILLER or text[piece.start : piece.end].casefold() == "on":
            break
        end, words = piece.end, words[taken:]
    return tuple(dict.fromkeys(names)), text[end:].strip(" ,;")


def _only_day(command: CommandText, text: str) -> date | None:
    """Return the day that is all the text says; None where it says nothing."""
    written = _ON.sub(" ", text).strip(" ,;.!")
    return _day(command, written) if written else None


def _day(command: CommandText, text: str, prefer: Literal["past", "future"] = "past") -> date:
    """Read a date. Raises NotUnderstood."""
    try:
        return day(text.strip(" ,;"), command.today, prefer)
    except NotADate:
        raise command.not_understood(What.NOT_A_DATE, text.strip()) from None
