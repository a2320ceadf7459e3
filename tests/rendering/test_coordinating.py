"""What extending, checking, reopening, ending, adding and searching say, and that Slack takes it."""

from datetime import date
from typing import Any

import pytest

from bot.domain.questions.answers import SearchResult, UpdateView
from bot.domain.questions.grammar.typed_recordings import Withdraw
from bot.domain.questions.pages import Page
from bot.domain.questions.receipts import Recorded
from bot.domain.register.adding import (
    Addition,
    AddresseeScope,
    Fault,
    Field,
    RecommendationEntry,
    ReportEntry,
    Unfit,
)
from bot.domain.register.addressee import Stage
from bot.domain.register.correcting import RecommendationCorrection
from bot.domain.register.ending import Ending
from bot.domain.register.extension import Decision, ExtensionRequest
from bot.domain.register.guard import MayIdentify, must_identify_nobody
from bot.domain.register.people import Actor
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation, RecommendationStatus
from bot.domain.register.reopening import Reopening
from bot.domain.register.update import Change, UpdateKind
from bot.domain.values import replace
from bot.rendering.blocks.questions import search
from bot.rendering.blocks.recording import add, check, correct, extend, reopen, withdraw
from bot.rendering.screen import Screen
from bot.standin.block_kit import view_faults
from bot.standin.examination import examine
from tests.cast import ALICE, CORA, NOW, REPORT, a_recommendation, an_addressee, an_update, person
from tests.domain.shipped_names import understood
from tests.rendering.screens import assert_valid, buttons, read

MARCH, APRIL = date(2025, 3, 27), date(2025, 4, 30)
LONG = "<&>" * 1000
REQUEST = ExtensionRequest(
    131, a_recommendation(), "code of Kent", "Kent", MARCH, APRIL, "the provider starts", ALICE, "Alice Ames"
)
DECISION = Decision(REQUEST, granted=True, until=APRIL, by="Cora Lane", decided_at=NOW)
THIRTY = RecommendationEntry("30", "Publish what is spent.", AddresseeScope.WALES)


def recorded(kind: UpdateKind, *changes: Change, **facts: Any) -> Recorded:
    stands = an_addressee(**{name: facts.pop(name) for name in ("stage", "due_on") if name in facts})
    update = an_update(kind, changes=changes, **facts)
    return Recorded(
        Actor(person(CORA), is_coordinator=True), "Kent", False, ((a_recommendation(), stands, update),)
    )


def body(number: int, country: str = "England") -> PolicingBody:
    name = f"Body {number:02}"
    return PolicingBody(f"E{number}", name, name, name, name, name, "pcc", country, country, 1, 1)


def found_in(text: str) -> MayIdentify:
    with pytest.raises(MayIdentify) as raised:
        must_identify_nobody(text, confirmed=False)
    return raised.value


def a_withdrawal(shown: Screen) -> Withdraw:
    request = understood(buttons(shown)["Withdraw stalking 15"])
    assert isinstance(request, Withdraw)
    return request


def test_asking_says_both_dates_and_what_stands_until_it_is_decided() -> None:
    change = Change("due_on asked", "2025-03-27", "2025-04-30")
    shown = extend.extended(recorded(UpdateKind.EXTENSION_ASKED, change, text="why"))
    assert shown.text == "Asked for Kent: stalking 15 to be due 30 April 2025, was 27 March 2025."
    assert read(shown)[0] == "“why”"
    assert "the date in force stays" in read(shown)[-1]
    assert buttons(shown) == {"Undo": "131"}
    assert_valid(shown)


def test_a_coordinators_extension_says_both_dates() -> None:
    moved = Change("due_on", "2025-03-27", "2025-04-30")
    granted = recorded(UpdateKind.EXTENSION_GRANTED, moved, due_on=APRIL, text="why")
    assert extend.extended(granted).text == (
        "Granted to Kent: stalking 15 is due 30 April 2025, was 27 March 2025."
    )
    deciding = recorded(UpdateKind.EXTENSION_GRANTED, moved, due_on=APRIL, text="why", about_seq=120)
    assert buttons(extend.extended(deciding)) == {}


