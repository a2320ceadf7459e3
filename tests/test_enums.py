"""A new member of an enum is not forgotten: what knows members by name knows all of them, or says why not.

What ends in `assert_never` the type checker watches; the rest is watched here."""

from collections.abc import Iterable, Mapping
from datetime import date
from importlib import import_module

import pytest

from bot.domain.questions.account import Format
from bot.domain.questions.grammar.export import FORMATS
from bot.domain.questions.grammar.reader import read
from bot.domain.questions.grammar.typed_recordings import Grant, Progress, Respond
from bot.domain.questions.grammar.verbs import VERB_OF, VERBS
from bot.domain.questions.holding import FromAnswers, FromStages, basis_of
from bot.domain.questions.model import AskedState
from bot.domain.questions.names import Body, Names, ReportName
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.people import Role
from bot.rendering.blocks.recording.grant import ROLES
from tests import enums

KENT = Body("E23000032", "kent", "Kent")
STALKING = ReportName("stalking", "The police response to stalking")
NAMES = Names.of([(KENT, ("Kent",))], regions=[], reports=[STALKING])

# Words of the grammar's own: each reader knows those that it reads, and examples try them.
_VOCABULARIES = frozenset(
    ("Aspect", "Doubt", "Kind", "Meaning", "PieceKind", "Shape", "AskedState", "_Section")
)
# The fields of forms: each form has its own.
_FIELDS = frozenset(("Field",))

_ANSWER_AND_PROGRESS = "the two of which an addressee keeps by which update they stand"
_SOME_IN_DICTS = {
    ("bot.domain.messages.delivery_state", "DeliveryState"): "the states that may follow one",
    ("bot.domain.register.transition", "UpdateKind"): _ANSWER_AND_PROGRESS,
    ("bot.operations.questions.subjects", "Group"): "those that are kinds of body; a match knows the others",
    ("bot.rendering.blocks.recording.imports", "UpdateKind"): "those that an import records",
    ("bot.rendering.blocks.questions.predecessors", "Answer"): "those that a verb records",
    ("bot.rendering.blocks.recording.lacking_text", "Answer"): "those that need a reason",
    ("bot.operations.recording.recording", "Value"): "the two that can be further or less far than before",
}
_SOME_IN_GROUPS = {
    ("bot.domain.questions.plain_words.typed", "What"): "what the gate says of an order that is not plain",
    ("bot.domain.questions.grammar.recordings", "Stage"): "offered to whoever did not say how far they are",
    ("bot.domain.register.net_changes", "Value"): "what the digest and changes tell",
    ("bot.domain.questions.holding", "Mark"): "what a state is told by, where it is either of two",
    ("bot.outbox.dispatcher", "DeliveryState"): "what a process that died leaves behind",
    (
        "bot.rendering.blocks.refusals.commands",
        "What",
    ): "what was asked or doubted, to which no right form is shown",
}
_OPEN_MATCHES = {
    ("bot.domain.register.transition", "UpdateKind"): _ANSWER_AND_PROGRESS,
    ("handlers.recs", "About"): "the one of which a menu asks",
}


def test_every_match_over_an_enum_ends_in_assert_never() -> None:
    """So the type checker names each of them for a new member."""
    left_open = [place for place in enums.matches() if not place.is_closed]
    assert _unexplained(left_open, _OPEN_MATCHES) == []


def test_every_dict_with_members_as_keys_has_all_of_them() -> None:
    incomplete = [place for place in enums.dicts() if not place.is_whole]
    assert _unexplained(incomplete, _SOME_IN_DICTS) == []


def test_which_members_are_alike_is_said_in_the_enums_own_table_and_listed_nowhere() -> None:
    """The states that are done, the updates that can be taken back: asked of each member."""
    incomplete = [place for place in enums.groups() if not place.is_whole]
    assert _unexplained(incomplete, _SOME_IN_GROUPS) == []


@pytest.mark.parametrize("explained", [_SOME_IN_DICTS, _SOME_IN_GROUPS, _OPEN_MATCHES])
def test_no_exception_outlives_what_it_explains(explained: Mapping[tuple[str, str], str]) -> None:
    places = {_named(place) for place in (*enums.dicts(), *enums.groups(), *enums.matches())}
    assert set(explained) <= places


def test_every_enum_of_the_product_is_looked_at() -> None:
    assert {"Answer", "Stage", "UpdateKind", "DeliveryState", "Membership"} <= {
        enum.__name__ for enum in enums.enums()
    }


def test_each_response_and_progress_of_a_body_has_a_command_of_its_own() -> None:
    """By the examples of the verbs, which are the commands that help shows."""
    typed = [
        read(_plain(example), NAMES, date(2025, 3, 10))
        for verb in VERBS
        for example in verb.examples
        if verb.asker == "contact"
    ]
    answers = {request.answer for request in typed if isinstance(request, Respond)}
    stages = {request.stage for request in typed if isinstance(request, Progress)}
    assert answers == {answer for answer in Answer if answer.is_given}
    assert stages == {stage for stage in Stage if stage.facts.is_bodys_word}


def test_each_response_and_progress_can_be_asked_for_by_itself() -> None:
    asked_for = set(map(basis_of, AskedState))
    assert [answer for answer in Answer if FromAnswers(frozenset((answer,))) not in asked_for] == []
    assert [stage for stage in Stage if not _is_asked_for(stage)] == []


def _is_asked_for(stage: Stage) -> bool:
    """Tell whether a question has it by its own word: `complete` also asks for what was checked since."""
    basis = basis_of(AskedState(stage.value))
    return isinstance(basis, FromStages) and stage in basis.stages


def test_each_format_is_written_and_understood() -> None:
    assert set(FORMATS.values()) == set(Format)
    for format in Format:
        assert callable(import_module(f"bot.rendering.documents.{format}").write)


def test_each_role_can_be_granted_by_its_word_and_in_the_form() -> None:
    """By the examples of the verb, which are the commands that help shows."""
    typed = [
        read(_plain(example).replace("@user", "<@U0KIM>"), NAMES, date(2025, 3, 10))
        for example in VERB_OF["grant"].examples
    ]
    assert {request.role for request in typed if isinstance(request, Grant)} == set(Role)
    assert {role for role, _ in ROLES.values()} == set(Role)


def _unexplained(places: Iterable[enums.Place], explained: Mapping[tuple[str, str], str]) -> list[str]:
    apart = _VOCABULARIES | _FIELDS
    return [
        str(place) for place in places if place.enum.__name__ not in apart and _named(place) not in explained
    ]


def _named(place: enums.Place) -> tuple[str, str]:
    return place.module, place.enum.__name__


def _plain(example: str) -> str:
    return example.removeprefix("/recs ")
