from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.free_text import LIMIT, TextTooLong, for_slack, normalised
from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.grammar.problems import NotUnderstood, What, WhichBody, WhichMeaning
from bot.domain.questions.grammar.reader import LONGEST_COMMAND
from bot.domain.questions.grammar.typed_commands import (
    Changes,
    Contacts,
    Deadlines,
    DigestNext,
    DigestPreview,
    Help,
    History,
    InRegion,
    Mention,
    Mine,
    Overdue,
    Overview,
    Ref,
    Search,
    Standing,
    Status,
    Waiting,
)
from bot.domain.questions.grammar.typed_recordings import (
    DigestSend,
    Extend,
    Grant,
    Note,
    Progress,
    Respond,
    Revoke,
    Undo,
)
from bot.domain.questions.grammar.verbs import VERB_OF, VERBS
from bot.domain.questions.names import Region, ReportName
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.people import ContactKind, Role
from tests.domain.questions.grammar.at_random import (
    COMMANDS,
    must_be_understood_or_refused,
    must_not_ask_twice_about_a_name,
)
from tests.domain.shipped_names import body, understood

KENT = body("kent")
R15 = Ref(None, "15")
S15 = Ref("stalking", "15")
STALKING = ReportName("stalking", "The police response to stalking")
KIM = Mention("U0KIM", "kim")
DEV = Mention("U0DEV", "dev")


def refs(*numbers: str) -> tuple[Ref, ...]:
    return tuple(Ref(None, number) for number in numbers)


def refused(raw: str) -> NotUnderstood:
    with pytest.raises(NotUnderstood) as problem:
        understood(raw)
    return problem.value


def asked_which_body(raw: str) -> WhichBody:
    with pytest.raises(WhichBody) as problem:
        understood(raw)
    return problem.value


def asked_which_meaning(raw: str) -> WhichMeaning:
    with pytest.raises(WhichMeaning) as problem:
        understood(raw)
    return problem.value


def suggested(raw: str) -> list[str]:
    return [command for _, command in refused(raw).suggestions]


# Recommendations


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "15",
            "#15",
            "r15",
            "R15",
            "rec 15",
            "Rec. 15",
            "recommendation 15",
            "  15  ",
            "“15”",
            "15?",
            "#r15",
        ),
        *("status 15", "STATUS  15", "\u00a015", "/recs 15", "rec\u00a015", "015"),
        *("Recommendation no. 15", "recommendation number 15", "rec no 15", "no. 15", "No.15", "number 15"),
        *("rec. 15.", "recommendation #15", "rec no. #15", "№ 15"),
    ],
)
def test_a_recommendation_is_understood_however_it_is_written(typed: str) -> None:
    assert understood(typed) == Status((R15,))


@pytest.mark.parametrize("typed", ["15 16 25", "15, 16 and 25", "15,16,25", "#15 & r16; 25", "recs 15 16 25"])
def test_several_recommendations_are_understood(typed: str) -> None:
    assert understood(typed) == Status(refs("15", "16", "25"))


@pytest.mark.parametrize(
    "typed", ["stalking 15", "stalking-15", "Stalking #15", "report stalking 15", "15 stalking"]
)
def test_a_recommendation_can_be_named_with_its_report(typed: str) -> None:
    assert understood(typed) == Status((S15,))


def test_a_report_said_once_holds_for_the_whole_list() -> None:
    expected = (S15, Ref("stalking", "16"))
    assert understood("stalking 15 and 16") == Status(expected)
    assert understood("accept 15 16 stalking") == Respond(Answer.ACCEPTED, expected)


def test_a_number_may_end_in_a_letter() -> None:
    assert understood("3A") == Status(refs("3a"))


@pytest.mark.parametrize("number", ["4.1", "8.2", "4.10", "4.1a", "8.2.1"])
def test_a_number_may_have_parts_as_reports_print_them(number: str) -> None:
    assert understood(number) == Status(refs(number))
    assert understood(f"rec. {number.upper()} kent") == Status(refs(number), KENT)
    assert understood(f"stalking-{number}") == Status((Ref("stalking", number),))
    assert understood(f"accept 3 {number} and stalking 5") == Respond(
        Answer.ACCEPTED, (*refs("3", number), Ref("stalking", "5"))
    )
    assert understood(f"extend {number} 30.4.2025: why") == Extend(
        Ref(None, number), date(2025, 4, 30), None, "why"
    )