@pytest.mark.parametrize("reason", ["the provider starts", LONG])
def test_the_request_can_be_decided_where_it_is_read(reason: str) -> None:
    payload = extend.request_message(replace(REQUEST, reason=reason), "extension-asked:131:U0CORA")
    assert payload["text"] == ("Kent asks for more time on stalking 15: 30 April 2025, was 27 March 2025.")
    assert payload["metadata"]["event_payload"] == {"key": "extension-asked:131:U0CORA"}
    (row,) = [block for block in payload["blocks"] if block["type"] == "actions"]
    assert [
        (element["text"]["text"], element["action_id"], element["value"]) for element in row["elements"]
    ] == [
        ("Grant", "grant-extension:131", "131"),
        ("Refuse", "refuse-extension:131", "131"),
    ]
    assert row["elements"][0]["accessibility_label"] == "Grant Kent until 30 Apr 2025, stalking 15"
    assert examine(dict(payload)) == []


@pytest.mark.parametrize(
    ("decision", "to_whoever_clicked", "to_whoever_asked"),
    [
        (
            DECISION,
            "Granted: stalking 15, Kent, due 30 April 2025, was 27 March 2025.",
            "More time is granted: stalking 15, Kent, is due 30 April 2025, was 27 March 2025.",
        ),
        (
            replace(DECISION, granted=False, reason=LONG),
            "Refused: stalking 15, Kent; it stays due 27 March 2025.",
            "More time is not granted: stalking 15, Kent, stays due 27 March 2025.",
        ),
    ],
)
def test_a_decision_is_told_to_both(
    decision: Decision, to_whoever_clicked: str, to_whoever_asked: str
) -> None:
    shown = extend.decided(decision)
    assert shown.text == to_whoever_clicked
    assert_valid(shown)
    payload = extend.decision_message(decision, "extension-decided:131")
    assert payload["text"] == to_whoever_asked
    assert examine(dict(payload)) == []


def test_a_late_click_is_told_who_decided_and_when() -> None:
    shown = extend.decided(replace(DECISION, again=True))
    assert read(shown) == ["Decided already by Cora Lane, 10 Mar 2025, 10:04; nothing was changed."]


@pytest.mark.parametrize("may_identify", [None, found_in("ring 07700 900123")])
def test_refusing_asks_why(may_identify: MayIdentify | None) -> None:
    view = extend.refusal_form(replace(REQUEST, asker_name=LONG), "{}", may_identify=may_identify)
    assert view_faults(view, "modal") == []
    assert view_faults(extend.REFUSAL_FORM.loading(), "modal") == []
    assert view_faults(extend.REFUSAL_FORM.showing(extend.decided(DECISION)), "modal") == []
    assert ("07700 900123" in str(view)) is (may_identify is not None)


def test_checking_and_reopening_say_whose_word_it_is() -> None:
    checked = check.checked(recorded(UpdateKind.CHECK, stage=Stage.CHECKED))
    assert checked.text == "Checked by the association: stalking 15 is complete for Kent."
    reopened = reopen.reopened(recorded(UpdateKind.REOPEN, text=LONG))
    assert reopened.text == "Reopened for Kent: stalking 15 is in progress again."
    message = reopen.message(Reopening(131, a_recommendation(), "Kent", "Cora Lane", LONG), "reopened:131")
    assert message["text"] == "Stalking 15 is reopened for Kent: it is in progress again."
    assert examine(dict(message)) == []
    for shown in (checked, reopened):
        assert_valid(shown)


def test_what_ending_would_change_is_said_before_it_is_done() -> None:
    shown = withdraw.would_end(Ending(a_recommendation(), None, "closed & done", 43, 31, 2))
    assert shown.text == (
        "Stalking 15 would end: 31 of 43 bodies still owe something on it. Nothing is changed yet."
    )
    assert "2 requests for more time on it will no longer be decided." in read(shown)
    request = a_withdrawal(shown)
    assert (request.confirmed, request.reason, str(request.recommendation)) == (
        True,
        "closed & done",
        "stalking 15",
    )
    assert_valid(shown)


