import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.messages.delivery import (
    FROM_HISTORY,
    MISSED,
    SAID_BY_A_PERSON,
    TOLD_LATER,
    Delivery,
    DeliveryKind,
)
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.digest import Digest, DigestOutlook, Late, Moved, Posted, ReportStanding, Unmoved
from bot.domain.messages.slots import Slot
from bot.domain.questions.answers import Deadline
from bot.domain.register.addressee import Answer, Duty, Stage
from bot.domain.register.recommendation import Recommendation, RecommendationKind, Report
from bot.domain.register.update import Change, UpdateKind
from bot.rendering.blocks.messages import digest as blocks
from bot.rendering.blocks.messages.digest_message import headline, message, messages
from bot.rendering.blocks.questions.updates import what_changed
from bot.rendering.screen import Screen
from bot.standin.block_kit import block_faults, readable_length
from tests.cast import an_update

TODAY = date(2025, 3, 10)
DUE = date(2025, 3, 27)
SLOT = Slot(datetime(2025, 3, 10, 9))
KEY = "digest:T0HOME:2025-03-10T09:00"
STALKING = Report("stalking", "The police response to stalking", "IOPC", date(2024, 9, 27))
CUSTODY = Report("custody", "Custody", "HMICFRS", date(2024, 9, 27))
AREAS = tuple(f"Area {number:02}" for number in range(43))
STANDING = ReportStanding("stalking", "15", 3, 43, 43, 129, 129, alike=True)
QUIET = Digest(
    today=TODAY,
    since=date(2025, 3, 3),
    reports=(STANDING,),
    coming=(),
    next_deadline=DUE,
    only_deadline=True,
    overdue=(),
    moved=(),
    unmoved=(),
    through_seq=131,
    anchor="ab" * 32,
)


def one(number: str, report: Report = STALKING) -> Recommendation:
    return Recommendation(report, number, RecommendationKind.ADDRESSED, "Do it.")


def coming(number: str, owed: int, duty: Duty = Duty.ACTION, report: Report = STALKING) -> Deadline:
    return Deadline(one(number, report), duty, DUE, 43, owed)


def late(names: tuple[str, ...], *numbers: str, duty: Duty = Duty.ACTION, days: int = 4) -> Late:
    return Late(tuple(map(one, numbers)), duty, TODAY - timedelta(days=days), names)


def moved(body: str = "Kent", now: Answer | Stage = Stage.IN_PROGRESS, by: str = "Kim Hale") -> Moved:
    what, was = ("stage", "not started") if isinstance(now, Stage) else ("answer", "awaiting")
    return Moved(one("15"), body, (Change(what, was, now),), by, date(2025, 3, 5))


def texts(payload: Any) -> list[str]:
    """Of sections and small print, in order."""
    return [
        part["text"]
        for block in payload["blocks"]
        if block["type"] != "actions"
        for part in (block.get("text"), *block.get("elements", []))
        if part
    ]


def paragraph(digest: Digest, heading: str) -> str:
    [match] = [text for text in texts(message(digest).as_message()) if text.startswith(f"*{heading}")]
    return match


def thread(digest: Digest) -> list[str]:
    return [line for part in messages(digest, KEY)[1:] for text in texts(part) for line in text.splitlines()]


