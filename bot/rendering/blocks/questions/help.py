"""`/recs help`: what can be typed and works today, by need and for whoever asks, with examples to copy."""

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from bot.domain.questions.answers import Asking
from bot.domain.questions.grammar.command import Asker, Verb
from bot.domain.questions.grammar.reader import verb_of
from bot.domain.questions.grammar.samples import Sample
from bot.rendering import words
from bot.rendering.blocks.buttons import more, share
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
_NUMBERS = re.compile(r"15(?:, 16 and 25)?")


class Way(NamedTuple):
    """What somebody may need, and what they type for it, as in the table of verbs."""

    need: str
    written: str


# A line for each need, those that come most often first.
_NEEDS: dict[Asker, tuple[tuple[Way, ...], ...]] = {
    "anyone": (
        (Way("All recommendations", "/recs"), Way("one of them", "/recs 15")),
        (Way("One with one body", "/recs 15 kent"), Way("with a region", "/recs 15 wales")),
        (Way("Everything about a body", "/recs kent"), Way("a report", "/recs stalking")),
        (Way("What falls due", "/recs deadlines"), Way("within a month", "/recs deadlines 30d")),
        (Way("What is late", "/recs overdue"), Way("with one body", "/recs overdue kent")),
        (Way("Who has not responded", "/recs waiting"), Way("to one of them", "/recs waiting 15")),
        (
            Way("What changed", "/recs changes"),
            Way("since a day", "/recs changes since Monday"),
            Way("each week", "/recs follow kent"),
        ),
        (Way("Every update", "/recs history 15"), Way("with one body", "/recs history 15 kent")),
        (Way("Where a word stands", "/recs search advocates"),),
        (Way("How it stood on an earlier day", "/recs 15 as at 22 Nov 2024"),),
        (Way("A file to pass on", "/recs export 15 docx"), Way("a map", "/recs map 15")),
        (Way("Who records for a body", "/recs contacts kent"),),
    ),
    "contact": (
        (Way("What you have open", "/recs mine"),),
        (Way("One recommendation", "/recs 15"), Way("with one body", "/recs 15 kent")),
        (Way("You accept it", "/recs accept 15"), Way("several", "/recs accept 15, 16 and 25")),
        (Way("You accept it in part", "/recs partly 15: why"), Way("or not", "/recs decline 15: why")),
        (Way("You have begun", "/recs started 15: text"), Way("it is done", "/recs complete 15: text")),
        (Way("You cannot go on", "/recs blocked 15: on what"),),
        (Way("A note", "/recs note 15: text"),),
        (Way("A form, with evidence and who decided", "/recs update 15"),),
        (
            Way("You need more time", "/recs extend 15 30 Apr 2025: why"),
            Way("you expect to be done on a day", "/recs expect 15 30 Apr 2025: why"),
        ),
        (
            Way("What falls due", "/recs deadlines"),
            Way("what is late", "/recs overdue"),
            Way("you have published your response", "/recs publish stalking https://example.org/response"),
        ),
        (
            Way("What changed", "/recs changes"),
            Way("every update", "/recs history 15"),
            Way("each week", "/recs follow 15"),
        ),
        (Way("A file to pass on", "/recs export 15 docx"), Way("a map", "/recs map 15")),
    ),
    "coordinator": (
        (Way("What is late", "/recs overdue"), Way("who has not responded", "/recs waiting")),
        (Way("One recommendation", "/recs 15"), Way("with one body", "/recs 15 kent")),
        (Way("Everything about a body", "/recs kent"), Way("a region", "/recs wales")),
        (
            Way("What changed", "/recs changes since Monday"),
            Way("every update", "/recs history 15"),
            Way("each week", "/recs follow kent"),
        ),
        (Way("How it stood on an earlier day", "/recs 15 as at 22 Nov 2024"),),
        (Way("A body accepts", "/recs accept 15 kent"), Way("several", "/recs accept 15, 16 and 25 kent")),
        (Way("How far a body is", "/recs progress 15 kent in progress: text"),),
        (Way("More time", "/recs extend 15 kent 30 Apr 2025: why"), Way("checked", "/recs check 15 kent")),
        (Way("Chase", "/recs remind 15"), Way("the next digest", "/recs digest preview")),
        (Way("Who records", "/recs contacts"), Way("somebody new", "/recs grant @user kent")),
        (
            Way("A new report", "/recs add report"),
            Way("a recommendation in it", "/recs add stalking"),
            Way("its bodies publish their response", "/recs set stalking published by 22 Nov 2024"),
        ),
        (Way("A file to pass on", "/recs export 15 docx"), Way("a map", "/recs map 15")),
    ),
}


def examples(asking: Asking, example_names: Sample, verbs: Iterable[Verb] | None = None) -> frozenset[str]:
    """Return every example that help may show to this person: for their needs, or of some verbs."""
    if verbs is None:
        ways = [way for line in _NEEDS[asking.role] for way in line]
        return frozenset(filter(None, (_filled(asking, example_names, way.written) for way in ways)))
    return frozenset(example for verb in verbs for example in _of_verb(asking, example_names, verb))