# Lookups


@pytest.mark.parametrize(
    ("typed", "request_"),
    [
        ("", Overview()),
        ("   ", Overview()),
        (",", Overview()),
        ("page 2", Overview(2)),
        ("15 merseyside", Status((R15,), body("merseyside"))),
        ("merseyside 15", Status((R15,), body("merseyside"))),
        ("15 for the Met Police", Status((R15,), body("metropolitan"))),
        ("15 wales", InRegion(R15, Region("Wales"))),
        ("stalking 15 in the South East", InRegion(S15, Region("South East"))),
        ("15 body west-midlands", Status((R15,), body("west-midlands"))),
        ("15 region west midlands", InRegion(R15, Region("West Midlands"))),
        ("overdue 15 wales", Overdue(R15, region=Region("Wales"))),
        ("waiting 15 in wales page 2", Waiting(R15, 2, region=Region("Wales"))),
        ("15 kent page 3", Status((R15,), KENT, 3)),
        ("merseyside", Standing(body("merseyside"))),
        ("Avon & Somerset", Standing(body("avon-and-somerset"))),
        ("avon &amp; somerset", Standing(body("avon-and-somerset"))),
        ("wales", Standing(Region("Wales"))),
        ("stalking", Standing(STALKING)),
        ("body west-midlands", Standing(body("west-midlands"))),
        ("region west midlands", Standing(Region("West Midlands"))),
        ("report stalking page 2", Standing(STALKING, 2)),
        ("deadlines", Deadlines()),
        ("deadlines 30d", Deadlines(within_days=30)),
        ("deadlines next 2 weeks", Deadlines(within_days=14)),
        ("deadlines before 1 Apr 2025", Deadlines(before=date(2025, 4, 1))),
        ("deadlines before 1 Apr", Deadlines(before=date(2025, 4, 1))),
        ("deadlines all page 2", Deadlines(everything=True, page=2)),
        ("overdue", Overdue()),
        ("kent overdue", Overdue(KENT)),
        ("15 history", History(R15)),
        ("changes since Monday?", Changes(date(2025, 3, 3))),
        ("mine?", Mine()),
        ("overdue 15", Overdue(R15)),
        ("overdue kent page 2", Overdue(KENT, 2)),
        ("overdue in wales", Overdue(Region("Wales"))),
        ("overdue 15 kent", Overdue(R15, body=KENT)),
        ("overdue kent stalking 15 page 2", Overdue(S15, 2, KENT)),
        ("waiting", Waiting()),
        ("waiting stalking 15", Waiting(S15)),
        ("waiting for stalking", Waiting(STALKING)),
        ("waiting for 15 with kent", Waiting(R15, body=KENT)),
        ("changes", Changes()),
        ("changes since the last digest", Changes()),
        ("changes since Monday", Changes(date(2025, 3, 3))),
        ("changes since 1 Mar", Changes(date(2025, 3, 1))),
        ("mine", Mine()),
        ("history", History()),
        ("history 15", History(R15)),
        ("history 15 kent", History(R15, KENT)),
        ("history of kent page 2", History(None, KENT, 2)),
        ("contacts", Contacts()),
        ("contacts kent", Contacts(KENT)),
        ("contacts in wales", Contacts(Region("Wales"))),
        ("help", Help()),
        ("help agree", Help("accept")),
        ("help in-progress", Help("in progress")),
        ("digest", DigestNext()),
        ("Digest  Preview", DigestPreview()),
        ("digest send", DigestSend()),
        ("undo", Undo()),
    ],
)
def test_lookups(typed: str, request_: TypedCommand) -> None:
    assert understood(typed) == request_


def test_a_name_that_is_two_things_is_asked() -> None:
    problem = asked_which_meaning("west midlands")
    assert problem.options == (
        ("West Midlands", "body west-midlands"),
        ("West Midlands (region)", "region West Midlands"),
    )
    assert not problem.nearly
    assert [command for _, command in asked_which_meaning("overdue London").options] == [
        "overdue body metropolitan",
        "overdue body city-of-london",
        "overdue region London",
    ]


