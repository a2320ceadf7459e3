"""`/recs help`: what can be typed and works today, for whoever asks, with examples to copy."""

from collections.abc import Iterable

from bot.domain.lookups import Asking
from bot.domain.typed.command import Asker, Verb
from bot.rendering import words
from bot.rendering.blocks.buttons import share
from bot.rendering.mrkdwn import escaped, inert
from bot.rendering.screen import Screen, actions, lines, paragraphs, screen, small

_RANK: dict[Asker, int] = {"anyone": 0, "contact": 1, "coordinator": 2}
_WHO: dict[Asker, str] = {
    "anyone": "To ask:",
    "contact": "To record for a body:",
    "coordinator": "For coordinators:",
}
_WHO_ONLY: dict[Asker, str] = {
    "anyone": "It is for whoever records for a body.",
    "contact": "Only a body's contacts and coordinators can do this.",
    "coordinator": "Only coordinators can do this.",
}
_NO_VICTIMS = (
    "Texts must not identify a victim: recbot looks for that before it stores one, but will miss some."
)


def everything(asking: Asking, verbs: Iterable[Verb]) -> Screen:
    """The verbs that work for this person, those that everybody may use first."""
    mine = [verb for verb in verbs if may_use(asking, verb)]
    groups = {asker: [verb for verb in mine if verb.asker == asker] for asker in _RANK}
    records = asking.role != "anyone"
    return screen(
        _headline(asking),
        *(
            block
            for asker, some in groups.items()
            if some
            for block in paragraphs([_WHO[asker], *(_line(asking, verb) for verb in some)])
        ),
        small(f"`/recs help overdue` says more of one. {_NO_VICTIMS if records else ''}".rstrip()),
        actions(share("help")),
    )


def one_verb(asking: Asking, verb: Verb) -> Screen:
    """What one verb does, examples to copy, its synonyms, and who may use it."""
    said = [f"`{escaped(example)}`" for example in _examples(asking, verb)]
    others = [word for word in verb.words if word != verb.name]
    if others:
        said.append(f"Also understood: {words.both(others)}.")
    if not may_use(asking, verb):
        said.append(_WHO_ONLY[verb.asker])
    elif len(asking.bodies) == 1 and asking.role != "coordinator" and _names_a_body(verb):
        said.append(f"Where no body is named, it is for {inert(asking.bodies[0])}.")
    return screen(
        f"/recs {verb.name}: {verb.purpose}.",
        lines(said),
        small(_NO_VICTIMS) if ":" in verb.usage else None,
        actions(share(f"help {verb.name}")),
    )


def may_use(asking: Asking, verb: Verb) -> bool:
    """A coordinator may do all that a contact may, but has nothing of their own to look at without a body."""
    if verb.name == "mine":
        return bool(asking.bodies)
    return _RANK[asking.role] >= _RANK[verb.asker]


def _headline(asking: Asking) -> str:
    if asking.role == "coordinator":
        return "With /recs you ask how everything stands, record for any body, and grant roles."
    if asking.role == "contact":
        return f"With /recs you ask how everything stands, and record for {words.both(asking.bodies)}."
    return "With /recs you ask how every recommendation stands."


def _line(asking: Asking, verb: Verb) -> str:
    examples = " · ".join(f"`{escaped(example)}`" for example in _examples(asking, verb))
    return f"{words.capital(escaped(verb.purpose))}: {examples}"


def _examples(asking: Asking, verb: Verb) -> tuple[str, ...]:
    """Whoever may record for several bodies has to name one: the right form does."""
    must_name_one = asking.role == "coordinator" or len(asking.bodies) > 1
    return (verb.usage,) if verb.asker == "contact" and must_name_one else verb.examples


def _names_a_body(verb: Verb) -> bool:
    return verb.asker == "contact" and verb.usage not in verb.examples[:1]
