"""`chart 15`, `chart stalking as at 22 Nov 2024`: progress over time of a recommendation or a report.

What is narrower, or of other days, is a question: `chart 15 wales since 1 Jan 2025`."""

from bot.domain.questions.grammar.as_at import without_as_at
from bot.domain.questions.grammar.command import CommandText, choice, command_of, subject_of
from bot.domain.questions.grammar.problems import What
from bot.domain.questions.grammar.typed_commands import Chart, Ref
from bot.domain.questions.grammar.words import pieces_of
from bot.domain.questions.names import ReportName


def read_chart(command: CommandText) -> Chart:
    rest, then = without_as_at(command, command.rest)
    subject = subject_of(pieces_of(rest, command.names))
    reports = [
        meaning for piece in subject.names for meaning in piece.meanings if isinstance(meaning, ReportName)
    ]
    named: tuple[Ref | ReportName, ...] = (*subject.refs, *reports)
    if not named:
        raise command.not_understood(What.WHICH_RECOMMENDATION, rest)
    beside = [piece for piece in subject.names if len(piece.meanings) > 1 or not reports]
    left_over = " ".join(rest[piece.start : piece.end] for piece in (*beside, *subject.others))
    if left_over or subject.own or len(named) > 1:
        day = str(then) if then else ""
        charts = [choice(command_of("chart", ref, day)) for ref in subject.refs]
        problem = What.LEFT_OVER if left_over or subject.own else What.ONE_RECOMMENDATION
        raise command.not_understood(problem, left_over or " ".join(subject.own), charts)
    return Chart(named[0], as_at=then.day if then else None, known=bool(then and then.known))