def test_a_body_beside_a_recommendation_is_asked_when_it_is_several() -> None:
    problem = asked_which_meaning("15 london")
    assert [option.command for option in problem.options] == [
        "15 body metropolitan",
        "15 body city-of-london",
        "15 region London",
    ]
    assert [option.command for option in asked_which_meaning("overdue 15 west midlands").options] == [
        "overdue 15 body west-midlands",
        "overdue 15 region West Midlands",
    ]
    assert [option.command for option in asked_which_body("15 west").options] == [
        "15 west-mercia",
        "15 west-midlands",
        "15 west-yorkshire",
    ]


def test_a_name_nearly_right_is_asked_and_never_guessed() -> None:
    assert asked_which_meaning("glouc shire").options[0] == ("Gloucestershire", "body gloucestershire")
    assert asked_which_body("15 merseysid").options[0] == ("Merseyside", "15 merseyside")
    assert asked_which_meaning("stalkng 15").options == (("stalking (report)", "report stalking 15"),)
    assert asked_which_meaning("overdue kant").options == (("Kent", "overdue body kent"),)
    assert asked_which_meaning("contacts wale").options[0] == ("Wales (region)", "contacts region Wales")


@pytest.mark.parametrize(
    ("typed", "what", "suggestions"),
    [
        ("overdu kent", What.UNKNOWN_VERB, ["overdue kent"]),
        ("dedlines", What.UNKNOWN_VERB, ["deadlines"]),
        ("acept 15", What.UNKNOWN_VERB, ["accept 15"]),
        ("progess 15 kent in progress: ISACs", What.UNKNOWN_VERB, ["progress 15 kent in progress: ISACs"]),
        ("15 accept", What.VERB_FIRST, ["accept 15", "15"]),
        ("15 kent done: all of it", What.VERB_FIRST, ["done 15 kent: all of it", "15 kent"]),
        ("please overdue", What.LEFT_OVER, ["overdue"]),
        ("Kent accepts 15", What.VERB_FIRST, ["accept 15 kent", "15 kent"]),
        ("we have started 25: two ISACs", What.VERB_FIRST, ["started 25: two ISACs", "25"]),
        ("please accept 15 and 16", What.VERB_FIRST, ["accept 15 16", "15", "16"]),
        ("we accepted 15 last week", What.VERB_FIRST, ["15"]),
        ("15 to be done", What.VERB_FIRST, ["15"]),
        ("hello there", What.UNKNOWN_NAME, []),
        ("find-out stalking", What.UNKNOWN_NAME, ["report stalking"]),
        ("15 16 wales", What.ONE_RECOMMENDATION, ["15 region Wales", "16 region Wales"]),
        ("15 kent wales", What.LEFT_OVER, ["15", "body kent", "region Wales"]),
        ("15 kent surrey", What.ONE_BODY, ["15 kent", "15 surrey"]),
        ("overdue 15 kent surrey", What.ONE_BODY, ["overdue 15 kent", "overdue 15 surrey"]),
        ("waiting 15 please", What.LEFT_OVER, ["waiting 15"]),
        ("overdue 15 16", What.LEFT_OVER, ["overdue 15", "overdue 16"]),
        ("history 15 16", What.ONE_RECOMMENDATION, ["history 15", "history 16"]),
        ("history wales", What.LEFT_OVER, []),
        ("contacts stalking", What.UNKNOWN_NAME, []),
        ("changes since foo", What.NOT_A_DATE, ["changes"]),
        ("deadlines foo", What.NOT_A_DATE, ["deadlines"]),
        ("mine please", What.LEFT_OVER, ["mine"]),
        ("digest snd", What.LEFT_OVER, ["digest", "digest preview", "digest send"]),
        ("help foo", What.UNKNOWN_VERB, ["help"]),
    ],
)
def test_what_is_not_understood_comes_with_what_may_have_been_meant(
    typed: str, what: What, suggestions: list[str]
) -> None:
    problem = refused(typed)
    assert problem.what is what
    assert [command for _, command in problem.suggestions] == suggestions
    assert problem.typed == typed
    assert problem.usage.startswith("/recs")


# Recordings