def test_the_button_keeps_the_successor_and_what_was_confirmed() -> None:
    ending = Ending(a_recommendation(), a_recommendation("28"), "closed", 1, 1)
    shown = withdraw.would_end(ending, no_victim=True)
    assert shown.text.startswith("Stalking 15 would end, superseded by stalking 28: 1 of 1 body still owes")
    request = a_withdrawal(shown)
    assert (str(request.superseded_by), request.no_victim) == ("stalking 28", True)


def test_a_reason_too_long_for_a_button_is_typed_again() -> None:
    shown = withdraw.would_end(Ending(a_recommendation(), None, LONG, 43, 31))
    assert buttons(shown) == {}
    assert "type it again with “anyway” before the colon" in " ".join(read(shown))
    assert_valid(shown)


def test_what_has_ended_says_how_and_that_it_stays() -> None:
    recommendation = a_recommendation(status=RecommendationStatus.SUPERSEDED)
    shown = withdraw.ended(Ending(recommendation, a_recommendation("28"), LONG, done=True))
    assert shown.text == "Stalking 15 is superseded by stalking 28: nothing more is asked of any body."
    assert_valid(shown)


def test_the_forms_to_add_are_taken_by_slack_however_long_the_texts() -> None:
    bodies = [body(number, "England" if number > 4 else "Wales") for number in range(43)]
    long = RecommendationEntry(
        "999z", "w" * 3000, AddresseeScope.CHOSEN, ("E1", "E9"), MARCH, APRIL, "j" * 200, "do: it\n" * 400
    )
    preview = Addition(a_recommendation("999z", wording="w" * 3000), tuple(map(str, range(43))), of_all=False)
    may_identify = found_in("ring 07700 900123")
    for view in (
        add.loading_report(),
        add.loading_recommendation(),
        add.report_form(""),
        add.report_form("{}", ReportEntry("k" * 30, "t" * 300, LONG, MARCH, "u" * 500), REPORT),
        add.report_added(REPORT),
        add.recommendation_form("{}", REPORT, bodies),
        add.recommendation_form("{}", replace(REPORT, title=LONG), bodies, long, preview=preview),
        add.recommendation_form('{"asked": true}', REPORT, bodies, long, may_identify=may_identify),
        add.recommendation_added(preview, "{}"),
    ):
        assert view_faults(view, "modal") == []


def test_the_forms_to_correct_are_taken_by_slack_however_long_the_texts() -> None:
    bodies = tuple(body(number, "England" if number > 4 else "Wales") for number in range(43))
    before = a_recommendation("999z", wording="&" * 3000, joint_with="j" * 200, due_on=MARCH)
    after = replace(before, wording="w" * 3000, joint_with="", due_on=None, respond_by=APRIL)
    names = tuple(map(str, range(43)))
    look = RecommendationCorrection(before, after, names, names, names, names)
    entry = RecommendationEntry(
        "999z", "w" * 3000, AddresseeScope.CHOSEN, ("E1", "E9"), MARCH, APRIL, "j" * 200
    )
    suspected = found_in("ring 07700 900123")
    for view in (
        correct.CORRECTION.loading(),
        correct.correction_form("{}", before, bodies, entry),
        correct.correction_form("{}", before, bodies, entry, preview=look, asks_to_confirm=True),
        correct.correction_form("{}", before, bodies, entry, may_identify=suspected),
        correct.corrected_form(look),
    ):
        assert view_faults(view, "modal") == []
    payload = correct.message(look, "Kent", "<!channel>", "key")
    assert examine(dict(payload)) == []
    assert payload["text"] == "Stalking 999z was put right after Kent had answered it."


def test_the_look_says_to_whom_and_by_when_and_asks_about_an_odd_order() -> None:
    names = ("Dyfed-Powys", "Gwent", "North Wales", "South Wales")
    recommendation = a_recommendation("30", respond_by=date(2025, 7, 1), due_on=date(2025, 6, 30))
    view = add.recommendation_form(
        "{}", REPORT, [body(1)], THIRTY, preview=Addition(recommendation, names, of_all=False)
    )
    texts = [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]
    assert texts[1:] == [
        "Stalking 30 will be addressed to 4 bodies (Dyfed-Powys, Gwent, North Wales, South Wales),"
        " the response by 1 July 2025, due 30 June 2025. Nothing is added yet.",
        "The action is due before the response. Please check that this is what the report says.",
    ]
    assert view["submit"]["text"] == "Add"


