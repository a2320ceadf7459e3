"""Home in words and blocks: whatever there is to show, Slack takes it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

from bot.domain.messages.delivery import Delivery, DeliveryKind
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.digest import DigestOutlook, Posted, ReportCounts, ReportStanding
from bot.domain.messages.home import (
    MOST_TEXTS,
    ContactPart,
    CoordinatorPart,
    Home,
    HomePlace,
    Own,
    Remedy,
    Reminding,
    Topic,
    UnquotedText,
)
from bot.domain.messages.slots import Slot
from bot.domain.questions.answers import (
    BodyCounts,
    OverdueList,
    OverdueSummary,
    OverviewRow,
    OwingBodies,
    OwnOverview,
    RegisterOverview,
    StandingRow,
    UpdateView,
)
from bot.domain.questions.names import Body
from bot.domain.questions.pages import Listing, Page
from bot.domain.register.addressee import Answer, Duty, Stage
from bot.domain.register.people import ContactKind, Granted, Membership, Person, PersonKey, Role
from bot.domain.register.succession import Predecessor
from bot.domain.register.update import Change, UpdateKind
from bot.domain.values import replace
from bot.rendering.blocks.home.home_tab import home, refused
from bot.rendering.blocks.recording import grant
from bot.rendering.screen import screen
from bot.standin.examination import examine_view
from bot.standin.messages import Readable
from tests.cast import NOW, TODAY, a_recommendation, an_addressee, an_update, tally_of
from tests.rendering.cases import DEADLINE, FORTY_THREE, NEAREST, NOTHING_LATE, of_all

Json = dict[str, Any]

FIVE = ("Avon & Somerset", "Kent", "Surrey", "Essex", "Gwent")
LONG = "<!channel> *two* ISACs & “more”\n" * 94
SEVEN_WAYS = [HomePlace(), *(HomePlace(topic, 2) for topic in Topic)]


def a_told(seq: int = 131, **facts: Any) -> UpdateView:
    return UpdateView(an_update(seq=seq, **({"text": "Two ISACs work."} | facts)), a_recommendation(), "Kent")


def a_request(seq: int, text: str = "Late start.") -> UpdateView:
    changes = (Change("due_on asked", "2025-03-27", "2025-04-30"),)
    return a_told(seq, kind=UpdateKind.EXTENSION_ASKED, changes=changes, text=text)


def a_question(seq: int, text: str = "Which service?") -> UpdateView:
    return a_told(seq, kind=UpdateKind.QUESTION_ASKED, text=text)


def a_differing(number: str, text: str = "") -> StandingRow:
    """A body whose two predecessors differ in both of what it has to do."""
    heir = an_addressee("Norfolk and Suffolk Mayor", number, undecided=tuple(Duty))
    before = tuple(
        Predecessor(
            an_addressee(name, number, answer=answer, stage=stage),
            last_day=TODAY,
            updates=(an_update(text=text),),
        )
        for name, answer, stage in (
            ("Norfolk", Answer.ACCEPTED, Stage.IN_PROGRESS),
            ("Suffolk", Answer.NOT_ACCEPTED, Stage.BLOCKED),
        )
    )
    return StandingRow(a_recommendation(number), heir, an_update(text=text), predecessors=before)


def a_mine(bodies: Sequence[str] = ("Kent",), owing: int = 3, text: str = "", number: int = 1) -> OwnOverview:
    rows = tuple(
        StandingRow(
            a_recommendation(str(15 + place)),
            an_addressee(bodies[place % len(bodies)], str(15 + place)),
            an_update(text=text),
        )
        for place in range(min(owing, 12))
    )
    sums = BodyCounts(addressed=max(owing, 3), owing=owing)
    return OwnOverview(tuple(bodies), rows, sums, DEADLINE, TODAY, page=Page(1, number, 12 * number, 12))


def an_overview(rows: int = 1, total: int = 1, number: int = 1) -> RegisterOverview:
    overview_rows = tuple(OverviewRow(a_recommendation(str(15 + n)), tally_of(of_all())) for n in range(rows))
    return RegisterOverview(
        overview_rows,
        total,
        0,
        NOTHING_LATE,
        DEADLINE,
        TODAY,
        "status",
        page=Page(1, number, 15 * number, 15),
    )


def an_overdue(groups: int = 0) -> OverdueList:
    late = of_all(due_on=date(2025, 3, 1))
    return OverdueList(
        groups=tuple(OwingBodies(a_recommendation(str(15 + n)), Duty.ACTION, late) for n in range(groups)),
        listing=Listing(1, groups * 2),
        late=OverdueSummary(groups, date(2025, 3, 1)) if groups else NOTHING_LATE,
        newly=0,
        since=date(2025, 3, 3),
        nearest=NEAREST,
        today=TODAY,
        typed="overdue",
    )


def a_contact_part(owed: OwnOverview | None = None, bodies: Sequence[str] = ("Kent",)) -> ContactPart:
    reminders = tuple(
        Reminding(f"code of {name}", name, paused=place == 0, can_pause=place != 1)
        for place, name in enumerate(bodies)
    )
    return ContactPart(owed or a_mine(), reminders, Page(1, 2, 15, 10))


def a_coordinator_part(**facts: Any) -> CoordinatorPart:
    usual: dict[str, Any] = {
        "reports": (ReportStanding(ReportCounts("stalking", 43, 43, 43, 12), next_due=date(2025, 3, 27)),),
        "live": an_overview(),
        "late": an_overdue(),
        "without_contact": (),
        "requests": (),
        "more_requests": 0,
        "texts": (),
        "more_texts": 0,
        "digest": DigestOutlook(True, Slot(datetime(2025, 3, 17, 9)), ()),
    }
    return CoordinatorPart(**(usual | facts))


def everything(place: HomePlace, text: str = LONG) -> Home:
    """A contact of five bodies who coordinates too, 60 recommendations, and long texts."""
    mine = a_mine(FIVE, owing=300, text=text, number=25)
    mine = replace(mine, rows=(a_differing("40"), a_differing("41"), *mine.rows[2:]))
    return Home(
        place,
        contact=replace(
            a_contact_part(mine, FORTY_THREE[:10]),
            questions=tuple(a_question(seq, text) for seq in range(250, 255)),
        ),
        coordinator=a_coordinator_part(
            live=an_overview(15, 60, number=4),
            late=an_overdue(12),
            without_contact=FORTY_THREE,
            requests=tuple(a_request(seq, text) for seq in range(200, 205)),
            more_requests=3,
            texts=tuple(
                UnquotedText(a_told(seq, text=text), NOW if seq % 2 else None) for seq in range(210, 215)
            ),
            more_texts=4,
            questions=tuple(a_question(seq, text) for seq in range(240, 245)),
            more_questions=2,
            differing=tuple(a_differing(str(15 + place), text) for place in range(3)),
            more_differing=2,
        ),
        recent=tuple(
            Own(a_told(seq, text=text), remedy)
            for seq, remedy in zip(range(220, 230), (Remedy.UNDO, *[Remedy.CORRECT] * 8, None), strict=True)
        ),
    )


def seen(of_home: Home) -> Readable:
    view = home(of_home)
    assert examine_view(view, "home") == []
    return Readable("", view["blocks"])


@pytest.mark.parametrize("place", SEVEN_WAYS, ids=lambda place: place.name or "front")
def test_home_fits_however_much_there_is(place: HomePlace) -> None:
    shown = seen(everything(place))
    assert 3 < len(shown.blocks) <= 100
    if place.topic:
        assert [button.label for button in shown.buttons].count("Back to Home") == 1
    else:
        # The names of bodies without a contact, and the recommendations one by one, have their own button.
        assert len([button for button in shown.buttons if button.label == "More"]) == len(Topic) - 2
        assert [button.value for button in shown.buttons if button.label == "Show"] == [
            "no-contact 1",
            "live 1",
        ]


def test_one_undo_stands_above_what_was_recorded_together_and_says_what_it_takes_back() -> None:
    response = (Change("answer", "accepted", "not accepted"),)
    together = (
        a_told(136, kind=UpdateKind.RESPONSE, changes=response),
        a_told(137),
        UpdateView(an_update(seq=138), a_recommendation("16"), "Kent"),
    )
    newest_first = (Own(together[2], Remedy.UNDO, together), Own(together[1]), Own(together[0]))
    shown = seen(Home(HomePlace(), contact=a_contact_part(), recent=newest_first))
    recorded = "stalking 15 not accepted and stalking 15 and 16 in progress"
    assert f"Recorded together: {recorded}. Undo takes back all 3." in shown.all_text
    assert [button.accessibility_label for button in shown.buttons if button.label == "Undo"] == [
        "Undo updates 136, 137 and 138"
    ]


def test_a_contacts_home_says_what_is_owed_and_offers_update_undo_and_correct() -> None:
    shown = seen(
        Home(
            HomePlace(),
            contact=a_contact_part(),
            recent=(
                Own(a_told(137), Remedy.UNDO),
                Own(a_told(136), Remedy.CORRECT),
                Own(a_told(135, undone=True)),
            ),
        )
    )
    texts = shown.all_text.split("\n")
    assert texts[0].startswith("Kent has 3 recommendations open, the nearest on 27 March 2025 (17 days left")
    assert (
        "10 Mar 2025, 10:04 · update 137 · Kent, stalking 15 · in progress: “Two ISACs work.”"
        in shown.all_text
    )
    assert shown.button("Update", "Update stalking 16 for Kent").value == "stalking-16 code of Kent"
    assert shown.button("Undo").value == "137"
    assert shown.button("Correct").value == "136"


def test_where_nothing_is_owed_the_first_sentence_says_so() -> None:
    shown = seen(Home(HomePlace(), contact=a_contact_part(a_mine(owing=0))))
    assert shown.all_text.startswith("Kent owes nothing.")
    assert "What is owed" not in shown.all_text


@pytest.mark.parametrize(
    ("paused", "can_pause", "label", "says"),
    [
        (False, True, "Pause reminders", "Kent: you are reminded of what is open."),
        (
            False,
            False,
            "",
            "The other contacts of Kent have paused theirs, so its reminders cannot be paused.",
        ),
        (True, True, "Resume reminders", "Kent: you have paused the reminders."),
        (True, False, "Resume reminders", "They come all the same, since nobody else is reminded."),
    ],
)
def test_reminders_are_paused_only_where_somebody_else_gets_them(
    paused: bool, can_pause: bool, label: str, says: str
) -> None:
    part = replace(a_contact_part(), reminders=(Reminding("E1", "Kent", paused, can_pause),))
    shown = seen(Home(HomePlace(Topic.REMINDERS), contact=part))
    assert says in shown.all_text
    offered = [button.label for button in shown.buttons if "reminders" in button.label]
    assert offered == ([label] if label else [])


def test_an_only_contact_reads_why_reminders_cannot_be_paused_and_whoever_is_away_until_when() -> None:
    alone = Reminding("E1", "Kent", paused=False, can_pause=False, is_only_contact=True)
    part = replace(a_contact_part(), reminders=(alone,), away_until=date(2025, 4, 14))
    shown = seen(Home(HomePlace(Topic.REMINDERS), contact=part)).all_text
    assert "You are Kent's only contact, so its reminders cannot be paused." in shown
    assert "You are away until 14 April 2025: no reminders come before then. /recs back ends that." in shown


def test_a_coordinators_home_says_how_everything_stands_and_what_waits() -> None:
    part = a_coordinator_part(
        late=an_overdue(1),
        without_contact=("Gwent", "Surrey"),
        requests=(a_request(140),),
        texts=(UnquotedText(a_told(141)), UnquotedText(a_told(142), NOW)),
    )
    shown = seen(Home(HomePlace(), coordinator=part))
    assert shown.all_text.startswith("1 live recommendation: 43 of 43 accepted; next due 27 March 2025")
    assert "Stalking 15 is overdue with 43 bodies" in shown.all_text
    assert "Stalking: all 43 accepted; 12 of 43 complete; due in 17 days." in shown.all_text
    assert "2 bodies have no contact: nobody there can record." in shown.all_text
    assert "Gwent" not in shown.all_text
    assert "Kent was asked on 10 Mar 2025, 10:04." in shown.all_text
    assert "The next digest comes on Monday 17 March 2025 at 09:00." in shown.all_text
    assert {
        button.label: button.value for button in shown.buttons if button.label in ("Grant", "Refuse", "Ask")
    } == {
        "Grant": "140",
        "Refuse": "140",
        "Ask": "141",
    }
    assert {"Grant a role", "Revoke a role", "Preview"} <= {button.label for button in shown.buttons}


def headings(shown: Readable) -> list[str]:
    return [block["text"]["text"] for block in shown.blocks if block["type"] == "header"]


def test_what_waits_for_a_coordinator_comes_first_and_what_does_not_is_left_out() -> None:
    rest = ["All recommendations", "The weekly digest", "What you recorded last", "People"]
    own = (Own(a_told(130)),)
    assert headings(seen(Home(HomePlace(), coordinator=a_coordinator_part(), recent=own))) == rest
    part = a_coordinator_part(
        late=an_overdue(1),
        without_contact=("Gwent",),
        requests=(a_request(140),),
        texts=(UnquotedText(a_told(141)),),
    )
    assert headings(seen(Home(HomePlace(), coordinator=part, recent=own))) == [
        "Requests to decide",
        "Late",
        "Bodies without a contact",
        "Texts nobody has agreed to publish yet",
        *rest,
    ]


def test_the_names_of_bodies_without_a_contact_are_shown_when_they_are_asked_for() -> None:
    part = a_coordinator_part(without_contact=("Gwent", "Surrey"))
    shown = seen(Home(HomePlace(Topic.NO_CONTACT), coordinator=part))
    assert "Gwent, Surrey" in shown.all_text


def test_what_stands_in_the_way_of_the_digest_comes_first_and_without_marks() -> None:
    slot = Slot(datetime(2025, 3, 10, 9))
    head = Delivery(
        "digest:T0HOME:2025-03-10T09:00",
        DeliveryKind.DIGEST,
        slot,
        "C0COORD",
        slot.instant,
        slot.instant,
        state=DeliveryState.BLOCKED,
        error="not_in_channel",
    )
    stuck = DigestOutlook(has_channel=True, next_slot=None, last=(Posted(head, ()),))
    shown = seen(Home(HomePlace(), coordinator=a_coordinator_part(digest=stuck))).all_text
    assert "\nThe digest of Monday 10 March 2025 at 09:00 was not posted: recbot is not" in shown
    assert "*" not in shown


def test_an_empty_register_has_a_home_too() -> None:
    nothing = replace(an_overview(0, 0), next_due=None)
    for empty_home in (
        Home(HomePlace(), live=nothing),
        Home(HomePlace(), coordinator=a_coordinator_part(live=nothing)),
    ):
        assert seen(empty_home).all_text.startswith("No recommendation is live.")


def test_who_may_not_see_the_register_is_told_so() -> None:
    view = refused(screen("You cannot see the register yet."))
    assert examine_view(view, "home") == []
    assert Readable("", view["blocks"]).all_text == "You cannot see the register yet."


def test_a_page_that_its_reader_has_no_more_is_the_front() -> None:
    shown = seen(Home(HomePlace(Topic.LATE, 2), contact=a_contact_part()))
    assert "Back to Home" not in [button.label for button in shown.buttons]
    assert "What is owed" in shown.all_text


# The forms that Home opens


def held(place: int, role: Role = Role.CONTACT, **facts: Any) -> Granted:
    who = PersonKey("T0HOME", f"U0PERSON{place}")
    body = ("", "") if role is Role.COORDINATOR else (f"E2300{place:04}", f"Body {place:03}")
    return Granted(who, f"Person *{place}* & Co", Membership.MEMBER, role, *body, **facts)


def test_the_grant_form_offers_every_body() -> None:
    form = grant.grant_form([Body(f"E{n}", f"b{n}", name) for n, name in enumerate(FORTY_THREE)])
    assert examine_view(form, "modal") == []
    assert "Body 43" in str(form)


def test_the_revoke_form_holds_more_roles_than_one_menu_group() -> None:
    roles = [held(0, Role.COORDINATOR), *(held(place, kind=ContactKind.DEPUTY) for place in range(1, 231))]
    form = grant.revoke_form(roles)
    assert examine_view(form, "modal") == []
    groups = form["blocks"][0]["element"]["option_groups"]
    assert [len(group["options"]) for group in groups] == [1, 100, 100, 30]
    assert groups[1]["label"]["text"] == "Contacts, Body 001 to Body 100"


def test_the_revoke_form_asks_again_about_the_one_role_that_was_chosen() -> None:
    roles = [held(1), held(2)]
    form = grant.revoke_form(roles, grant.named(roles[1]), last_of="Body 002")
    assert examine_view(form, "modal") == []
    assert form["private_metadata"] == "T0HOME/U0PERSON2/contact/E23000002"
    assert form["blocks"][0]["element"]["initial_option"]["value"] == form["private_metadata"]
    assert "Revoke all the same" in str(form)


def test_where_nobody_holds_a_role_there_is_nothing_to_send() -> None:
    form = grant.revoke_form([])
    assert examine_view(form, "modal") == []
    assert "submit" not in form


def test_who_was_granted_a_role_is_named_as_they_name_themselves() -> None:
    kim = Person(PersonKey("T0OTHER", "U0KIM"), "Kim *Hale*", Membership.STRANGER, NOW)
    shown = grant.granted(kim, "a second contact of Kent", "Kent")
    form = grant.message_form(grant.GRANT_ROLE, shown)
    assert examine_view(form, "modal") == []
    assert shown.text == "Kim *Hale* is now a second contact of Kent."


def test_a_question_waits_first_of_all_for_the_body_and_for_the_coordinators() -> None:
    contact = seen(Home(HomePlace(), contact=replace(a_contact_part(), questions=(a_question(240),))))
    assert contact.button("Answer").accessibility_label == "Answer the question about stalking 15, Kent"
    assert contact.all_text.index("Questions to answer") < contact.all_text.index("What is owed")
    coordinator = seen(Home(HomePlace(), coordinator=a_coordinator_part(questions=(a_question(240),))))
    assert "Questions without an answer" in coordinator.all_text
    assert "the association asked: “Which service?”" in coordinator.all_text
    assert "not quotable" not in coordinator.all_text


def test_texts_that_were_not_all_counted_are_told_so() -> None:
    for left, words in ((MOST_TEXTS, "… 1,000 more."), (MOST_TEXTS + 1, "… over 1,000 more.")):
        text = UnquotedText(a_told(210), None)
        shown = seen(Home(HomePlace(), coordinator=a_coordinator_part(texts=(text,), more_texts=left)))
        assert words in shown.all_text