@pytest.mark.parametrize(
    ("typed", "request_"),
    [
        ("accept 15", Respond(Answer.ACCEPTED, (R15,))),
        ("agree #15", Respond(Answer.ACCEPTED, (R15,))),
        ("Accept 15 16 25", Respond(Answer.ACCEPTED, refs("15", "16", "25"))),
        ("accept 15, 16 and 25 kent", Respond(Answer.ACCEPTED, refs("15", "16", "25"), KENT)),
        ("accept kent 15", Respond(Answer.ACCEPTED, (R15,), KENT)),
        ("accept 15 for Kent Police", Respond(Answer.ACCEPTED, (R15,), KENT)),
        ("accept 15 on behalf of kent", Respond(Answer.ACCEPTED, (R15,), KENT)),
        ("accept body kent 15", Respond(Answer.ACCEPTED, (R15,), KENT)),
        ("accept 15 kent:", Respond(Answer.ACCEPTED, (R15,), KENT)),
        ("partly 15: only in the towns", Respond(Answer.ACCEPTED_IN_PART, (R15,), None, "only in the towns")),
        ("decline 15 kent: no money", Respond(Answer.NOT_ACCEPTED, (R15,), KENT, "no money")),
        ("reject 15: a: b", Respond(Answer.NOT_ACCEPTED, (R15,), None, "a: b")),
        ("decline 15 we lack the funding", Respond(Answer.NOT_ACCEPTED, (R15,), None, "we lack the funding")),
        ("partly 15", Respond(Answer.ACCEPTED_IN_PART, (R15,))),
        ("progress 15 in progress: two ISACs", Progress(Stage.IN_PROGRESS, (R15,), None, "two ISACs")),
        ("progress 15 in-progress", Progress(Stage.IN_PROGRESS, (R15,))),
        ("progress 15 kent started: ISACs", Progress(Stage.IN_PROGRESS, (R15,), KENT, "ISACs")),
        ("progress 15 in progress kent", Progress(Stage.IN_PROGRESS, (R15,), KENT)),
        ("progress in progress 15 kent", Progress(Stage.IN_PROGRESS, (R15,), KENT)),
        ("progress 15 blocked: on what", Progress(Stage.BLOCKED, (R15,), None, "on what")),
        ("progress 15 blocked on funding", Progress(Stage.BLOCKED, (R15,), None, "on funding")),
        ("progress 15 16 not started", Progress(Stage.NOT_STARTED, refs("15", "16"))),
        ("progress 15 done", Progress(Stage.COMPLETE, (R15,))),
        ("complete 15: all of it", Progress(Stage.COMPLETE, (R15,), None, "all of it")),
        ("done 15 kent", Progress(Stage.COMPLETE, (R15,), KENT)),
        ("in-progress 15", Progress(Stage.IN_PROGRESS, (R15,))),
        ("started 15: ISACs", Progress(Stage.IN_PROGRESS, (R15,), None, "ISACs")),
        ("not started 15", Progress(Stage.NOT_STARTED, (R15,))),
        ("note 15", Note(R15)),
        ("note stalking 15 kent: text", Note(S15, KENT, "text")),
        ("note 15: 16 victims", Note(R15, None, "16 victims")),
        ("note 15 16 victims", Note(R15, None, "16 victims")),
        ("note 15 10:30 call", Note(R15, None, "10:30 call")),
        ("note 15:30 people came", Note(R15, None, "30 people came")),
        ("note 15 — met them", Note(R15, None, "met them")),
        ("note 15: one\ntwo", Note(R15, None, "one\ntwo")),
        ("note 15: a  &lt;@U0KIM&gt; &amp;amp;", Note(R15, None, "a  <@U0KIM> &amp;")),
        ("note 15: <https://x.org|the report>", Note(R15, None, "the report (https://x.org)")),
        ("note: 15 met them", Note(R15, None, "met them")),
    ],
)
def test_recordings(typed: str, request_: TypedCommand) -> None:
    assert understood(typed) == request_


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("note 15 Met the provider on Monday", "Met the provider on Monday"),
        ("note 15 Met the provider: they agreed", "Met the provider: they agreed"),
        ("note 15 kent met the provider", "kent met the provider"),
        ("note 15: kent: text", "kent: text"),
        ("note 15 for the record we met", "for the record we met"),
        ("note 15 at 10:30 we met", "at 10:30 we met"),
        ("note 15 https://x.org/kent: read it", "https://x.org/kent: read it"),
    ],
)
def test_a_body_is_read_only_where_nothing_else_stands(typed: str, text: str) -> None:
    assert understood(typed) == Note(R15, None, text)