def assert_slack_takes(payload: Any) -> None:
    assert block_faults(payload["blocks"]) == []
    assert readable_length(payload["blocks"]) + len(payload["text"]) <= 10_000
    assert 0 < len(payload["text"]) <= 3_000


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, "43 of 43 accepted all three stalking recommendations; 17 days to the deadline."),
        (
            {"reports": (replace(STANDING, accepted_all=41),)},
            "41 of 43 accepted all three stalking recommendations; 17 days to the deadline.",
        ),
        (
            {"reports": (replace(STANDING, recommendations=2),)},
            "43 of 43 accepted both stalking recommendations; 17 days to the deadline.",
        ),
        (
            {"reports": (replace(STANDING, recommendations=12),)},
            "43 of 43 accepted all 12 stalking recommendations; 17 days to the deadline.",
        ),
        (
            {"reports": (replace(STANDING, recommendations=1, bodies=4, accepted_all=1),)},
            "1 of 4 accepted stalking 15; 17 days to the deadline.",
        ),
        (
            {"reports": (replace(STANDING, alike=False),)},
            "43 of 43 accepted every stalking recommendation addressed to them; 17 days to the deadline.",
        ),
        (
            {"reports": (STANDING, ReportStanding("custody", "1", 1, 43, 3, 43, 3, alike=True))},
            "132 of 172 answers are acceptances, on 4 recommendations of 2 reports; 17 days to the deadline.",
        ),
        ({"reports": ()}, "no recommendation is live."),
        (
            {"only_deadline": False, "next_deadline": date(2025, 3, 11)},
            "43 of 43 accepted all three stalking recommendations; 1 day to the next deadline.",
        ),
        (
            {"next_deadline": TODAY},
            "43 of 43 accepted all three stalking recommendations; the deadline is today.",
        ),
        (
            {"next_deadline": None, "overdue": (late(("Kent",), "15"),)},
            "43 of 43 accepted all three stalking recommendations; 1 body overdue by 4 days.",
        ),
        (
            {
                "next_deadline": None,
                "overdue": (late(("Kent",), "15", days=9), late(("Kent", "Essex"), "16")),
            },
            "43 of 43 accepted all three stalking recommendations; 2 bodies overdue by up to 9 days.",
        ),
        (
            {"overdue": (late(("Gwent",), "15", duty=Duty.RESPONSE, days=108),)},
            "43 of 43 accepted all three stalking recommendations; 17 days to the deadline.",
        ),
        (
            {"next_deadline": None},
            "43 of 43 accepted all three stalking recommendations; nothing is due or overdue.",
        ),
    ],
)
def test_the_first_sentence_is_the_state(changed: dict[str, Any], says: str) -> None:
    assert headline(replace(QUIET, **changed)) == f"Week to 10 March 2025: {says}"


def test_the_message_says_its_four_things_in_order() -> None:
    digest = replace(
        QUIET,
        coming=(coming("15", 28), coming("16", 30), coming("25", 35)),
        overdue=(late(("Gwent",), "15", duty=Duty.RESPONSE, days=108),),
        moved=(moved(), moved("Essex", Answer.ACCEPTED_IN_PART, "Ed Moss")),
        unmoved=(Unmoved((one("15"),), AREAS[:14]),),
    )
    assert texts(message(digest).as_message())[1:] == [
        "*Due in the next 30 days* · Stalking 15, 16, 25 on 27 March 2025: 28, 30 and 35 bodies not complete",
        "*Overdue* · Response to 15: Gwent (108 days)",
        "*Changed since 3 March 2025* · Kent: 15 from not started to in progress (Kim Hale, 5 Mar 2025)"
        " · Essex: 15 accepted in part (Ed Moss, 5 Mar 2025)",
        "*Owed, and not moved for 60 days* · 14 bodies, in the thread",
    ]
    assert thread(digest)[1:3] == ["*Owed, and not moved for 60 days*", f"15: {', '.join(AREAS[:14])}"]


def test_where_there_is_nothing_it_says_nothing_and_the_thread_holds_the_anchor() -> None:
    assert texts(message(QUIET).as_message())[1:] == [
        "*Due in the next 30 days* · nothing",
        "*Overdue* · nothing",
        "*Changed since 3 March 2025* · nothing",
        "*Owed, and not moved for 60 days* · nothing",
    ]
    assert thread(QUIET) == [
        "*Week to 10 March 2025: there is nothing more to list.*",
        f"The history's anchor: update 131, {QUIET.anchor}",
    ]


@pytest.mark.parametrize(
    ("due", "says"),
    [
        ((coming("15", 1),), "Stalking 15 on 27 March 2025: 1 body not complete"),
        (
            (coming("15", 43), coming("16", 43)),
            "Stalking 15, 16 on 27 March 2025: 43 bodies each not complete",
        ),
        (
            (coming("15", 2, Duty.RESPONSE),),
            "Response to stalking 15 by 27 March 2025: 2 bodies not answered",
        ),
        (
            tuple(coming(str(number), 10) for number in range(1, 8)),
            "7 stalking recommendations on 27 March 2025: 70 of 301 not complete, in the thread",
        ),
    ],
)
def test_deadlines_of_one_day_are_told_together(due: tuple[Deadline, ...], says: str) -> None:
    assert paragraph(replace(QUIET, coming=due), "Due") == f"*Due in the next 30 days* · {says}"


