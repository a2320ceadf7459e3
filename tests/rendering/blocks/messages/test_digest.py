import json
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
from bot.domain.messages.digest import (
    Digest,
    DigestOutlook,
    Late,
    Moved,
    Part,
    Posted,
    ReportCounts,
    ReportStanding,
)
from bot.domain.messages.slots import Slot
from bot.domain.questions.answers import Deadline
from bot.domain.register.addressee import Answer, Duty, Stage
from bot.domain.register.published_response import PublishedResponse, PublishedResponses, Step, by_report
from bot.domain.register.recommendation import Recommendation, RecommendationKind, Report
from bot.domain.register.update import Change, UpdateKind
from bot.domain.values import replace
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
STANDING = ReportStanding(ReportCounts("stalking", 43, 43, 43, 12), next_due=DUE)
ANSWERING = ReportStanding(ReportCounts("custody", 43, 31, 31, 0), answers_due=date(2025, 3, 3))
QUIET = Digest(
    today=TODAY,
    since=date(2025, 3, 3),
    reports=(STANDING,),
    coming=(),
    overdue=(),
    moved=(),
    no_news=(),
    through_seq=131,
    anchor="ab" * 32,
)


def numbered(number: str, report: Report = STALKING) -> Recommendation:
    return Recommendation(report, number, RecommendationKind.ADDRESSED, "Do it.")


def coming(number: str, owed: int, duty: Duty = Duty.ACTION, report: Report = STALKING) -> Deadline:
    return Deadline(numbered(number, report), duty, DUE, 43, owed)


def late(names: tuple[str, ...], *numbers: str, duty: Duty = Duty.ACTION, days: int = 4) -> Late:
    return Late(tuple(map(numbered, numbers)), duty, TODAY - timedelta(days=days), names)


def moved(body: str = "Kent", now: Answer | Stage = Stage.IN_PROGRESS) -> Moved:
    what, was = ("stage", "not started") if isinstance(now, Stage) else ("answer", "awaiting")
    return Moved(numbered("15"), body, (Change(what, was, now),))


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


def standing(
    answered: int = 43, accepted: int = 43, complete: int = 0, bodies: int = 43, **deadlines: Any
) -> ReportStanding:
    return ReportStanding(ReportCounts("stalking", bodies, answered, accepted, complete), **deadlines)


@pytest.mark.parametrize(
    ("report", "says"),
    [
        (
            standing(complete=12, next_due=TODAY + timedelta(days=10)),
            "all 43 accepted; 12 of 43 complete; due in 10 days.",
        ),
        (standing(next_due=DUE), "all 43 accepted; none complete; due in 17 days."),
        (standing(accepted=41, next_due=TODAY), "41 of 43 accepted; none complete; due today."),
        (
            standing(answered=31, accepted=31, answers_due=date(2025, 3, 3)),
            "31 of 43 answered; answers were due on 3 March 2025.",
        ),
        (
            standing(answered=0, accepted=0, answers_due=TODAY + timedelta(days=1)),
            "none of 43 answered; answers due tomorrow.",
        ),
        (
            standing(answered=31, accepted=29, answers_due=DUE, next_due=date(2025, 6, 27)),
            "31 of 43 answered, 29 accepted; answers due in 17 days; to be complete by 27 June 2025.",
        ),
        (
            standing(complete=30, late=13, late_since=date(2025, 3, 3)),
            "all 43 accepted; 30 of 43 complete; 13 overdue since 3 March 2025.",
        ),
        (
            standing(complete=30, late=10, late_since=date(2025, 3, 3), next_due=DUE),
            "all 43 accepted; 30 of 43 complete; 10 overdue since 3 March 2025; the next due in 17 days.",
        ),
        (standing(complete=43), "all 43 accepted; all 43 complete."),
        (standing(bodies=1, answered=1, accepted=1, complete=1), "1 of 1 accepted; 1 of 1 complete."),
    ],
)
def test_a_line_says_how_a_report_stands(report: ReportStanding, says: str) -> None:
    assert headline(replace(QUIET, reports=(report,))) == f"Stalking: {says}"


def test_with_nothing_live_it_says_so() -> None:
    assert headline(replace(QUIET, reports=())) == "No recommendation is live."


def test_each_report_has_its_line() -> None:
    digest = replace(QUIET, reports=(STANDING, ANSWERING))
    assert texts(message(digest).as_message())[:2] == [
        "*Stalking: all 43 accepted; 12 of 43 complete; due in 17 days.*",
        "*Custody: 31 of 43 answered; answers were due on 3 March 2025.*",
    ]