def test_words_nearly_a_body_before_the_colon_are_asked() -> None:
    problem = asked_which_body("note 15 glouc shire: we met the provider")
    assert problem.name == "glouc shire"
    assert problem.nearly
    assert problem.options[0] == ("Gloucestershire", "note 15 gloucestershire: we met the provider")
    assert problem.as_text == "note 15: glouc shire: we met the provider"
    assert understood(problem.as_text) == Note(R15, None, "glouc shire: we met the provider")


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("accept 15 kant", "accept 15 kent"),
        ("accept kant 15", "accept 15 kent"),
        ("decline 15 kant: no", "decline 15 kent: no"),
        ("progress 15 kant in progress: ISACs", "progress 15 kent in progress: ISACs"),
        ("complete 15 kant", "complete 15 kent"),
    ],
)
def test_a_misspelt_body_is_never_recorded_as_text(typed: str, command: str) -> None:
    assert [option.command for option in asked_which_body(typed).options] == [command]


def test_nothing_is_recorded_for_a_region_but_its_bodies_are_offered() -> None:
    options = asked_which_body("note 15 wales: text").options
    assert [option.label for option in options] == ["North Wales", "South Wales"]


def test_a_name_of_two_bodies_is_asked_before_recording() -> None:
    assert [option.command for option in asked_which_body("progress 15 london blocked: ISACs").options] == [
        "progress 15 metropolitan blocked: ISACs",
        "progress 15 city-of-london blocked: ISACs",
    ]


@pytest.mark.parametrize(
    ("typed", "what", "suggestions"),
    [
        ("accept", What.WHICH_RECOMMENDATION, []),
        ("accept kent", What.WHICH_RECOMMENDATION, []),
        ("note", What.WHICH_RECOMMENDATION, []),
        ("note kent 15 met the provider", What.WHICH_RECOMMENDATION, ["note kent 15: met the provider"]),
        ("accept 15 gladly", What.NO_TEXT_TAKEN, ["accept 15", "partly 15: gladly"]),
        ("agree 15 kent: gladly", What.NO_TEXT_TAKEN, ["agree 15 kent", "partly 15 kent: gladly"]),
        ("accept 15 kent surrey", What.ONE_BODY, ["accept 15 kent", "accept 15 surrey"]),
        ("note 15 16: text", What.ONE_RECOMMENDATION, ["note 15: text", "note 16: text"]),
        (
            "decline 15 16 we lack it",
            What.COLON_MISSING,
            ["decline 15 16: we lack it", "decline 15: 16 we lack it"],
        ),
        (
            "complete 15 Medway follows",
            What.COLON_MISSING,
            ["complete 15: Medway follows", "progress 15 in progress: Medway follows"],
        ),
        (
            "decline 15 for Surrey, she is away",
            What.COLON_MISSING,
            ["decline 15 surrey: she is away", "decline 15: for Surrey, she is away"],
        ),
        (
            "started 15 on behalf of Gwent as they are busy",
            What.COLON_MISSING,
            ["started 15 gwent: as they are busy", "started 15: on behalf of Gwent as they are busy"],
        ),
        (
            "blocked 15 Essex has to sign",
            What.COLON_MISSING,
            ["blocked 15 essex: has to sign", "blocked 15: Essex has to sign"],
        ),
        (
            "blocked 15 Essex's decision",
            What.COLON_MISSING,
            ["blocked 15 essex: decision", "blocked 15: Essex's decision"],
        ),
        ("note for 15, pilot from April", What.IN_A_SENTENCE, ["note 15, pilot from April"]),
        ("complete on 15: all trained", What.IN_A_SENTENCE, ["complete 15: all trained"]),
        ("extend for 15 30 May: staff", What.IN_A_SENTENCE, ["extend 15 30 May: staff"]),
        (
            "note 15 for Dorset, rang them",
            What.COLON_MISSING,
            ["note 15 dorset: rang them", "note 15: for Dorset, rang them"],
        ),
        (
            "partly 15 for Surrey, not the towns",
            What.NOT_CERTAIN,
            ["partly 15 for Surrey: not the towns", "15 surrey"],
        ),
        ("progress 15 kent", What.WHICH_STAGE, ["progress 15 kent in progress", "progress 15 kent complete"]),
        ("progress 15: blocked, no money", What.WHICH_STAGE, ["progress 15 blocked: no money"]),
        ("progress 15 done started", What.WHICH_STAGE, ["progress 15 complete", "progress 15 in progress"]),
        ("complete 15 blocked", What.WHICH_STAGE, ["progress 15 blocked", "progress 15 complete"]),
        ("undo 15", What.LEFT_OVER, ["history", "help undo"]),
    ],
)
def test_nothing_is_guessed_when_recording(typed: str, what: What, suggestions: list[str]) -> None:
    assert refused(typed).what is what
    assert suggested(typed) == suggestions