def test_a_long_list_of_names_goes_into_the_thread() -> None:
    digest = replace(QUIET, overdue=(late(AREAS[:12], "15"), late(AREAS[:13], "16", "25")))
    assert paragraph(digest, "Overdue") == (
        f"*Overdue* · 15: {', '.join(AREAS[:12])} (4 days) · 16, 25: 13 bodies (4 days), in the thread"
    )
    assert thread(digest)[2] == f"16, 25: {', '.join(AREAS[:13])} (4 days)"


def test_each_change_is_told_once_the_first_eight_in_the_message() -> None:
    digest = replace(QUIET, moved=tuple(moved(area) for area in AREAS))
    assert paragraph(digest, "Changed").endswith("· 35 more in the thread")
    everything = json.dumps(messages(digest, KEY))
    assert all(everything.count(f"{area}: 15 from not started to in progress") == 1 for area in AREAS)


def test_one_line_says_all_that_changed_with_a_body_on_a_recommendation() -> None:
    values = (
        Change("answer", "accepted", "accepted in part"),
        Change("stage", "complete", "checked"),
        Change("due_on", "2025-03-27", "2025-04-30"),
    )
    digest = replace(QUIET, moved=(replace(moved(), values=values),))
    assert paragraph(digest, "Changed").endswith(
        "· Kent: 15 from accepted to accepted in part, from complete to checked by the association,"
        " due 30 Apr 2025, was 27 Mar 2025 (Kim Hale, 5 Mar 2025)"
    )


@pytest.mark.parametrize("names_bodies", [True, False])
def test_notes_are_counted_after_what_changed(names_bodies: bool) -> None:
    quiet = replace(QUIET, notes=1, names_bodies=names_bodies)
    assert paragraph(quiet, "Changed").endswith("*Changed since 3 March 2025* · 1 note")
    busy = replace(quiet, notes=4, moved=tuple(moved(area) for area in AREAS))
    assert paragraph(busy, "Changed").endswith(" · 4 notes")


def test_what_was_taken_back_or_recorded_on_behalf_says_so() -> None:
    move = replace(moved(by="Cora Lane"), on_behalf=True, taken_back=True)
    assert (
        "Kent: 15 from not started to in progress, taken back (Cora Lane on behalf, 5 Mar 2025)"
        in paragraph(replace(QUIET, moved=(move,)), "Changed")
    )


def test_with_several_reports_each_is_named() -> None:
    digest = replace(
        QUIET,
        reports=(ReportStanding("custody", "1", 1, 43, 3, 43, 3, alike=True), STANDING),
        overdue=(replace(late(("Kent",)), recommendations=(one("1", CUSTODY),)),),
        moved=(moved(),),
    )
    assert paragraph(digest, "Accepted") == (
        "*Accepted* · 3 of 43 accepted custody 1 · 43 of 43 accepted all three stalking recommendations"
    )
    assert paragraph(digest, "Overdue") == "*Overdue* · Custody 1: Kent (4 days)"
    assert "Kent: stalking 15 from not started to in progress" in paragraph(digest, "Changed")


def test_with_counts_alone_no_body_and_nobody_is_named() -> None:
    digest = replace(
        QUIET,
        names_bodies=False,
        overdue=(late(("Kent",), "15"), late(AREAS, "16")),
        moved=(moved(), moved("Essex", Answer.NOT_ACCEPTED), replace(moved("Kent"), taken_back=True)),
        unmoved=(Unmoved((one("15"),), AREAS),),
    )
    everything = json.dumps(messages(digest, KEY))
    assert not any(name in everything for name in ("Kent", "Essex", "Area", "Kim Hale"))
    assert paragraph(digest, "Overdue") == "*Overdue* · 15: 1 body (4 days) · 16: 43 bodies (4 days)"
    assert paragraph(digest, "Changed").endswith("· 1 response · 1 progress update · 1 update taken back")
    assert paragraph(digest, "Owed").endswith("· 43 bodies")


def test_what_is_reopened_is_called_the_same_in_the_digest_and_in_the_changes() -> None:
    digest = replace(QUIET, moved=(replace(moved(by="Cora Lane"), reopened=True),))
    text = what_changed(an_update(UpdateKind.REOPEN, changes=(Change("stage", "complete", "in progress"),)))
    assert f", {text} (Cora Lane, 5 Mar 2025)" in paragraph(digest, "Changed")