def test_of_many_reports_the_last_are_in_the_thread() -> None:
    reports = tuple(replace(STANDING, counts=replace(STANDING.counts, key=f"report{n}")) for n in range(12))
    digest = replace(QUIET, reports=reports)
    assert texts(message(digest).as_message())[1].splitlines()[-1] == "4 more reports in the thread"
    assert [line.partition(":")[0] for line in thread(digest)[1:]] == [f"Report{n}" for n in range(8, 12)]


def test_the_message_says_its_things_in_order() -> None:
    digest = replace(
        QUIET,
        coming=(coming("15", 28), coming("16", 30), coming("25", 35)),
        overdue=(late(("Gwent",), "15", duty=Duty.RESPONSE, days=108),),
        moved=(moved(), moved("Essex", Answer.ACCEPTED_IN_PART)),
        no_news=AREAS[:14],
        without_contact=("Cheshire", "Dorset"),
    )
    assert texts(message(digest).as_message())[1:] == [
        "*Due in the next 30 days* · Stalking 15, 16 and 25 on 27 March 2025: 28, 30 and 35 bodies to go",
        "*Overdue* · Answers on 15: Gwent (108 days)",
        "*Changed since 3 March 2025* · Kent: 15 from not started to in progress"
        " · Essex: 15 accepted in part",
        "*No news for 60 days* · 14 bodies, in the thread",
        "*Without a contact* · Cheshire, Dorset",
    ]
    assert thread(digest)[1:3] == ["*No news for 60 days*", ", ".join(AREAS[:14])]


def test_what_there_is_nothing_of_is_left_out_and_so_is_the_thread() -> None:
    assert texts(message(QUIET).as_message())[1:] == ["*Changed since 3 March 2025* · nothing"]
    assert len(messages(QUIET, KEY)) == 1


def test_what_says_the_same_as_last_week_is_left_out_with_its_number() -> None:
    digest = replace(
        QUIET,
        overdue=(late(AREAS[:31], "15", "16"),),
        no_news=AREAS[:14],
        without_contact=AREAS,
    )
    week_later = replace(digest, since=TODAY - timedelta(days=7)).after(digest.fingerprints())
    assert texts(message(week_later).as_message())[2:] == [
        "*Changed since 3 March 2025* · nothing",
        "*No news for 60 days* · 14 bodies, as last week",
        "*Without a contact* · 43 bodies, as last week",
    ]
    assert paragraph(week_later, "Overdue") == "*Overdue* · 31 bodies on 2 recommendations, as last week"
    assert len(messages(week_later, KEY)) == 1
    a_day_later = replace(week_later, since=date(2025, 3, 9))
    assert paragraph(a_day_later, "Without") == "*Without a contact* · 43 bodies, as on 9 March 2025"


def test_a_part_is_the_same_when_it_is_about_the_same_however_many_days_have_passed() -> None:
    digest = replace(QUIET, overdue=(late(("Kent",), "15"),), without_contact=("Essex",))
    fingerprints = digest.fingerprints()
    assert replace(digest, today=TODAY + timedelta(days=7)).after(fingerprints).unchanged == {
        Part.OVERDUE,
        "overdue action stalking-15",
        Part.NO_CONTACT,
    }
    more = replace(digest, overdue=(late(("Kent",), "15", "16"),)).after(fingerprints).unchanged
    assert more == {"overdue action stalking-15", Part.NO_CONTACT}
    # Where there is nothing, nothing is said of last week.
    assert QUIET.after(QUIET.fingerprints()).unchanged == frozenset()


@pytest.mark.parametrize(
    ("due", "says"),
    [
        ((coming("15", 1),), "Stalking 15 on 27 March 2025: 1 body to go"),
        (
            (coming("15", 43), coming("16", 43)),
            "Stalking 15 and 16 on 27 March 2025: 43 bodies to go on each",
        ),
        (
            (coming("15", 2, Duty.RESPONSE),),
            "Answers on stalking 15 by 27 March 2025: 2 bodies to go",
        ),
        (
            tuple(coming(str(number), 10) for number in range(1, 8)),
            "7 stalking recommendations on 27 March 2025: 70 of 301 to go, in the thread",
        ),
    ],
)
def test_deadlines_of_one_day_are_told_together(due: tuple[Deadline, ...], says: str) -> None:
    assert paragraph(replace(QUIET, coming=due), "Due") == f"*Due in the next 30 days* · {says}"


def test_a_long_list_of_names_goes_into_the_thread() -> None:
    digest = replace(
        QUIET, overdue=(late(AREAS[:12], "15", days=5), late(AREAS[:13], "16"), late(AREAS[:14], "25"))
    )
    assert paragraph(digest, "Overdue") == (
        f"*Overdue* · 15: {', '.join(AREAS[:12])} (5 days)"
        " · 16 and 25: 13 and 14 bodies (4 days), in the thread"
    )
    assert thread(digest)[2:] == [
        f"16: {', '.join(AREAS[:13])} (4 days)",
        f"25: {', '.join(AREAS[:14])} (4 days)",
    ]


