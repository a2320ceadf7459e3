"""Who has published their response to a report that asks for one, and by when it is to be published.

Only while some report asks for one: what is said of responses means the answers to recommendations else."""

import re

from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.questions.model import AsAt
from bot.domain.questions.names import Body, Named
from bot.domain.questions.plain_words import times
from bot.domain.questions.plain_words.asking.subjects import Built
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.places import named_places
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.understanding import About, Answerable, Asked

# "Which responses may be published" asks for texts that bodies let be quoted.
_MAY_BE = re.compile(
    r"\b(?:can|could|may|might|cannot|allowed|ready|cleared|happy|ok|okay|permission|leave)\b"
)
_PUBLISH = re.compile(r"\bpublish(?:ed|es|ing)?\b")
# Of these groups nobody lists published responses.
_OTHER_GROUPS = (M.EXCEPT, M.MAYORS, M.FIRE_COMMISSIONERS, M.WELSH, M.ENGLISH, M.PERCENT)


def published(sentence: Sentence) -> Built:
    """Answer who has published their response: "who has not published their response to custody?"."""
    if not sentence.asks or not _PUBLISH.search(sentence.lower) or _MAY_BE.search(sentence.lower):
        # "We published our response on Friday" asks nothing.
        return None
    command = _command(sentence)
    return Answerable(command) if command else None


def due(sentence: Sentence) -> Built:
    """Ask which response is meant where both have a day: "when is our response due?"."""
    command = _command(sentence) if sentence.has(M.DUE) and sentence.has(M.WHEN) else None
    bodies = [name for name in _meant(sentence) or () if isinstance(name, Body)]
    if command is None or len(bodies) != 1 or sentence.days:
        return None
    return Asked(About.QUESTION, (command, command_of("status", bodies[0].slug)))


def _command(sentence: Sentence) -> str | None:
    """Return the question as it is typed; None where it asks of more than one place, or of no report that
    asks for published responses."""
    time, meant = times.as_at(sentence), _meant(sentence)
    if not sentence.around.publishing or time is None or meant is None or sentence.has(*_OTHER_GROUPS):
        return None
    if any(report.key not in sentence.around.publishing for report in sentence.reports):
        return None
    reports = [report.key for report in sentence.reports]
    day = f"as at {time.day.isoformat()}" if isinstance(time, AsAt) else ""
    return command_of("published", *reports, *map(_typed, meant), day) if len(reports) < 2 else None


def _meant(sentence: Sentence) -> tuple[Named, ...] | None:
    """Return the body or the region that is meant, nothing for all of them; None for several."""
    pieces = named_places(sentence).meant
    named = [name for piece in pieces for name in (piece.bodies or piece.regions)]
    if not named:
        named = list(sentence.own_bodies)
    return tuple(named) if len(named) < 2 else None


def _typed(name: Named) -> str:
    return name.slug if isinstance(name, Body) else unmistakable(name)