def test_a_digest_that_is_posted_late_says_so_in_small_print() -> None:
    shown = message(replace(QUIET, late_from=SLOT)).as_message()
    assert shown["blocks"][-2]["type"] == "context"
    assert texts(shown)[-1] == "Posted late: it was to come on 10 March 2025 at 09:00."


def test_its_buttons_are_one_to_record_and_one_for_each_recommendation_it_speaks_of() -> None:
    quiet = message(QUIET).as_message()["blocks"][-1]
    assert [one["text"]["text"] for one in quiet["elements"]] == ["Update"]
    busy = message(replace(QUIET, unmoved=(Unmoved((one("15"), one("16")), ("Kent",)),))).as_message()[
        "blocks"
    ][-1]
    assert [(one["text"]["text"], one["value"]) for one in busy["elements"]] == [
        ("Update", "update"),
        ("Show 15", "stalking 15"),
        ("Show 16", "stalking 16"),
    ]


def test_each_message_carries_its_key_and_notifies_nobody() -> None:
    head, part = messages(QUIET, KEY)
    for payload, key in ((head, KEY), (part, f"{KEY}:part2")):
        assert payload["metadata"] == {"event_type": "recbot_delivery", "event_payload": {"key": key}}
        assert payload["blocks"][0]["block_id"] == key
        assert (payload["unfurl_links"], payload["unfurl_media"]) == (False, False)
        # Slack's own defaults, by which it makes no link of a name.
        assert not {"parse", "link_names"} & payload.keys()


@pytest.mark.parametrize("name", ["<!channel>", "<https://evil.example|gov.uk>", "&" * 80, "@here", "*_~`"])
def test_a_name_notifies_nobody_and_hides_no_link(name: str) -> None:
    digest = replace(QUIET, overdue=(late((name,), "15"),), moved=(moved(by=name),), unmoved=())
    for payload in messages(digest, KEY):
        assert_slack_takes(payload)
        assert "<" not in json.dumps(payload)


@pytest.mark.parametrize("names_bodies", [True, False])
def test_43_bodies_late_on_60_recommendations_fit(names_bodies: bool) -> None:
    numbers = [str(number) for number in range(1, 61)]
    some = {number: tuple(f"A name as long as may be {n}{number}" for n in AREAS) for number in numbers}
    digest = replace(
        QUIET,
        names_bodies=names_bodies,
        coming=tuple(coming(number, 43) for number in numbers),
        overdue=tuple(late(some[number], number) for number in numbers),
        moved=tuple(moved(name) for number in numbers for name in some[number]),
        unmoved=tuple(Unmoved((one(number),), some[number]) for number in numbers),
        late_from=SLOT,
    )
    parts = messages(digest, KEY)
    for payload in parts:
        assert_slack_takes(payload)
    assert_slack_takes(blocks.preview(digest).as_reply())
    assert texts(parts[-1])[-1].startswith("The history's anchor")
    text = json.dumps(parts)
    if names_bodies:
        assert all(
            text.count(f"{name}: 15 from not started to in progress") == 1
            for names in some.values()
            for name in names
        )
    assert sum("The history's anchor" in json.dumps(part) for part in parts) == 1


def head(state: DeliveryState, error: str = "", posted: datetime | None = None) -> Delivery:
    instant = SLOT.instant
    return Delivery(
        KEY, DeliveryKind.DIGEST, SLOT, "C0COORD", instant, posted or instant, state=state, error=error
    )


def outlook(*last: Posted) -> Screen:
    return blocks.outlook(DigestOutlook(True, Slot(datetime(2025, 3, 17, 9)), last))


def test_the_outlook_says_when_the_next_one_comes() -> None:
    shown = outlook()
    assert shown.text == "The next digest comes on Monday 17 March 2025 at 09:00."
    assert "None has come yet." in str(shown.blocks)