def by_need(asking: Asking, example_names: Sample, working: Collection[str]) -> Screen:
    """Show what this person needs most, with those of the `examples` that work."""
    records = asking.role != "anyone"
    return screen(
        _headline(asking),
        lines(
            line
            for ways in _NEEDS[asking.role]
            if (line := _line_of_need(asking, example_names, ways, working))
        ),
        small(_own_words(example_names)) if example_names.recommendation else None,
        small(f"`/recs help accept` says more of one verb. {_NO_VICTIMS if records else ''}".rstrip()),
        actions(more("help", 2), share("help")),
    )


def _own_words(example_names: Sample) -> str:
    number = escaped(example_names.recommendation)
    return (
        f"Your own words will do too: `/recs who has not started {number}?` Or shorter: `/recs {number} not"
        " started`. In a message to recbot, or with @recbot in a channel, leave `/recs` out."
    )


def everything(
    asking: Asking, example_names: Sample, verbs: Iterable[Verb], working: Collection[str]
) -> Screen:
    """Return the verbs that work for this person, those that everybody may use first."""
    usable = [verb for verb in verbs if may_use(asking, verb)]
    groups = {asker: [verb for verb in usable if verb.asker == asker] for asker in _RANK}
    return screen(
        "All that you can type after /recs.",
        *(
            block
            for asker, verbs in groups.items()
            if verbs
            for block in paragraphs(
                [_WHO[asker], *(_line(asking, example_names, verb, working) for verb in verbs)]
            )
        ),
        actions(share("help page 2")),
    )


def one_verb(asking: Asking, example_names: Sample, verb: Verb, working: Collection[str]) -> Screen:
    """Show what one verb does, examples to copy, its synonyms, and who may use it."""
    texts = [
        f"`{escaped(example)}`" for example in _of_verb(asking, example_names, verb) if example in working
    ]
    if may_use(asking, verb) and not texts:
        texts.append("There is nothing in the register that it could be used for now.")
    others = [word for word in verb.words if word != verb.name]
    if others:
        texts.append(f"Also understood: {words.both(others)}.")
    if not may_use(asking, verb):
        texts.append(_WHO_ONLY[verb.asker])
    elif len(asking.bodies) == 1 and asking.role != "coordinator" and _names_a_body(verb):
        texts.append(f"Where no body is named, it is for {inert(asking.bodies[0])}.")
    return screen(
        f"/recs {verb.name}: {verb.purpose}.",
        lines(texts),
        small(_NO_VICTIMS) if ":" in verb.usage else None,
        actions(share(f"help {verb.name}")),
    )


def may_use(asking: Asking, verb: Verb) -> bool:
    """Whether whoever asks may use a verb. A coordinator may do all that a contact may, but has nothing of
    their own to look at without a body."""
    if verb.name == "mine":
        return bool(asking.bodies)
    return _RANK[asking.role] >= _RANK[verb.asker]


def _headline(asking: Asking) -> str:
    if asking.role == "coordinator":
        return "With /recs you ask how everything stands, record for any body, and grant roles."
    if asking.role == "contact":
        return f"With /recs you ask how everything stands, and record for {words.both(asking.bodies)}."
    return "With /recs you ask how every recommendation stands."


def _line_of_need(
    asking: Asking, example_names: Sample, ways: Iterable[Way], working: Collection[str]
) -> str:
    """Say how a need is met: You accept it: `/recs accept 15` · several: `/recs accept 15, 16 and 25`"""
    commands = [(way.need, _filled(asking, example_names, way.written)) for way in ways]
    text = " · ".join(f"{need}: `{escaped(example)}`" for need, example in commands if example in working)
    return words.capital(text)


def _line(asking: Asking, example_names: Sample, verb: Verb, working: Collection[str]) -> str:
    examples_shown = [example for example in _of_verb(asking, example_names, verb) if example in working]
    examples = " · ".join(f"`{escaped(example)}`" for example in examples_shown)
    return f"{words.capital(escaped(verb.purpose))}: {examples or '(nothing in the register for it now)'}"


def _of_verb(asking: Asking, example_names: Sample, verb: Verb) -> tuple[str, ...]:
    """Return the right form and examples. Whoever may record for several bodies has to name one: the form
    does."""
    written = (verb.usage,) if verb.asker == "contact" and _must_name_one(asking) else verb.examples
    return tuple(filter(None, (example_names.example(verb.name, example) for example in written)))


def _filled(asking: Asking, example_names: Sample, written: str) -> str:
    verb = verb_of(written)
    if verb and verb.asker == "contact" and _must_name_one(asking) and " kent" not in written:
        written = _NUMBERS.sub(r"\g<0> kent", written, count=1)
    return example_names.example(verb.name if verb else "status", written)


def _must_name_one(asking: Asking) -> bool:
    return asking.role == "coordinator" or len(asking.bodies) > 1


def _names_a_body(verb: Verb) -> bool:
    return verb.asker == "contact" and verb.usage not in verb.examples[:1]
