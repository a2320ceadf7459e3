"""Every cell of docs/authorisation.md is tried, and what the page does not tell fails."""

from collections.abc import Iterator
from itertools import product

import pytest

from bot.domain.questions.grammar.verbs import VERBS
from bot.domain.register.people import Membership, Role
from tests.authorisation.acts import ACTS, TYPED, do, is_known, prepare
from tests.authorisation.office import SECRET, Asker, Office, office
from tests.authorisation.table import Row, acts, taken_for

MEMBERSHIPS = (Membership.MEMBER, Membership.GUEST, Membership.STRANGER, Membership.DEACTIVATED)
ASKERS = [
    *(Asker("nothing", membership) for membership in MEMBERSHIPS),
    *(
        Asker("contact", membership, body)
        for membership, body in product(MEMBERSHIPS, ("own", "other", "ended"))
    ),
    *(Asker("coordinator", membership) for membership in MEMBERSHIPS),
]
# What is said to whoever may not.
REFUSALS = (
    "You cannot see the register yet",
    "Only coordinators can do this",
    "contacts can record for",
    "Only contacts can record, and you are not a contact of any body yet",
    "The internal form is for coordinators",
    "You can have the internal form of",
    "Only the person who recorded this",
    "approvers can decide this",
)
# By these a file, a picture or a post comes to whoever only looks.
SEND_WHAT_IS_SEEN = (
    "/recs export",
    "/recs map",
    "/recs letter",
    "/recs return",
    "/recs calendar",
    "Share in channel",
    "File",
)
# Of a command each verb has its row, and of a person's changes Slack itself tells.
NO_ACTS = ("recs", "user_changed")


@pytest.fixture(scope="module")
def open_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("registers")) as opened:
        yield opened


def may(asker: Asker, row: Row, taken: dict[tuple[str, str], str]) -> bool:
    is_ = taken[asker.granted, asker.membership.value]
    return is_ != "nobody" and row.allowed[asker.body if is_ == "contact" else is_]


def was_done(opened: Office, row: Row) -> bool:
    prepared = prepare(opened, row)
    register, outbox = opened.register(), opened.outbox()
    shown = do(opened, row)
    recorded, sent = opened.register() != register, opened.outbox() != outbox
    if prepared or recorded or sent:
        opened.forgets()
    if row.changes:
        return recorded or sent
    assert not recorded
    # That a message was answered is noted in the outbox.
    assert (
        not sent or row.how.startswith(SEND_WHAT_IS_SEEN) or row.road in ("direct message", "mention", "file")
    )
    if "may not be quoted" in row.act:
        return SECRET in shown
    return bool(shown) and not any(refusal in shown for refusal in REFUSALS)


@pytest.mark.parametrize("row", acts(), ids=str)
def test_what_the_page_says_is_what_happens(row: Row, open_office: Office) -> None:
    taken = taken_for()
    for asker in ASKERS:
        open_office.receives(asker)
        assert was_done(open_office, row) is may(asker, row, taken), asker


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
