"""`map 15`, `map 15 as at 22 Nov 2024`: a picture of how one recommendation stands in each area."""

from bot.domain.questions.grammar.as_at import without_as_at
from bot.domain.questions.grammar.command import CommandText, choice, command_of, subject_of
from bot.domain.questions.grammar.problems import What
from bot.domain.questions.grammar.typed_commands import Map
from bot.domain.questions.grammar.words import pieces_of


def read_map(command: CommandText) -> Map:
    rest, then = without_as_at(command, command.rest)
    subject = subject_of(pieces_of(rest, command.names))
    if not subject.refs:
        raise command.not_understood(What.WHICH_RECOMMENDATION, rest)
    # A picture shows all bodies: none can be asked for alone.
    left_over = " ".join(rest[piece.start : piece.end] for piece in (*subject.names, *subject.others))
    if left_over or len(subject.refs) > 1:
        options = [choice(command_of("map", ref, str(then) if then else "")) for ref in subject.refs]
        problem = What.LEFT_OVER if left_over else What.ONE_RECOMMENDATION
        raise command.not_understood(problem, left_over, options)
    return Map(subject.refs[0], as_at=then.day if then else None, known=bool(then and then.known))
