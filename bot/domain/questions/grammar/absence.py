"""Commands about oneself: `away until 14 Apr`, `back`."""

from bot.domain.questions.grammar.command import CommandText, choice
from bot.domain.questions.grammar.problems import What
from bot.domain.questions.grammar.typed_recordings import Away, Back
from bot.domain.questions.grammar.words import own_form, words_of
from bot.domain.questions.written_dates import NotADate, day

_BEFORE_THE_DAY = ("until", "till", "to", "from now until", "from today until")


def read_away(command: CommandText) -> Away:
    text = own_form(words_of(command.rest))
    for words in sorted(_BEFORE_THE_DAY, key=len, reverse=True):
        text = text.removeprefix(f"{words} ")
    try:
        until = day(text, command.today, prefer="future")
    except NotADate:
        raise command.not_understood(What.AWAY_UNTIL, command.rest) from None
    if until <= command.today:
        raise command.not_understood(What.AWAY_UNTIL, command.rest)
    return Away(until)


def read_back(command: CommandText) -> Back:
    if command.rest:
        raise command.not_understood(What.LEFT_OVER, command.rest, (choice("back"),))
    return Back()