def test_each_fault_has_words_beside_its_field() -> None:
    assert add.errors(Unfit({Field.KEY: Fault.TAKEN, Field.NUMBER: Fault.NOT_A_NUMBER})) == {
        "key": "A report has this key already.",
        "number": "Write the number as the report does: 15, 3a or 4.1.",
    }
    for field in Field:
        for fault in Fault:
            assert add.errors(Unfit({field: fault}))[field]


def test_search_cites_what_it_found() -> None:
    view = UpdateView(an_update(UpdateKind.NOTE, 137, text="The Acme contract"), a_recommendation(), "Kent")
    shown = search.search(
        SearchResult("acme", ("Kent",), (a_recommendation(),), 1, (view,), 1, "search acme")
    )
    assert shown.text == "“acme” stands in 1 recommendation, 1 body and 1 text."
    assert read(shown)[-1] == (
        "  Update 137 · Kent, stalking 15 · 10 Mar 2025, 10:04 · note: “The Acme contract” Alice Ames"
    )
    assert_valid(shown)


def test_search_says_which_texts_it_read_where_there_are_more() -> None:
    view = UpdateView(an_update(UpdateKind.NOTE, 137, text="The Acme contract"), a_recommendation(), "Kent")
    partial = SearchResult(
        "acme", ("Kent",), (), 0, (view,), 1, "search acme", latest=100_000, read_back_to=NOW.date()
    )
    shown = search.search(partial)
    assert shown.text == "“acme” stands in 1 body and 1 text of the latest 100,000 updates."
    assert "Texts are read back to 10 March 2025." in read(shown)[-1]
    assert_valid(shown)
    none = search.search(replace(partial, bodies=(), texts=(), text_total=0))
    assert none.text == (
        "“acme” stands in no recommendation, no body and no text of the latest 100,000 updates"
        " that you may read."
    )
    assert "Texts are read back to 10 March 2025." in read(none)[-1]
    assert_valid(none)


def test_a_search_of_one_body_says_whose_texts_it_read() -> None:
    view = UpdateView(an_update(UpdateKind.NOTE, 137, text="The Acme contract"), a_recommendation(), "Kent")
    of_kent = SearchResult("acme", (), (), 0, (view,), 1, "search kent: acme", of_body="Kent")
    assert search.search(of_kent).text == "“acme” stands in 1 text by Kent."
    none = search.search(replace(of_kent, texts=(), text_total=0))
    assert none.text == "“acme” stands in no text by Kent that you may read."
    assert_valid(none)


def test_long_results_fit_and_go_on() -> None:
    view = UpdateView(an_update(UpdateKind.NOTE, 137, text=LONG), a_recommendation(), "Kent")
    ones = (a_recommendation(wording=LONG),) * 8
    hit = SearchResult(
        LONG[:100], tuple(map(str, range(43))), ones, 90, (view,) * 8, 90, "search a", Page(2, 12)
    )
    shown = search.search(hit)
    assert buttons(shown)["More"] == "search a page 3"
    assert_valid(shown)


def test_a_hit_shows_the_words_it_was_found_by() -> None:
    text = f"{'before ' * 100}Acme{' after' * 100}"
    snippet = search.snippet(text, "ACME")
    assert "Acme" in snippet
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert len(snippet) <= 242


@pytest.mark.parametrize("hits", [(), (a_recommendation(),)])
def test_whoever_searches_for_a_number_is_told_how_to_see_the_recommendation(
    hits: tuple[Recommendation, ...],
) -> None:
    shown = search.search(SearchResult("15", (), hits, len(hits), (), 0, "search 15", names="15"))
    assert read(shown)[-1] == "`/recs 15` shows the recommendation itself."
    assert_valid(shown)


def test_nothing_found_says_what_else_to_try() -> None:
    shown = search.search(SearchResult("acme", (), (), 0, (), 0, "search acme"))
    assert shown.text == "“acme” stands in nothing that you may read."
    assert "fewer words find more" in read(shown)[0]
    assert_valid(shown)
