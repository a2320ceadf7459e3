"""`letter stalking`, `letter stalking as at 22 Nov 2024`, `letter frame stalking`."""

from itertools import dropwhile

from bot.domain.questions.grammar.as_at import without_as_at
from bot.domain.questions.grammar.command import CommandText, choice, command_of
from bot.domain.questions.grammar.problems import What
from bot.domain.questions.grammar.typed_commands import Letter
from bot.domain.questions.grammar.typed_recordings import LetterFrameForm
from bot.domain.questions.grammar.words import FILLERS, pieces_of
from bot.domain.questions.names import ReportName

_ANYWAY = "anyway"
_FRAME = "frame"


def read_letter(command: CommandText) -> Letter | LetterFrameForm:
    """Read which report's letter is asked for. Raises NotUnderstood for what names no report, or several
    things."""
    rest, then = without_as_at(command, command.rest)
    words = rest.split()
    own = {word.casefold() for word in words} & {_ANYWAY, _FRAME}
    others = (word for word in words if word.casefold() not in own)
    name_words = dropwhile(lambda word: word.casefold() in FILLERS, others)
    report = _report(command, " ".join(name_words), own)
    if _FRAME in own:
        return LetterFrameForm(report)
    return Letter(
        report,
        as_at=then.day if then else None,
        known=bool(then and then.known),
        anyway=_ANYWAY in own,
    )


def _report(command: CommandText, name: str, own: set[str]) -> ReportName:
    """Return the report that is named; where none is, the only one there is."""
    reports = command.names.reports
    if not name:
        if len(reports) == 1:
            return reports[0]
        raise _which(command, name, reports, own)
    exact = command.names.reports_exact(name)
    if len(exact) == 1:
        return exact[0]
    pieces = pieces_of(name, command.names)
    report_names = [
        meaning for piece in pieces for meaning in piece.meanings if isinstance(meaning, ReportName)
    ]
    near = [report for report in command.names.near(name, (ReportName,)) if isinstance(report, ReportName)]
    raise _which(command, name, tuple(report_names or near or reports), own)


def _which(command: CommandText, name: str, reports: tuple[ReportName, ...], own: set[str]) -> Exception:
    kind = _FRAME if _FRAME in own else ""
    options = [choice(command_of("letter", kind, report.key)) for report in reports]
    return command.not_understood(What.WHICH_LETTER, name, options)
