"""What is said of an import: what it would record, with its first words, and every fault with its place."""

from typing import Any

from bot.domain.register.imports import Effect, FilePlace, FileRefused, Imported, NotImportable, Wrong
from bot.domain.register.people import Role
from bot.domain.register.update import Change, UpdateKind
from bot.domain.values import replace
from bot.rendering.blocks.recording import imports as blocks
from bot.standin.examination import examine, examine_view
from tests.cast import an_update

PLACE = FilePlace("a.xlsx", "recommendations", 3)


def effect(about: str, kind: UpdateKind, **facts: Any) -> Effect:
    return Effect(PLACE, about, an_update(kind, **facts))


def imported(*effects: Effect, **facts: Any) -> Imported:
    return replace(Imported(len(effects), effects, done=False, fingerprint="f"), **facts)


RECOMMENDATION = effect(
    "stalking 30",
    UpdateKind.RECOMMENDATION_ADDED,
    changes=(Change("due_on", "", "2025-09-30"), Change("addressed to", "", "E1 E2 E3")),
    text="Review <b> & the services. " * 20,
)
CONTACT = effect(
    "Kent, Kim Hale", UpdateKind.GRANT, changes=(Change(Role.CONTACT, "", "T/U"),), text="", body_code="E1"
)


def test_a_look_says_how_much_of_what_and_begins_each_text() -> None:
    report = blocks.of_look(imported(RECOMMENDATION, CONTACT, CONTACT))
    assert report.first == "This would record 1 recommendation and 2 contacts. Nothing is recorded yet."
    assert report.lines[0].startswith(
        "stalking 30, to 3 bodies, due 30 Sep 2025: “Review <b> & the services."
    )
    assert len(report.lines[0]) < 130
    assert report.can_be_recorded
    assert (report.fingerprint, report.is_outcome) == ("f", False)


def test_what_is_over_has_nothing_more_to_press() -> None:
    for outcome in (imported(CONTACT, done=True), imported(again=True), imported()):
        report = blocks.of_outcome(outcome)
        assert not report.can_be_recorded
        assert "submit" not in blocks.outcome_form(report)
        assert all(block["type"] != "actions" for block in blocks.shown(report, "F1 f", "a.xlsx").blocks)


def test_every_fault_is_told_with_its_place_and_however_many_there_are_it_fits() -> None:
    faults = tuple(
        Wrong(
            FilePlace("a.xlsx", "contacts", row), "body", NotImportable("body", f"There is no body <{row}>.")
        )
        for row in range(2, 1002)
    )
    report = blocks.of_faults(FileRefused(faults))
    assert report.first == "1,000 things have to be put right first. Nothing was recorded."
    assert report.lines[0] == "Row 2, body: There is no body <2>."
    assert report.lines[-1].startswith("… and 8")
    assert examine_view(blocks.import_form("", "x" * 3000, "contacts", report), "modal") == []
    assert examine(blocks.shown(report, "F1 ", "a.xlsx").as_message()) == []


def test_a_longest_look_fits_too() -> None:
    look = blocks.of_look(imported(*[RECOMMENDATION] * 500), has_changed=True)
    assert look.first.startswith("The register has changed since you looked, so nothing was recorded.")
    view = blocks.import_form("{}", "<&>" * 1000, "recommendations", look)
    assert view["submit"]["text"] == "Record all"
    assert examine_view(view, "modal") == []
    message = blocks.shown(look, "F1 f", "a.xlsx")
    assert message.blocks[-1]["type"] == "actions"
    assert examine(message.as_message()) == []
