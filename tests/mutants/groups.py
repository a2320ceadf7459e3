"""What is mutated, and by which tests it is judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Group:
    """Modules, and the tests that are there to notice when one of them does something else."""

    name: str
    modules: tuple[str, ...]  # files, or folders with all that is in them
    tests: tuple[str, ...]
    sample: int | None = None  # how many mutants are tried at full size; None for all of them
    is_held: bool = True  # whether 95 in 100 are known to be noticed, so that the proof holds it to that
    environment: Mapping[str, str] = field(default_factory=dict)  # of its tests
    patience: float = 6.0  # in seconds of the processor: the quickest tests that take so long judge a mutant

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files, from the root of the project."""
        return tuple(
            path.relative_to(ROOT)
            for module in self.modules
            for path in (
                sorted((ROOT / module).rglob("*.py")) if (ROOT / module).is_dir() else [ROOT / module]
            )
        )


GROUPS = (
    Group(
        "sending",
        tuple(
            f"bot/outbox/{name}.py"
            for name in (
                *("abandoned_claims", "channel_history", "dispatcher", "duplicate_sweeper"),
                *("poster", "reconciler", "sender", "unconfirmed_sends"),
            )
        ),
        tuple(
            f"tests/outbox/test_{name}.py"
            for name in (
                *("abandoned_claims", "by_chance", "channel_history"),
                *("dispatcher", "poster", "unconfirmed_sends"),
            )
        ),
    ),
    Group(
        "schedule",
        tuple(
            f"bot/outbox/{name}.py"
            for name in ("edits", "loop", "owed_homes", "schedule", "stored_ledger", "upkeep")
        ),
        ("tests/outbox", "tests/operations/test_owed.py"),
        is_held=False,
    ),
    Group(
        "deliveries",
        (
            "bot/domain/messages/delivery.py",
            "bot/domain/messages/delivery_state.py",
            "bot/domain/messages/slots.py",
        ),
        ("tests/domain/messages",),
    ),
    Group(
        "rights",
        ("bot/domain/register/people.py", "bot/operations/request/actors.py"),
        (
            "tests/domain/register/test_people.py",
            "tests/domain/register/test_membership.py",
            "tests/operations/request",
        ),
    ),
    Group(
        "transitions",
        ("bot/domain/register/transition.py", "bot/domain/register/addressee.py"),
        ("tests/domain/register",),
    ),
    Group(
        "reading",
        ("bot/domain/questions/grammar/reader.py", "bot/domain/questions/grammar/gate.py"),
        ("tests/domain/questions/grammar",),
    ),
    Group(
        "plain words",
        ("bot/domain/questions/plain_words",),
        (
            *(
                f"tests/domain/questions/plain_words/test_sentences.py::test_{name}"
                for name in (
                    "plain_words_are_understood_as_they_are_meant_by_what_can_be_typed",
                    "a_verb_that_makes_no_command_of_the_rest_is_not_suggested",
                    "an_order_with_more_words_than_its_command_is_offered",
                    "what_a_body_says_of_itself_is_offered_as_the_command_that_records_it",
                    "a_deadline_named_without_its_year_is_the_one_that_has_just_passed",
                    "how_something_stands_is_one_command_however_it_is_written",
                )
            ),
            "tests/handlers/test_plain_words.py",
            *(
                f"tests/domain/questions/plain_words/test_{name}.py"
                for name in ("days", "people_asked_about", "published_responses", "tokens")
            ),
        ),
        sample=300,
        is_held=False,
        # A sentence is a test, so that only those are read that run what was changed.
        environment={"SENTENCES_IN_A_BLOCK": "1"},
        patience=2.0,
    ),
)