def test_those_who_are_late_as_last_week_are_not_named_again_where_others_are() -> None:
    before = replace(QUIET, overdue=(late(AREAS[:20], "15", days=9), late(AREAS[:13], "16")))
    now = replace(before, overdue=(late(AREAS[:20], "15", days=9), late(AREAS[:14], "16")))
    digest = replace(now, since=TODAY - timedelta(days=7)).after(before.fingerprints())
    assert paragraph(digest, "Overdue") == (
        "*Overdue* · 15: 20 bodies (9 days), as last week · 16: 14 bodies (4 days), in the thread"
    )
    assert thread(digest)[2:] == [f"16: {', '.join(AREAS[:14])} (4 days)"]


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
        " due 30 Apr 2025, was 27 Mar 2025"
    )


@pytest.mark.parametrize("names_bodies", [True, False])
def test_notes_are_counted_after_what_changed(names_bodies: bool) -> None:
    quiet = replace(QUIET, notes=1, names_bodies=names_bodies)
    assert paragraph(quiet, "Changed").endswith("*Changed since 3 March 2025* · 1 note")
    busy = replace(quiet, notes=4, moved=tuple(moved(area) for area in AREAS))
    assert paragraph(busy, "Changed").endswith(" · 4 notes")


def test_what_was_taken_back_says_so() -> None:
    digest = replace(QUIET, moved=(replace(moved(), taken_back=True),))
    assert "Kent: 15 from not started to in progress, taken back" in paragraph(digest, "Changed")


def test_with_several_reports_each_is_named() -> None:
    digest = replace(
        QUIET,
        reports=(ANSWERING, STANDING),
        overdue=(replace(late(("Kent",)), recommendations=(numbered("1", CUSTODY),)),),
        moved=(moved(),),
    )
    assert paragraph(digest, "Overdue") == "*Overdue* · Custody 1: Kent (4 days)"
    assert "Kent: stalking 15 from not started to in progress" in paragraph(digest, "Changed")


def test_with_counts_alone_no_body_and_nobody_is_named() -> None:
    digest = replace(
        QUIET,
        names_bodies=False,
        overdue=(late(("Kent",), "15"), late(AREAS, "16")),
        moved=(moved(), moved("Essex", Answer.NOT_ACCEPTED), replace(moved("Kent"), taken_back=True)),
        no_news=AREAS,
        without_contact=("Essex",),
    )
    everything = json.dumps(messages(digest, KEY))
    assert not any(name in everything for name in ("Kent", "Essex", "Area"))
    assert paragraph(digest, "Overdue") == "*Overdue* · 15 and 16: 1 and 43 bodies (4 days)"
    assert paragraph(digest, "Changed").endswith("· 1 response · 1 progress update · 1 update taken back")
    assert paragraph(digest, "No news").endswith("· 43 bodies")
    assert paragraph(digest, "Without").endswith("· 1 body")


def test_what_is_reopened_is_called_the_same_in_the_digest_and_in_the_changes() -> None:
    digest = replace(QUIET, moved=(replace(moved(), reopened=True),))
    text = what_changed(an_update(UpdateKind.REOPEN, changes=(Change("stage", "complete", "in progress"),)))
    assert f", {text}" in paragraph(digest, "Changed")


def test_a_digest_that_is_posted_late_says_so_in_small_print() -> None:
    shown = message(replace(QUIET, late_from=SLOT)).as_message()
    assert shown["blocks"][-2]["type"] == "context"
    assert texts(shown)[-1] == "Posted late: it was to come on 10 March 2025 at 09:00."


def test_its_buttons_are_one_to_record_and_one_for_each_recommendation_it_speaks_of() -> None:
    quiet = message(QUIET).as_message()["blocks"][-1]
    assert [button["text"]["text"] for button in quiet["elements"]] == ["Update"]
    busy = message(replace(QUIET, overdue=(late(("Kent",), "15", "16"),))).as_message()["blocks"][-1]
    assert [(button["text"]["text"], button["value"]) for button in busy["elements"]] == [
        ("Update", "update"),
        ("Show 15", "stalking 15"),
        ("Show 16", "stalking 16"),
    ]