@pytest.mark.parametrize(
    ("delivery", "says"),
    [
        (head(DeliveryState.SENT), "posted"),
        (head(DeliveryState.SENT, posted=datetime(2025, 3, 10, 9, 16, tzinfo=UTC)), "posted late"),
        (head(DeliveryState.DUE), "waiting to be posted"),
        (head(DeliveryState.SENDING), "being posted"),
        (head(DeliveryState.SENT, FROM_HISTORY), "posted (confirmed from the channel's history)"),
        (head(DeliveryState.SENT, SAID_BY_A_PERSON), "posted (as a coordinator said)"),
        (
            head(DeliveryState.UNKNOWN),
            "not known yet whether it was posted: recbot looks for it in the channel",
        ),
        (
            head(DeliveryState.NEEDS_HUMAN, "missing_scope"),
            "not known whether it was posted: look in the channel, and answer recbot's question in your"
            " direct messages",
        ),
        (
            head(DeliveryState.BLOCKED, "not_in_channel"),
            "could not be posted: recbot is not in the channel. Invite it with /invite @recbot."
            " It is tried again for 3 days.",
        ),
        (
            head(DeliveryState.BLOCKED, "an_error_of_tomorrow"),
            "could not be posted: Slack refused it (an_error_of_tomorrow). Ask Slack's administrators to"
            " allow it; whoever runs recbot can look the code up in Slack's pages on chat.postMessage."
            " It is tried again for 3 days.",
        ),
        (
            head(DeliveryState.SKIPPED, MISSED),
            "skipped: recbot was not running, or could not post, in its time."
            " The next one covers its period.",
        ),
        (head(DeliveryState.SKIPPED, TOLD_LATER), "skipped: a later digest tells its period."),
        (
            head(DeliveryState.SKIPPED, "restricted_action_thread_only_channel"),
            "skipped: Slack's settings do not let recbot write in the channel. Ask whoever manages the"
            " channel to let it. The next one covers its period.",
        ),
    ],
)
def test_how_a_digest_went_is_said_in_words(delivery: Delivery, says: str) -> None:
    [_, text, _] = texts(outlook(Posted(delivery, ())).as_reply())
    assert text.splitlines() == ["*The last ones*", f"Monday 10 March 2025 at 09:00: {says}"]


def test_a_thread_that_did_not_arrive_is_told_beside_its_digest() -> None:
    part = replace(head(DeliveryState.UNKNOWN), key=f"{KEY}:part2")
    shown = outlook(Posted(head(DeliveryState.SENT), (part,)))
    assert "posted · part 2 of its thread: not known yet whether it was posted" in str(shown.blocks)


@pytest.mark.parametrize(
    ("delivery", "says"),
    [
        (
            head(DeliveryState.BLOCKED, "not_in_channel"),
            "The digest of Monday 10 March 2025 at 09:00 was not posted: recbot is not in the channel."
            " Invite it with /invite @recbot.",
        ),
        (
            head(DeliveryState.NEEDS_HUMAN, "missing_scope"),
            "The digest of Monday 10 March 2025 at 09:00: not known whether it was posted: look in the"
            " channel, and answer recbot's question in your direct messages.",
        ),
        (head(DeliveryState.SENT), None),
    ],
)
def test_what_stands_in_the_way_of_the_last_digest_is_told_in_one_line(
    delivery: Delivery, says: str | None
) -> None:
    assert blocks.trouble(DigestOutlook(True, None, (Posted(delivery, ()),))) == says
    assert blocks.trouble(DigestOutlook(True, None, ())) is None


def test_without_a_channel_every_answer_says_what_to_set() -> None:
    for shown in (blocks.outlook(DigestOutlook(False, None, ())), blocks.no_channel()):
        assert "no channel is set. Set RECBOT_DIGEST_CHANNEL" in shown.text


def test_a_preview_says_the_digest_and_that_nothing_was_posted() -> None:
    digest = replace(QUIET, moved=tuple(moved(area) for area in AREAS[:10]))
    shown = blocks.preview(digest)
    assert shown.text == headline(digest)
    assert "Area 09: 15 from not started to in progress" in str(shown.blocks)
    assert "Only you see this preview: nothing was posted" in texts(shown.as_reply())[-1]


@pytest.mark.parametrize(
    "shown", [blocks.on_its_way(), blocks.no_channel(), outlook(), blocks.preview(QUIET)]
)
def test_every_answer_is_valid(shown: Screen) -> None:
    assert_slack_takes(shown.as_reply())