@pytest.mark.parametrize(
    "text", ["Surrey police want to join", "met Surrey about it", "in Essex they do otherwise"]
)
def test_a_note_may_begin_with_any_name(text: str) -> None:
    assert understood(f"note 15 {text}") == Note(Ref(None, "15"), None, text)


@pytest.mark.parametrize("text", ["we agree", "yes, in full", "agreed", "the commissioner accepts it"])
def test_a_text_that_says_only_yes_adds_nothing_to_an_acceptance(text: str) -> None:
    assert understood(f"accept 15: {text}") == understood("accept 15")


def test_no_stage_is_read_out_of_the_middle_of_a_sentence() -> None:
    assert refused("progress 15 not complete").what is What.NOT_CERTAIN
    assert refused("progress 15 we are done").what is What.WHICH_STAGE


# People


@pytest.mark.parametrize(
    ("typed", "request_"),
    [
        ("grant <@U0KIM|kim> kent", Grant((KIM,), Role.CONTACT, (KENT,))),
        ("grant <@U0KIM> to Kent Police", Grant((Mention("U0KIM", ""),), Role.CONTACT, (KENT,))),
        ("grant <@U0KIM|kim> kent deputy", Grant((KIM,), Role.CONTACT, (KENT,), ContactKind.DEPUTY)),
        (
            "grant <@U0KIM|kim> as main contact of kent",
            Grant((KIM,), Role.CONTACT, (KENT,), ContactKind.MAIN),
        ),
        ("grant kent <@W0KIM|kim>", Grant((Mention("W0KIM", "kim"),), Role.CONTACT, (KENT,))),
        ("grant <@U0KIM|kim> contact for kent", Grant((KIM,), Role.CONTACT, (KENT,))),
        ("grant <@U0KIM|kim> as a co-ordinator", Grant((KIM,), Role.COORDINATOR)),
        ("grant <@U0KIM|kim> D&amp;C", Grant((KIM,), Role.CONTACT, (body("devon-and-cornwall"),))),
        ("grant <@U0KIM|kim> <@U0DEV|dev> coordinator", Grant((KIM, DEV), Role.COORDINATOR)),
        (
            "grant <@U0KIM|kim> <@U0DEV|dev> surrey, sussex and kent deputy",
            Grant((KIM, DEV), Role.CONTACT, (body("surrey"), body("sussex"), KENT), ContactKind.DEPUTY),
        ),
        ("/recs revoke <@U0KIM|kim> from kent", Revoke(KIM, Role.CONTACT, KENT)),
        ("revoke <@U0KIM|kim> coordinator", Revoke(KIM, Role.COORDINATOR)),
        ("revoke <@U0KIM|kim> kent anyway", Revoke(KIM, Role.CONTACT, KENT, even_the_last=True)),
    ],
)
def test_granting_and_revoking(typed: str, request_: TypedCommand) -> None:
    assert understood(typed) == request_


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("grant", What.WHICH_PERSON),
        ("grant @kim kent", What.WHICH_PERSON),
        ("grant &lt;@U0KIM&gt; kent", What.WHICH_PERSON),
        ("revoke <@U0KIM|kim> <@U0DEV|dev> kent", What.ONE_PERSON),
        ("grant " + " ".join(f"<@U0P{n}|p>" for n in range(7)) + " kent", What.TOO_MANY_PEOPLE),
        ("grant <@U0KIM|kim>", What.WHICH_ROLE),
        ("grant <@U0KIM|kim> contact", What.WHICH_ROLE),
        ("grant <@U0KIM|kim> coordinator kent", What.WHICH_ROLE),
        ("grant <@U0KIM|kim> wales", What.ONE_BY_ONE),
        ("revoke <@U0KIM|kim> kent surrey", What.ONE_BODY),
        ("grant <@U0KIM|kim> kent anyway", What.LEFT_OVER),
        ("grant <@U0KIM|kim> coordinator deputy", What.WHICH_ROLE),
        ("grant <@U0KIM|kim> kent main deputy", What.WHICH_ROLE),
        ("revoke <@U0KIM|kim> kent deputy", What.LEFT_OVER),
        ("grant <@U0KIM|kim> everything there is", What.LEFT_OVER),
        ("grant <@U0KIM|kim> 15", What.LEFT_OVER),
    ],
)
def test_nobody_is_granted_anything_by_guess(typed: str, what: What) -> None:
    assert refused(typed).what is what