def test_each_message_carries_its_key_and_notifies_nobody() -> None:
    head, part = messages(replace(QUIET, without_contact=AREAS), KEY)
    anchored = {"key": KEY, "through": 131, "anchor": QUIET.anchor}
    for payload, key, facts in ((head, KEY, anchored), (part, f"{KEY}:part2", {"key": f"{KEY}:part2"})):
        assert payload["metadata"] == {"event_type": "recbot_delivery", "event_payload": facts}
        assert payload["blocks"][0]["block_id"] == key
        assert (payload["unfurl_links"], payload["unfurl_media"]) == (False, False)
        # Slack's own defaults, by which it makes no link of a name.
        assert not {"parse", "link_names"} & payload.keys()


@pytest.mark.parametrize("name", ["<!channel>", "<https://evil.example|gov.uk>", "&" * 80, "@here", "*_~`"])
def test_a_name_notifies_nobody_and_hides_no_link(name: str) -> None:
    digest = replace(QUIET, overdue=(late((name,), "15"),), moved=(moved(name),), without_contact=(name,))
    for payload in messages(digest, KEY):
        assert_slack_takes(payload)
        assert "<" not in json.dumps(payload)


@pytest.mark.parametrize("names_bodies", [True, False])
def test_43_bodies_late_on_60_recommendations_fit(names_bodies: bool) -> None:
    numbers = [str(number) for number in range(1, 61)]
    late_bodies = {
        number: tuple(f"A name as long as may be {n}{number}" for n in AREAS) for number in numbers
    }
    digest = replace(
        QUIET,
        names_bodies=names_bodies,
        coming=tuple(coming(number, 43) for number in numbers),
        overdue=tuple(late(late_bodies[number], number) for number in numbers),
        moved=tuple(moved(name) for number in numbers for name in late_bodies[number]),
        no_news=late_bodies["1"],
        late_from=SLOT,
    )
    parts = messages(digest, KEY)
    for payload in parts:
        assert_slack_takes(payload)
    assert_slack_takes(blocks.preview(digest).as_reply())
    assert "anchor" not in str([texts(part) for part in parts])
    text = json.dumps(parts)
    if names_bodies:
        assert all(
            text.count(f"{name}: 15 from not started to in progress") == 1
            for names in late_bodies.values()
            for name in names
        )


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


def test_the_outlook_shows_the_anchor_of_the_last_one() -> None:
    shown = blocks.outlook(DigestOutlook(True, None, (), anchor=(131, "ab" * 32)))
    assert f"The history's anchor in the last one: update 131, {'ab' * 32}." in str(shown.blocks)
    assert "anchor" not in str(outlook().blocks)


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


def test_questions_without_an_answer_are_named_and_counted_where_bodies_are_not() -> None:
    with_questions = replace(QUIET, unanswered=("Kent (stalking 15)", "Surrey (stalking 16)"))
    line = "*Questions without an answer* · Kent (stalking 15) · Surrey (stalking 16)"
    assert line in texts(message(with_questions).as_message())
    counted = replace(with_questions, names_bodies=False)
    assert "*Questions without an answer* · 2 questions" in texts(message(counted).as_message())
    again = replace(with_questions, unchanged=frozenset([Part.QUESTIONS]))
    assert "*Questions without an answer* · 2 questions, as last week" in texts(message(again).as_message())


def published(bodies: int, *names: str) -> PublishedResponses:
    """The responses to a report that asks so many bodies for one; those with these names are not there."""
    report = replace(CUSTODY, publish_by=date(2025, 3, 17))
    response = an_update(UpdateKind.PUBLISHED_RESPONSE)
    rows = [
        PublishedResponse(report, name, name, {} if name in names else {Step.PUBLISHED: response})
        for name in AREAS[:bodies]
    ]
    return by_report(rows)[0]


def test_it_says_who_has_not_published_their_response_where_a_report_asks_for_it() -> None:
    assert "published" not in str(texts(message(QUIET).as_message()))
    few = replace(QUIET, unpublished=(published(43, "Area 03", "Area 07"),))
    heading, due = (
        "*Responses not yet published* · Custody:",
        "due 17 March 2025 (7 days left, 5 working days)",
    )
    assert paragraph(few, "Responses") == f"{heading} Area 03, Area 07, {due}"
    many = replace(QUIET, unpublished=(published(43, *AREAS[:20]),))
    assert paragraph(many, "Responses") == f"{heading} 20 of 43 bodies, {due}, in the thread"
    assert f"Custody: {', '.join(AREAS[:20])}, {due}" in thread(many)
    counted = replace(few, names_bodies=False)
    assert paragraph(counted, "Responses") == f"{heading} 2 of 43 bodies, {due}"
    assert (
        paragraph(few.after(few.fingerprints()), "Responses")
        == f"{heading} 2 of 43 bodies, {due}, as last week"
    )
    assert_slack_takes(message(many).as_message())
