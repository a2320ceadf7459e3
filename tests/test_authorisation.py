"""Every cell of docs/authorisation.md is tried, and what the page does not tell fails."""

from collections.abc import Iterator
from itertools import cycle

import pytest

from bot.domain.questions.grammar.verbs import VERBS
from bot.domain.register.people import Membership, Role
from tests.authorisation.acts import ACTS, TYPED, do, is_known
from tests.authorisation.askers import ASKERS, RARE_ASKERS, USUAL_ASKERS, is_done, may
from tests.authorisation.office import Asker, Office, office
from tests.authorisation.table import Row, acts, taken_for

# Of a command each verb has its row, and of a person's changes Slack itself tells.
NO_ACTS = ("recs", "user_changed")


@pytest.fixture(scope="module")
def open_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("registers")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("row", "rare_asker"),
    [pytest.param(row, asker, id=str(row)) for row, asker in zip(acts(), cycle(RARE_ASKERS), strict=False)],
)
def test_what_the_page_says_is_what_happens(row: Row, rare_asker: Asker, open_office: Office) -> None:
    """A viewer, a contact and a coordinator try each act, and in turns one of all others: contacts of other
    bodies, guests, strangers, people who left; in tests/prove/test_authorisation.py all of them try all."""
    taken = taken_for()
    for asker in (*USUAL_ASKERS, rare_asker):
        assert is_done(open_office, row, asker) is may(asker, row, taken), asker


def test_each_role_asks_for_everything() -> None:
    assert {asker.granted for asker in ASKERS} == {"nothing", *Role}


def test_the_page_tells_of_every_verb_and_of_every_button_that_is_tried() -> None:
    rows = acts()
    typed = {row.how.removeprefix("/recs ") for row in rows if row.road == "slash"}
    untold = [verb.name for verb in VERBS if not any(command.startswith(verb.words) for command in typed)]
    assert untold == []
    assert all(map(is_known, rows))
    assert {(row.road, row.how) for row in rows if row.road not in TYPED} == set(ACTS)


def test_the_page_tells_of_every_button_form_and_shortcut_there_is(open_office: Office) -> None:
    acts_seen = set()
    for row in acts():
        # Plain words are typed after the command too.
        if row.road not in ("slash", "plain words"):
            open_office.receives(Asker("coordinator", Membership.MEMBER))
            do(open_office, row)
            acts_seen.add(open_office.reached())
            open_office.forgets()
    untold = [
        listener.ack_function.__name__ for listener in open_office.listeners if listener not in acts_seen
    ]
    assert sorted(untold) == sorted(NO_ACTS)