def test_a_choice_of_bodies_keeps_the_person() -> None:
    (option,) = asked_which_body("grant <@U0KIM|kim> kant").options
    assert understood(option.command) == Grant((KIM,), Role.CONTACT, (KENT,))
    (option,) = asked_which_body("grant <@U0KIM|kim> surrey kant").options
    assert understood(option.command) == Grant((KIM,), Role.CONTACT, (body("surrey"), KENT))
    (option,) = asked_which_body("grant <@U0KIM|kim> kant deputy").options
    assert understood(option.command) == Grant((KIM,), Role.CONTACT, (KENT,), ContactKind.DEPUTY)


# All commands


@pytest.mark.parametrize("example", [example for verb in VERBS for example in (verb.usage, *verb.examples)])
def test_every_example_in_the_help_is_understood(example: str) -> None:
    assert isinstance(understood(example.replace("@user", "<@U0KIM|kim>")), TypedCommand)


def test_no_two_verbs_share_a_word() -> None:
    assert len(VERB_OF) == sum(len(verb.words) for verb in VERBS)


def test_the_longest_command_is_read_and_a_longer_one_is_refused_unread() -> None:
    assert understood("help" + " " * (LONGEST_COMMAND - 4)) == understood("help")
    with pytest.raises(TextTooLong) as refusal:
        understood("help" + " " * (LONGEST_COMMAND - 3))
    assert refusal.value == TextTooLong("command", LONGEST_COMMAND + 1, LIMIT)


def test_what_is_searched_for_keeps_its_question_mark_and_another_lookup_does_not() -> None:
    assert understood("search who?") == Search("who?")
    assert understood("overdue kent?") == understood("overdue kent")


def test_a_text_over_the_limit_is_refused_and_one_at_the_limit_is_not() -> None:
    assert understood("note 15: " + "&amp;" * LIMIT) == Note(R15, None, "&" * LIMIT)
    for raw in ("note 15: " + "x" * (LIMIT + 1), "decline 15 " + "x " * LIMIT, "x" * (LONGEST_COMMAND + 1)):
        with pytest.raises(TextTooLong):
            understood(raw)


# tests/prove/test_grammar.py tries more of both.


@settings(max_examples=200)
@given(COMMANDS | st.text(st.characters()))
def test_whatever_is_typed_is_understood_or_refused_with_reasons(raw: str) -> None:
    must_be_understood_or_refused(raw)


@settings(max_examples=150)
@given(COMMANDS)
def test_a_button_never_asks_again_about_the_same_name(raw: str) -> None:
    must_not_ask_twice_about_a_name(raw)


@settings(max_examples=200)
@given(st.text(st.characters(), max_size=60))
def test_a_text_after_a_colon_is_recorded_as_it_was_written(text: str) -> None:
    written = f"start {text} end"
    assert understood(f"note 15 kent: {for_slack(written)}") == Note(R15, KENT, normalised(written))
