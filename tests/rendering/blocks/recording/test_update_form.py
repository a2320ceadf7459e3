"""Every state of the update form is one that Slack takes, and says in words what it has to say."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from bot.domain.free_text import TextTooLong
from bot.domain.personal_data.check import findings
from bot.domain.questions.receipts import Recorded
from bot.domain.refusals.addressees import NotAContactOf
from bot.domain.refusals.recording import NothingChanged, ReasonRequired
from bot.domain.refusals.refusal import Refusal
from bot.domain.refusals.request import NotACoordinator
from bot.domain.refusals.taking_back import NotYours, TooLateToUndo
from bot.domain.register.addressee import Answer, BlockedOnWhat, NotComplete, Stage
from bot.domain.register.details import GivenInFuture, GivenTooEarly, NotALink
from bot.domain.register.guard import MayIdentify
from bot.domain.register.part_states import PartsOpen
from bot.domain.register.people import Actor
from bot.domain.register.recommendation import Part, PartKind
from bot.domain.register.update import Change, UpdateKind
from bot.domain.register.update_form import (
    Correction,
    Entry,
    Form,
    NothingTicked,
    Offered,
    PartsNotTicked,
    ResponseRequired,
    Shown,
    StandOtherwise,
    beginning,
)
from bot.rendering.blocks import buttons
from bot.rendering.blocks.questions.updates import update_line, what_changed
from bot.rendering.blocks.recording import update_form
from bot.rendering.blocks.refusals.refused import refused
from bot.rendering.blocks.refusals.wording import RefusalContext
from bot.standin.block_kit import view_faults
from bot.standin.examination import examine_view
from bot.standin.reading import readable
from tests.cast import ALICE, NOW, TODAY, a_recommendation, an_addressee, an_update, person
from tests.rendering.screens import assert_valid
from tests.rendering.screens import buttons as buttons_of

LONG = "&" * 3000
HOSTILE = "<!channel> <https://a.example|b> *x* " * 80
CALLER = "ring her on 07700 900123"
PARTS = tuple(Part(letter, PartKind.DUTY, f"<{LONG}>") for letter in "abcdefghijklm")


def a_form(number_of_parts: int = 3, **facts: Any) -> Form:
    stands = facts.pop("addressee", an_addressee(version=3))
    recommendation = a_recommendation(parts=PARTS[:number_of_parts], wording="w" * 3000)
    begun = beginning([stands], with_parts=["stalking-15"])
    usual: dict[str, Any] = {
        "today": TODAY,
        "body_code": stands.body_code,
        "body_name": stands.body_name,
        "offered": (Offered(recommendation, stands),),
        "ticked": frozenset(["stalking-15"]),
        "entry": begun,
        "as_shown": Shown(140, {"stalking-15": stands.version}, begun.answer, begun.stage, begun.parts),
    }
    return Form(**(usual | facts))


def about_several(numbers: Sequence[str], parts: int = 0, **facts: Any) -> Form:
    """Open for Kent, and all of it ticked."""
    rows = tuple(
        Offered(a_recommendation(number, parts=PARTS[:parts], wording=HOSTILE), an_addressee(number=number))
        for number in numbers
    )
    begun = beginning(
        [row.addressee for row in rows], with_parts=[row.recommendation.id for row in rows if parts]
    )
    usual: dict[str, Any] = {
        "offered": rows,
        "ticked": frozenset(row.recommendation.id for row in rows),
        "entry": begun,
    }
    return a_form(**(usual | facts))


def fields(view: dict[str, Any]) -> dict[str, Any]:
    """The element of each field, by its label."""
    return {block["label"]["text"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


def offered(view: dict[str, Any], label: str) -> list[str]:
    return [option["text"]["text"] for option in fields(view)[label]["options"]]


def text_of(view: dict[str, Any]) -> str:
    return readable("", view["blocks"])


def assert_taken(view: dict[str, Any]) -> None:
    assert view_faults(view, "modal") == []
    assert examine_view(view, "modal") == []
    assert len(view["private_metadata"]) <= 3000


ALL_CHANGED = Entry(
    answer=Answer.NOT_ACCEPTED,
    reason=LONG,
    stage=Stage.BLOCKED,
    parts={"stalking-15": ("a", "m")},
    note=HOSTILE[:3000],
    evidence_url="https://a.uk/" + "&" * 480,
    given_on=date(2025, 3, 1),
    decided_by="&" * 120,
    quotable=True,
    no_victim=True,
)
EVERY_FORM = {
    "as it opens": a_form(),
    "without parts": a_form(0),
    "with many parts": a_form(13, entry=ALL_CHANGED),
    "about several": about_several(["15", "16", "25"], parts=3, is_about_all=True),
    "about very many": about_several([f"{n}.{n}" for n in range(1, 101)], is_about_all=True),
    "about five with all their parts": about_several(["1", "2", "3", "4", "5"], parts=13),
    "choosing among all bodies": Form(TODAY, bodies={f"E{n}": f"Body {n} <&>" for n in range(43)}),
    "with nothing ticked": about_several(["15", "16"], ticked=frozenset()),
    "with everything said at once": a_form(
        13,
        entry=ALL_CHANGED,
        bodies={f"E{n}": f"Body {n}" for n in range(5)},
        meanwhile=tuple((a_recommendation(), an_update(seq=n, text=LONG)) for n in range(141, 146)),
        findings={field: findings(CALLER) for field in ("reason", "note", "evidence_url", "decided_by")},
        correction=Correction(an_update(seq=123456, text=LONG), UpdateKind.NOTE),
    ),
}


@pytest.mark.parametrize("name", EVERY_FORM)
def test_every_form_is_one_that_slack_takes(name: str) -> None:
    assert_taken(update_form.form(EVERY_FORM[name]))


def test_the_form_has_the_fields_people_know() -> None:
    assert list(fields(update_form.form(a_form()))) == [
        "Progress",
        "Note",
        "Expected to be done on",
        "Evidence link",
        "Date of the decision (if not today)",
        "Who decided, for example the Commissioner",
        "Part (a)",
        "Part (b)",
        "Part (c)",
        "Response",
        "Reason",
        "May be published",
    ]


def test_it_begins_with_what_stands() -> None:
    stands = an_addressee(
        answer=Answer.NOT_ACCEPTED,
        stage=Stage.BLOCKED,
        parts_addressed=("b",),
        part_states=(("c", Stage.IN_PROGRESS),),
    )
    by_label = fields(
        update_form.form(
            a_form(addressee=stands, entry=beginning([stands], "no service", with_parts=["stalking-15"]))
        )
    )
    assert by_label["Response"]["initial_option"]["value"] == "not accepted"
    assert by_label["Reason"]["initial_value"] == "no service"
    assert by_label["Progress"]["initial_option"]["value"] == "blocked"
    states = [by_label[f"Part ({label})"]["initial_option"]["value"] for label in "abc"]
    assert states == ["not started", "complete", "in progress"]
    assert by_label["Date of the decision (if not today)"]["initial_date"] == "2025-03-10"
    assert "initial_options" not in by_label["May be published"]


@pytest.mark.parametrize(
    ("stage", "may_check", "is_offered"),
    [
        (Stage.IN_PROGRESS, False, False),
        (Stage.COMPLETE, False, False),
        (Stage.IN_PROGRESS, True, False),
        (Stage.COMPLETE, True, True),
        (Stage.CHECKED, False, True),
    ],
)
def test_checked_is_the_associations_word(stage: Stage, may_check: bool, is_offered: bool) -> None:
    view = update_form.form(a_form(addressee=an_addressee(stage=stage), may_check=may_check))
    assert ("checked by the association" in offered(view, "Progress")) is is_offered


def test_nobody_goes_back_to_awaiting() -> None:
    assert "awaiting" not in offered(update_form.form(a_form()), "Response")
    awaiting = an_addressee(answer=Answer.AWAITING)
    assert "awaiting" in offered(update_form.form(a_form(addressee=awaiting)), "Response")


def test_what_changed_meanwhile_stands_on_top_in_words() -> None:
    changed = an_update(text="no funding", changes=(Change("stage", "not started", "blocked"),))
    view = update_form.form(a_form(meanwhile=((a_recommendation(), changed),)))
    assert "Alice Ames recorded “blocked” at 10:04, while you were writing: “no funding”" in text_of(view)
    assert "Your entries are kept" in text_of(view)


def test_a_field_begins_anew_when_what_stands_in_it_moved_on() -> None:
    def places(seq: int) -> dict[str, str]:
        blocks = update_form.form(a_form(as_shown=Shown(seq)))["blocks"]
        return {block["element"]["action_id"]: block["block_id"] for block in blocks if "element" in block}

    before, after = places(140), places(141)
    moved = {field for field, place in before.items() if after[field] != place}
    parts = {f"parts:stalking-15:{label}" for label in "abc"}
    assert moved == {"response", "reason", "progress", "expected_on", *parts}


def test_what_was_found_stands_below_its_field_with_a_box_to_tick() -> None:
    view = update_form.form(a_form(findings={"note": findings(CALLER)}))
    ids = [block.get("block_id", "") for block in view["blocks"]]
    below = view["blocks"][ids.index("note") + 1]
    assert below["text"]["text"] == "This looks like a phone number: “07700 900123”."
    assert offered(view, "Personal data") == ["No victim can be identified"]
    assert "Personal data" not in fields(update_form.form(a_form()))


def test_several_are_ticked_with_their_parts_and_each_may_stay_as_it_is() -> None:
    view = update_form.form(about_several(["15", "16"], parts=1, is_about_all=True))
    by_label = fields(view)
    assert text_of(view).startswith("Kent has 2 recommendations open: stalking 15 and 16.")
    assert [option["value"] for option in by_label["Recommendations"]["initial_options"]] == [
        "stalking-15",
        "stalking-16",
    ]
    assert {"Stalking 15, part (a)", "Stalking 16, part (a)"} <= by_label.keys()
    assert offered(view, "Progress")[0] == "As each stands"
    assert "As each stands" not in offered(update_form.form(a_form()), "Progress")


def test_what_is_accepted_is_asked_about_again_only_by_its_button() -> None:
    view = update_form.form(a_form(is_answering=False))
    assert {"Response", "Reason"}.isdisjoint(fields(view))
    (row,) = [block for block in view["blocks"] if block["type"] == "actions"]
    assert row["elements"][0]["text"]["text"] == "Change the answer"


def test_the_form_carries_what_it_showed() -> None:
    carried = json.loads(update_form.form(a_form())["private_metadata"])
    assert (carried["body"], carried["seq"]) == ("code of Kent", 140)
    assert carried["versions"] == {"stalking": {"15": 3}}


@pytest.mark.parametrize(
    ("refusal", "field"),
    [
        (ReasonRequired("not accepted"), "reason"),
        (ResponseRequired(), "response"),
        (NothingTicked(), "update-recommendations"),
        (PartsNotTicked("stalking-25"), "update-recommendations"),
        (StandOtherwise("stalking 16", Stage.COMPLETE), "progress"),
        (StandOtherwise("stalking 16", Answer.NOT_ACCEPTED), "response"),
        (BlockedOnWhat("stalking-15", "Kent", Stage.BLOCKED), "note"),
        (NothingChanged(), "note"),
        (NotALink(), "evidence_url"),
        (GivenInFuture(), "given_on"),
        (GivenTooEarly(date(2024, 9, 27)), "given_on"),
        (NotComplete("stalking-15", "Kent", Stage.BLOCKED), "progress"),
        (NotACoordinator(), "progress"),
        (TextTooLong("note", 3001, 3000), "note"),
        (TextTooLong("decided by", 121, 120), "decided_by"),
    ],
)
def test_an_error_stands_beside_the_field_it_is_about(refusal: Refusal, field: str) -> None:
    error = update_form.beside(refusal)
    assert error is not None
    assert error[0] == field
    assert error[1].endswith(".")


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        (("a",), "Part (a) is still open: set it, or say here why it is complete all the same."),
        (
            ("a", "b"),
            "Parts (a) and (b) are still open: set them, or say here why it is complete all the same.",
        ),
    ],
)
def test_parts_that_are_open_are_said_for_one_and_for_several(labels: tuple[str, ...], sentence: str) -> None:
    assert update_form.beside(PartsOpen("stalking-15", "Kent", labels)) == ("note", sentence)


def test_what_is_about_no_field_is_said_of_the_whole_form() -> None:
    assert update_form.beside(NotAContactOf("Kent")) is None


def recorded(*kinds: UpdateKind, text: str = "", again: bool = False) -> dict[str, Any]:
    stands = an_addressee(answer=Answer.ACCEPTED_IN_PART, stage=Stage.BLOCKED)
    items = tuple(
        (a_recommendation(), stands, an_update(kind, 137 + place, text=text))
        for place, kind in enumerate(kinds)
    )
    return update_form.recorded(Recorded(Actor(person(ALICE)), "Kent", False, items, again))


def test_the_confirmation_says_what_stands_and_the_numbers_to_cite() -> None:
    view = recorded(UpdateKind.RESPONSE, UpdateKind.PROGRESS, text="no funding")
    assert_taken(view)
    text = text_of(view)
    assert "Recorded for Kent: stalking 15 is accepted in part and blocked." in text
    assert "By Alice Ames, 10 Mar 2025, 10:04, updates 137 and 138." in text
    assert "no funding" in text
    assert "Recorded for Kent: a note on stalking 15." in text_of(recorded(UpdateKind.NOTE, text="x"))
    both = text_of(recorded(UpdateKind.RESPONSE, UpdateKind.NOTE, text="x"))
    assert "Recorded for Kent: stalking 15 is accepted in part, with a note on stalking 15." in both
    assert "recorded already" in text_of(recorded(UpdateKind.NOTE, again=True))


def test_the_confirmation_shows_all_that_was_recorded_and_takes_it_back() -> None:
    note = an_update(
        UpdateKind.NOTE,
        seq=137,
        changes=(Change("parts addressed", "b", "a c"),),
        stands_from=date(2025, 3, 4),
        decided_by="the Commissioner",
        evidence_url="https://kent-pcc.example.org/?a=1&b=2",
    )
    stands = an_addressee(parts_addressed=("a", "c"))
    items = ((a_recommendation(), stands, note),)
    view = update_form.recorded(Recorded(Actor(person(ALICE)), "Kent", False, items))
    assert_taken(view)
    shown = text_of(view)
    assert "Recorded for Kent: details on stalking 15." in shown
    for fact in (
        "Decided on 4 Mar 2025", "decided by the Commissioner",
        "evidence: https://kent-pcc.example.org/?a=1&b=2", "parts (a) and (c) addressed",
        "part (b) open again",
    ):  # fmt: skip
        assert fact in shown
    assert [button["text"]["text"] for button in view["blocks"][-1]["elements"]] == ["Undo"]


def test_a_published_text_can_be_taken_back_from_publishing_and_one_that_is_not_asks_first() -> None:
    def buttons_below(*, quotable: bool) -> dict[str, Any]:
        items = ((a_recommendation(), an_addressee(), an_update(text="two ISACs", quotable=quotable)),)
        view = update_form.recorded(Recorded(Actor(person(ALICE)), "Kent", False, items))
        return {button["text"]["text"]: button for button in view["blocks"][-1]["elements"]}

    asking = buttons_below(quotable=False)["Allow publishing"]
    assert asking["confirm"]["title"]["text"] == "Let everybody read this text?"
    assert "confirm" not in buttons_below(quotable=True)["Stop publishing"]


def test_a_confirmation_of_long_texts_is_one_that_slack_takes() -> None:
    assert_taken(recorded(UpdateKind.RESPONSE, UpdateKind.PROGRESS, text=LONG))


def test_a_refusal_is_shown_in_the_form() -> None:
    view = update_form.refused(refused(NotAContactOf("Kent", ("Essex",)), RefusalContext("", ("Cora Lane",))))
    assert_taken(view)
    assert "Only Kent's contacts can record for Kent." in text_of(view)
    assert "Cora Lane can add you." in text_of(view)


def test_a_command_that_may_identify_somebody_comes_back_with_two_ways_on() -> None:
    shown = refused(
        MayIdentify({"": CALLER}, {"": findings(CALLER)}), RefusalContext(f"note 15 kent: {CALLER}")
    )
    assert_valid(shown)
    assert shown.text == "Nothing was recorded yet: this looks like a phone number: “07700 900123”."
    assert buttons_of(shown) == {"No victim can be identified": f"note 15 kent no victim: {CALLER}"}
    text = readable("", list(shown.blocks))
    assert f"You typed: note 15 kent: {CALLER}" in text
    assert "/recs note 15 kent no victim: text" in text


def test_one_too_long_for_a_button_is_told_how_to_type_it() -> None:
    text = f"{CALLER} {'x' * 2000}"
    shown = refused(MayIdentify({"": text}, {"": findings(text)}), RefusalContext(f"note 15: {text}"))
    assert_valid(shown)
    assert buttons_of(shown) == {}
    assert "type it again with “no victim” before the colon" in readable("", list(shown.blocks))


def test_what_is_too_old_to_undo_can_be_corrected() -> None:
    shown = refused(TooLateToUndo(NOW, (137,)), RefusalContext("undo"))
    assert buttons_of(shown) == {"Correct": "137"}


def test_only_the_writer_may_correct_is_said_in_words() -> None:
    assert "Only the person who recorded this" in refused(NotYours(), RefusalContext("")).text


def test_a_button_says_to_a_screen_reader_what_it_updates() -> None:
    button = buttons.update("stalking-15", "E23000032", "stalking 15", "Kent")
    assert button["accessibility_label"] == "Update stalking 15 for Kent"
    assert (button["action_id"], button["value"]) == (
        "update:stalking-15:E23000032",
        "stalking-15 E23000032",
    )


def test_the_history_names_what_an_update_corrects() -> None:
    update = an_update(text="two ISACs", about_seq=137)
    assert what_changed(update) == "in progress, corrects update 137"


def test_the_history_shows_the_day_the_decider_and_the_link_as_written() -> None:
    update = an_update(
        text="two ISACs",
        stands_from=date(2025, 3, 1),
        decided_by="the PCC",
        evidence_url="https://a.uk/?a=1&b=2",
        quotable=True,
    )
    line = readable("", [update_line(update)])
    assert "decided on 1 Mar 2025 · decided by the PCC · evidence: https://a.uk/?a=1&b=2" in line


def test_long_details_leave_room_for_the_text() -> None:
    update = an_update(text=LONG, decided_by="&" * 120, evidence_url="https://a.uk/" + "&" * 480)
    for limit in (200, 800, 3000):
        block = update_line(update, limit=limit)
        assert len(block["text"]["text"]) <= 3000
        assert "“&amp;" in block["text"]["text"]
