"""The table of verbs: what can be typed after `/recs`. A new verb is a reader, and a row in `verb_rows`."""

from bot.domain.questions.grammar.command import CommandText, Verb, choice, without_page
from bot.domain.questions.grammar.problems import What
from bot.domain.questions.grammar.typed_commands import Help
from bot.domain.questions.grammar.verb_rows.coordinating import COORDINATING
from bot.domain.questions.grammar.verb_rows.lookups import LOOKUPS
from bot.domain.questions.grammar.verb_rows.people import PEOPLE
from bot.domain.questions.grammar.verb_rows.recording import RECORDING
from bot.domain.questions.grammar.words import own_form, words_of

_EVERYTHING = ("all", "more", "everything")


def read_help(command: CommandText) -> Help:
    rest, page = without_page(command.rest)
    text = own_form(words_of(rest)).removeprefix("with ").strip()
    if not text:
        return Help(page=page)
    if text in _EVERYTHING:
        return Help(page=2)
    verb = VERB_OF.get(text) or VERB_OF.get(text.split()[0])
    if verb is None:
        raise command.not_understood(What.UNKNOWN_VERB, command.rest, (choice("help"),))
    return Help(verb.name)


VERBS: tuple[Verb, ...] = (
    *LOOKUPS,
    *RECORDING,
    *COORDINATING,
    *PEOPLE,
    Verb(
        ("help",),
        read_help,
        usage="/recs help",
        examples=("/recs help", "/recs help accept"),
        purpose="what can be typed",
        writes=False,
    ),
)

VERB_OF: dict[str, Verb] = {word: verb for verb in VERBS for word in verb.words}

# How people say a verb in a sentence, where that is no word of the command.
SPOKEN = {
    "accepts": "accept",
    "agrees": "agree",
    "declines": "decline",
    "rejects": "reject",
    "completes": "complete",
    "finish": "finished",
    "finishes": "finished",
    "start": "started",
    "starts": "started",
    "began": "started",
    "begin": "begun",
    "withdrawn": "withdraw",
    "withdrew": "withdraw",
}
