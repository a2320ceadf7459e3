"""Statements with no verb in front: "15 accepted", "Kent accepts 15", "we have started 25: two ISACs".

Each is offered as the command that says the same, and never recorded unasked."""

import re
from collections.abc import Sequence

from bot.domain.questions.grammar.certainty import SMALL_WORDS
from bot.domain.questions.grammar.command import (
    CommandText,
    TakesText,
    Verb,
    bodies_in,
    choice,
    command_of,
    subject_of,
)
from bot.domain.questions.grammar.problems import Choice
from bot.domain.questions.grammar.verbs import SPOKEN, VERB_OF
from bot.domain.questions.grammar.words import Word, at_colon, own_form, pieces_of, words_of

# "to accept 15" and "15 to be done" say what is still to do.
_STILL_TO_DO = re.compile(r"\bto\b", re.IGNORECASE)


def statement_in(command: CommandText, words: Sequence[Word]) -> Choice | None:
    """Return the one recording that a statement says; None where a word is left over, or two verbs stand."""
    head, text = at_colon(command.typed)
    text = text or ""
    verbs = _verbs_in(head)
    if len(verbs) != 1 or _STILL_TO_DO.search(head) or (text and VERB_OF[verbs[0]].text is TakesText.NO):
        return None
    verb = verbs[0]
    pieces = pieces_of(head, command.names, (*VERB_OF, *SPOKEN))
    subject = subject_of(pieces)
    others = {own_form(words_of(head[piece.start : piece.end])) for piece in subject.others}
    bodies = [bodies_in(piece) for piece in subject.names]
    if (
        not subject.refs
        or others - SMALL_WORDS
        or len(bodies) > 1
        or any(len(possible) != 1 for possible in bodies)
    ):
        return None
    return choice(command_of(verb, *subject.refs, *(possible[0].slug for possible in bodies), text=text))


def _verbs_in(head: str) -> list[str]:
    """Return the recording verbs among the words, those of two words first."""
    words = words_of(head)
    pairs = [own_form(words[place : place + 2]) for place in range(len(words) - 1)]
    long = [pair for pair in pairs if _records(pair)]
    taken = {word for pair in long for word in pair.split()}
    single = [word.key for word in words if word.key not in taken]
    return list(
        dict.fromkeys(
            [*long, *(SPOKEN.get(word, word) for word in single if _records(SPOKEN.get(word, word)))]
        )
    )


def _records(word: str) -> bool:
    row: Verb | None = VERB_OF.get(word)
    return row is not None and row.writes and not row.opens_form
