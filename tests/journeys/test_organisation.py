"""A workspace that belongs to an organisation (Enterprise Grid), whose people are in several workspaces."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.standin.forms import Form
from tests.journeys.office import Office, office
from tests.journeys.serving import wait_until
from tests.storage.audit import audit

HOME, SECOND, THIRD = "T0HOME", "T0SECOND", "T0THIRD"


@pytest.fixture
def an_office(tmp_path: Path, sqlite_url: str) -> Iterator[Office]:
    with office(tmp_path, sqlite_url, enterprise="E0ASSOC") as opened:
        opened.load_example()
        opened.start()
        yield opened


def test_somebody_of_several_workspaces_is_one_person_wherever_they_type_and_press(an_office: Office) -> None:
    slack, cora = an_office.slack, an_office.cora
    # Her clicks always name the last of these.
    grace = slack.add_person("W0GRACE", "Grace Hill", teams=(HOME, SECOND, THIRD))
    assert "Grace Hill is now a contact of Kent." in cora.types("/recs grant @grace kent").all_text

    recorded = grace.types("/recs progress 15 in progress: two ISACs start in April", team_id=SECOND)
    assert recorded.text == "Recorded for Kent: stalking 15 is in progress."
    undone = grace.clicks(recorded, "Undo")
    assert undone is not None
    assert undone.text.startswith("Taken back for Kent")

    # A process that has just begun knows no workspace of the organisation yet.
    assert an_office.stop() == 0
    an_office.start()
    assert "Stalking 15" in grace.types("/recs mine", team_id=THIRD).all_text
    form = grace.opens_form("/recs update 15")
    form.fill({"Note": "from the form"})
    assert isinstance(form.submit(), Form)
    assert "Kent" in grace.opens_home().all_text
    notes = [
        (row["team_id"], row["user_id"]) for row in audit(an_office.database_url) if row["kind"] == "note"
    ]
    assert notes == [(HOME, "W0GRACE")]


def test_who_is_in_other_workspaces_alone_is_a_stranger(an_office: Office) -> None:
    elsewhere = an_office.slack.add_person("W0ELSE", "Else Moor", teams=(SECOND, THIRD))
    assert elsewhere.types("/recs 15").text == "You cannot see the register yet."


def test_a_status_makes_no_member_of_somebody_who_became_a_guest(an_office: Office) -> None:
    slack = an_office.slack
    grace = slack.add_person("W0GRACE", "Grace Hill", teams=(HOME, SECOND))
    assert "Stalking 15" in grace.types("/recs 15").text
    slack.restrict("W0GRACE")
    # Slack tells of it by an event of its own, which may be handled after the next command.
    wait_until(lambda: grace.types("/recs 15").text == "You cannot see the register yet.", within=10)
    slack.sets_status("W0GRACE")
    assert grace.types("/recs 15", team_id=SECOND).text == "You cannot see the register yet."


def test_the_check_says_what_is_supported(an_office: Office) -> None:
    checked = an_office.run("check")
    assert "ok   organisation: the workspace belongs to E0ASSOC." in checked.stdout
