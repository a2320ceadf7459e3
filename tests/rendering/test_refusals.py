"""Why not: the first sentence says it all, then who can help or the right form, and the text comes back."""

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import partial
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from msgspec import Struct

from bot.domain.free_text import LIMIT, TextTooLong, for_slack
from bot.domain.questions.grammar.problems import Choice, NotUnderstood, What, WhichBody, WhichMeaning
from bot.domain.questions.grammar.samples import Sample
from bot.domain.questions.grammar.typed_recordings import Extend, Note, Progress, Reopen, Respond
from bot.domain.questions.reading_much import MuchRead
from bot.domain.questions.which_report import with_report
from bot.domain.refusals.addressees import BodyRequired, NotAContactOf
from bot.domain.refusals.commands import Ended, HasEnded, UnknownRecommendation, WhichReport
from bot.domain.refusals.people import LastContact
from bot.domain.refusals.recording import ReasonRequired, TextRequired
from bot.domain.refusals.refusal import Refusal
from bot.domain.refusals.request import CannotSee, NotACoordinator
from bot.domain.refusals.taking_back import TooLateToUndo
from bot.domain.register.adding import Unfit
from bot.domain.register.addressee import Answer, BlockedOnWhat, Stage
from bot.domain.register.correcting import CorrectedMeanwhile, HasRecorded, PartAddressed
from bot.domain.register.letter_frame import FrameChangedSince
from bot.domain.register.update_form import ChangedMeanwhile
from bot.rendering.blocks import failures
from bot.rendering.blocks.recording.update_form import beside
from bot.rendering.blocks.refusals import (
    addressees,
    approval,
    commands,
    deadlines,
    details,
    endings,
    imports,
    parties,
    parts,
    people,
    published_responses,
    questions,
    recording,
    request,
    taking_back,
)
from bot.rendering.blocks.refusals.refused import in_words, refused
from bot.rendering.blocks.refusals.wording import RefusalContext
from bot.rendering.screen import Screen
from tests.domain.shipped_names import body, rows, understood
from tests.rendering.screens import assert_valid, buttons, read

HELP = RefusalContext("note 15: we met the provider", ("Cora Lane", "Dev Shah"))
# Each is shown by its form, in its fields or in place of it.
SAID_BY_THEIR_FORM = (
    *(ChangedMeanwhile, FrameChangedSince, Unfit),
    *(CorrectedMeanwhile, HasRecorded, PartAddressed),
)
NASTY = "<!channel> *x* _y_ `z` & <https://evil.example|gov> 完 " + "&" * 400


REFUSALS_WORDED_IN: dict[str, Any] = {
    "addressees": addressees.AddresseeRefusal,
    "approval": approval.ApprovalRefusal,
    "commands": commands.CommandRefusal,
    "deadlines": deadlines.DeadlineRefusal,
    "details": details.DetailsRefusal,
    "endings": endings.EndingsRefusal,
    "imports": imports.ImportRefusal,
    "parties": parties.PartyRefusal,
    "parts": parts.PartRefusal,
    "people": people.PeopleRefusal,
    "publications": published_responses.PublishedResponseRefusal,
    "questions": questions.QuestionRefusal,
    "recording": recording.RecordingRefusal,
    "request": request.RequestRefusal,
    "taking_back": taking_back.TakingBackRefusal,
}


def every_refusal(kind: type[Refusal] = Refusal) -> list[type[Refusal]]:
    return [refusal for direct in kind.__subclasses__() for refusal in (direct, *every_refusal(direct))]


def told_as(kind: type[Refusal]) -> type[Refusal] | None:
    """Return the refusal by whose words this one is told: its own, or its family's."""
    worded = [
        refusal
        for union in REFUSALS_WORDED_IN.values()
        for refusal in get_args(union) or (union,)
        if issubclass(kind, refusal)
    ]
    assert len(worded) < 2, f"{kind.__name__} has words in two rooms"
    return worded[0] if worded else None


def made(kind: type[Any], word: str) -> Any:
    """A refusal, or a part of one, with this word wherever it has one."""
    if not (is_dataclass(kind) or issubclass(kind, Struct)):
        return kind()
    return kind(**{name: _value(hint, word) for name, hint in get_type_hints(kind).items()})


def _value(hint: Any, word: str) -> Any:
    if isinstance(hint, UnionType):
        return _value(get_args(hint)[0], word)
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        return (Choice(word, for_slack(word)) if item is Choice else _value(item, word),)
    if get_origin(hint) is frozenset:
        return frozenset([_value(get_args(hint)[0], word)])
    if get_origin(hint) is Mapping:
        key, value = get_args(hint)
        return {_value(key, word): _value(value, word)}
    if isinstance(hint, type) and issubclass(hint, Struct):
        return made(hint, word)
    if issubclass(hint, Enum):
        return next(iter(hint))
    by_type: dict[Any, Any] = {
        str: word,
        int: 4000,
        bool: True,
        datetime: datetime(2025, 3, 10, 9, 0, tzinfo=UTC),
        date: date(2025, 3, 27),
    }
    return by_type[hint]


@pytest.mark.parametrize("kind", every_refusal(), ids=lambda kind: kind.__name__)
def test_every_refusal_has_words_of_its_own(kind: type[Refusal]) -> None:
    assert told_as(kind) or kind in SAID_BY_THEIR_FORM or beside(made(kind, "Kent")) is not None


@pytest.mark.parametrize("kind", every_refusal(), ids=lambda kind: kind.__name__)
def test_a_refusal_and_its_words_stand_in_rooms_of_the_same_name(kind: type[Refusal]) -> None:
    package, _, room = kind.__module__.rpartition(".")
    if package == "bot.domain.refusals":
        union = REFUSALS_WORDED_IN[room]
        assert told_as(kind) in (None, *get_args(union))


@pytest.mark.parametrize("kind", every_refusal(), ids=lambda kind: kind.__name__)
def test_every_refusal_is_a_screen_that_slack_takes(kind: type[Refusal]) -> None:
    for word in ("Kent", NASTY, "x" * 3_000):
        shown = refused(made(kind, word), HELP)
        assert_valid(shown)
        assert "You typed: note 15: we met the provider" in read(shown)


# The first sentence for each way not to understand, where the word in question is “fifteen”.
WORDS_OF_WHAT = {
    What.UNKNOWN_VERB: "I do not know “fifteen”.",
    What.VERB_FIRST: "Do you want to record that, or see how it stands? Nothing was recorded.",
    What.QUESTION: "That is a question, so nothing was recorded.",
    What.NOT_CERTAIN: "Because of “fifteen” I am not sure what is meant, so nothing was recorded.",
    What.NOT_STARTED: "Do you want to record that fifteen, or see who has not?",
    What.IN_A_SENTENCE: "Nothing was recorded. Put the number first, without “fifteen”.",
    What.QUOTED: "Do you want to record that, or only to quote it? Nothing was recorded.",
    What.SAYS_NOTHING: "“fifteen” says nothing that others could read, so nothing was recorded.",
    What.NOT_MEANT: "“fifteen” says that it is not meant, so nothing was recorded.",
    What.OTHER_PLACE: "“fifteen” is no policing body that I know, so nothing was recorded."
    " Name the body itself.",
    What.UNKNOWN_NAME: "I know no recommendation, body, region or report called “fifteen”.",
    What.WHICH_RECOMMENDATION: "Say which recommendation, by its number.",
    What.ONE_RECOMMENDATION: "Name one recommendation at a time here.",
    What.ONE_BODY: "Name one body at a time here.",
    What.WHICH_STAGE: "Say how far it is: not started, in progress, blocked or complete.",
    What.NO_TEXT_TAKEN: "“Accept” takes no text: “fifteen” was left over, and nothing was recorded.",
    What.COLON_MISSING: "Put a colon before the text.",
    What.WHICH_DETAILS: "I could not read “fifteen”, so nothing was recorded. Before the colon it is:"
    " evidence with a whole address, https://example.org/minutes; decided by the Commissioner on 4 March.",
    What.LEFT_OVER: "I did not understand “fifteen” in this command.",
    What.NOT_A_DATE: "I could not read “fifteen” as a date.",
    What.WHICH_FORMAT: "There is no account as “fifteen”. It can be docx, xlsx, ods, csv or json.",
    What.WHICH_DATE: "Say until which day, and then why.",
    What.AWAY_UNTIL: "Say until which day you are away, a day after today.",
    What.WHICH_REPORT: "Say what to add: a report, or a recommendation in a report that is there.",
    What.WHICH_LETTER: "Say which report the letter answers.",
    What.WHICH_RETURN: "Say which body the form is for.",
    What.WHICH_WORDS: "Say which words to look for.",
    What.WHICH_UPDATE: "Say which update, by its number: the history shows it.",
    What.WHICH_GROUND: "Say on which ground: UK GDPR article 17, DPA 2018 section 47, wrong person, victim"
    " could be identified or UK GDPR article 5(1)(e).",
    What.WHICH_PERSON: "Name a person with @, as Slack suggests them.",
    What.ONE_PERSON: "Name one person at a time here.",
    What.TOO_MANY_PEOPLE: "Name at most 6 people at a time here. /recs import takes a longer list.",
    What.WHICH_ROLE: "Say which role: a body's name for a contact, or coordinator.",
    What.WHO_REPORTED: "Say who reported, and on which day.",
    What.WHICH_REPORT_IS_MEANT: "Say which report, by the word it goes by.",
    What.WHICH_DAY: "Say by which day.",
    What.WHICH_ADDRESS: "Give the whole address where the response was published; it begins with https://.",
    What.WHICH_SUBJECT: "Say what: a recommendation, a body, a region or a report.",
    What.ONE_SUBJECT: "Name one at a time here: a recommendation, a body, a region or a report.",
    What.WHICH_CHANNEL: "Choose the channel from the list that Slack shows as you type #.",
    What.ONE_BY_ONE: "fifteen is a region, and a contact's role is for one body: name them one by one."
    " /recs fifteen shows which they are.",
}


DOUBTED = {
    *(What.QUESTION, What.NOT_CERTAIN, What.VERB_FIRST, What.NOT_STARTED, What.QUOTED, What.NOT_MEANT),
}


@pytest.mark.parametrize("what", What)
def test_every_way_not_to_understand_has_its_own_words_and_an_example(what: What) -> None:
    shown = refused(NotUnderstood(what, "typed", "/recs note 15: text", "fifteen"), HELP)
    assert_valid(shown)
    assert shown.text == WORDS_OF_WHAT[what]
    # What is asked, denied or doubted is not answered with how to record it.
    assert ("For example: /recs note 15: text" in read(shown)) is (what not in DOUBTED)
    assert "/recs help shows all that can be typed." in read(shown)


def test_no_two_ways_not_to_understand_are_told_alike() -> None:
    assert len(set(WORDS_OF_WHAT.values())) == len(What)


def test_an_example_of_what_is_not_in_the_register_is_left_out() -> None:
    nothing = RefusalContext("note", example_names=Sample("", "", "", "", "", "", "", "", None, None))
    shown = refused(NotUnderstood(What.WHICH_RECOMMENDATION, "note", "/recs note 15 kent: text"), nothing)
    assert not any("For example" in line for line in read(shown))


def test_what_would_be_refused_is_neither_shown_nor_offered() -> None:
    choices = (Choice("not started 25 kent", "not started 25 kent"), Choice("25 kent", "25 kent"))
    problem = NotUnderstood(What.NOT_STARTED, "25 kent not started", "/recs 15", "Kent has not", choices)
    words = in_words(problem, HELP)
    assert words.that_work(words.commands) == words
    for_a_viewer = words.that_work(["25 kent"])
    assert for_a_viewer.first == "You can see how it stands, but not record it. Nothing was recorded."
    assert [option.command for option in for_a_viewer.options] == ["25 kent"]
    assert for_a_viewer.usage == ""
    nothing = words.that_work([])
    assert nothing.options == ()
    assert (
        nothing.then
        == "It may mean Record: not started 25 kent or 25 kent, but that would be refused to you."
    )


def test_a_body_of_somebody_else_is_named_and_not_offered() -> None:
    problem = WhichBody("surey", "accept 15 surey", "/recs 15", (Choice("Surrey", "accept 15 surrey"),), True)
    words = in_words(problem, HELP).that_work([])
    assert words.first == "I could not tell which body you mean by “surey”."
    assert words.then == "It may mean Surrey, but that would be refused to you."


@pytest.mark.parametrize("kind", every_refusal(), ids=lambda kind: kind.__name__)
def test_every_refusal_says_in_its_first_words_what_was_refused(kind: type[Refusal]) -> None:
    """What it holds shows in them, and no two kinds say the same."""
    if kind in SAID_BY_THEIR_FORM or told_as(kind) is None:
        return
    first = in_words(made(kind, "Kent"), HELP).first
    others = [
        other
        for other in every_refusal()
        # A family of refusals is told by one function.
        if told_as(other) not in (None, told_as(kind))
        and other not in SAID_BY_THEIR_FORM
        and in_words(made(other, "Kent"), HELP).first == first
    ]
    assert others == []
    assert first[0].isupper() or first[0] in "“1234567890"


def test_a_refusal_names_who_can_help() -> None:
    for refusal in (CannotSee(), NotACoordinator(), NotAContactOf("Kent", ("Essex",))):
        assert "Cora Lane or Dev Shah can" in " ".join(read(refused(refusal, HELP)))
        assert "A coordinator of the association can" in " ".join(read(refused(refusal, RefusalContext("x"))))
        many = RefusalContext("x", ("Ann", "Ben", "Cal", "Dee"))
        assert "Ann, Ben or Cal can" in " ".join(read(refused(refusal, many)))


def test_whoever_records_for_another_body_is_told_whose_contact_they_are() -> None:
    shown = refused(NotAContactOf("Kent", ("Essex",)), HELP)
    assert shown.text == "Only Kent's contacts can record for Kent."
    assert read(shown)[0] == "You are a contact of Essex. Cora Lane or Dev Shah can add you."
    viewer = refused(NotAContactOf("", ()), HELP)
    assert viewer.text == "Only contacts can record, and you are not a contact of any body yet."


@pytest.mark.parametrize(("answer", "verb"), [("accepted in part", "partly"), ("not accepted", "decline")])
def test_a_missing_reason_shows_the_right_form(answer: str, verb: str) -> None:
    refusal = ReasonRequired(answer, "stalking-15", "Kent")
    assert f"For example: /recs {verb} stalking 15 kent: why" in read(refused(refusal, HELP))


def test_a_missing_reason_is_asked_for_in_words_and_not_by_the_name_of_a_verb() -> None:
    shown = refused(ReasonRequired("extend", "stalking-15", "Kent"), HELP)
    assert shown.text == "More time needs a reason, so nothing was recorded."


def test_a_reason_that_a_form_asks_for_comes_without_a_command() -> None:
    assert refused(ReasonRequired("refuse"), RefusalContext("")).in_one_line == (
        "Refusing needs a reason, so nothing was recorded."
    )


@pytest.mark.parametrize("slug", [row["slug"] for row in rows()])
@pytest.mark.parametrize(
    "refusal",
    [
        partial(ReasonRequired, Answer.ACCEPTED_IN_PART),
        partial(ReasonRequired, Answer.NOT_ACCEPTED),
        partial(ReasonRequired, "extend"),
        partial(ReasonRequired, "reopen"),
        *(partial(BlockedOnWhat, stage=stage) for stage in Stage if stage.is_stuck),
        partial(TextRequired, "note"),
    ],
)
def test_an_example_names_the_body_it_was_recorded_for_so_that_it_can_be_copied(
    refusal: Callable[[str, str], Refusal], slug: str
) -> None:
    example = in_words(refusal("stalking-15", body(slug).short_name), HELP).usage
    request = understood(example)
    assert isinstance(request, Respond | Progress | Note | Extend | Reopen)
    assert request.body == body(slug)


@pytest.mark.parametrize(
    ("typed", "options", "example"),
    [
        ("accept 15", (), "/recs accept 15 kent"),
        ("note 15: we met", (), "/recs note 15 kent: text"),
        ("done 15", ("Essex", "Kent"), "/recs complete 15 essex: text"),
        ("/recs not started 15", (), "/recs not started 15 kent"),
        ("", (), "/recs accept 15 kent"),
    ],
)
def test_whoever_has_to_name_a_body_is_shown_how_with_the_verb_they_typed(
    typed: str, options: tuple[str, ...], example: str
) -> None:
    assert f"For example: {example}" in read(refused(BodyRequired(options), RefusalContext(typed)))


def test_a_number_that_has_ended_is_said_when_by_whom_and_why_and_how_it_is_still_seen() -> None:
    ended = Ended("stalking 16", "withdrawn", date(2025, 3, 10), "Cora Lane", "closed by\nthe inspectorate")
    shown = refused(HasEnded((ended,)), RefusalContext("16"))
    assert shown.text == "Stalking 16 was withdrawn on 10 March 2025."
    assert read(shown)[0] == "Cora Lane: “closed by the inspectorate”. /recs stalking 16 still shows it."
    another = Ended("custody 16", "superseded by custody 20")
    both = refused(HasEnded((another, ended)), RefusalContext("16"))
    assert both.text == (
        "Custody 16 was superseded by custody 20 and stalking 16 was withdrawn on 10 March 2025."
    )
    assert "/recs custody 16 still shows it." in read(both)[0]


def test_names_do_not_format_what_is_said_of_them() -> None:
    shown = refused(NotACoordinator(), RefusalContext("grant", ("*Cora* _Lane_",)))
    assert read(shown)[0] == "*Cora* _Lane_ can do it for you."
    assert {block["text"]["type"] for block in shown.blocks[1:]} == {"plain_text"}


def test_what_exists_is_named_when_something_else_was_asked_for() -> None:
    shown = refused(UnknownRecommendation("99", ("stalking 15", "stalking 16")), HELP)
    assert "There are: stalking 15, stalking 16." in read(shown)
    assert "The register is empty." in read(refused(UnknownRecommendation("99"), HELP))
    assert "You speak for Essex and Kent. Put its name after the number." in read(
        refused(BodyRequired(("Essex", "Kent")), HELP)
    )


def test_times_are_told_as_london_reads_them() -> None:
    shown = refused(TooLateToUndo(datetime(2025, 7, 1, 23, 30, tzinfo=UTC)), HELP)
    assert "2 Jul 2025, 00:30" in " ".join(read(shown))


def test_which_report_is_asked_with_a_button_for_each() -> None:
    shown = refused(WhichReport("15", ("stalking", "custody")), HELP)
    assert shown.text == "Which recommendation 15 do you mean: stalking 15 or custody 15?"
    assert buttons(shown) == {
        "stalking 15": "note stalking 15: we met the provider",
        "custody 15": "note custody 15: we met the provider",
    }


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("accept 5", "accept stalking 5"),
        ("accept 15 5", "accept 15 stalking 5"),
        ("accept 5a 5", "accept 5a stalking 5"),
        ("note #5 kent: 5 of 5", "note stalking 5 kent: 5 of 5"),
        ("note Rec 05: text", "note stalking 5: text"),
        ("note r5: text", "note stalking 5: text"),
        ("custody-5 5", "custody-5 stalking 5"),
        ("accept 5.1 4.5 5", "accept 5.1 4.5 stalking 5"),
        ("accept recommendation no. 5", "accept stalking 5"),
        ("accept number 5", "accept stalking 5"),
    ],
)
def test_the_report_is_named_where_only_its_number_stood(typed: str, meant: str) -> None:
    assert with_report(typed, "5", "stalking 5") == meant


def test_the_last_contact_is_revoked_by_a_button_that_says_so() -> None:
    shown = refused(LastContact("Kim Hale", "Kent"), RefusalContext("revoke <@U0KIM|kim> kent"))
    assert buttons(shown) == {"Revoke all the same": "revoke <@U0KIM|kim> kent anyway"}


def test_a_name_nearly_right_is_offered_and_a_command_too_long_for_a_button_is_not() -> None:
    near = Choice("Gloucestershire", "note 15 gloucestershire: x"), Choice("Kent", "y" * 2_001)
    shown = refused(WhichBody("glouc shire", "typed", "usage", near, nearly=True), HELP)
    assert shown.text == "I could not tell which body you mean by “glouc shire”. Did you mean … ?"
    assert list(buttons(shown)) == ["Gloucestershire"]


@pytest.mark.parametrize("text", ["x" * LIMIT, "a & b < c > d", "a\nb", "*bold* `code` @here", "😀" * 1_400])
def test_what_was_typed_comes_back_whole(text: str) -> None:
    typed = f"note 15: {text}"
    assert typed in _typed_back(refused(CannotSee(), RefusalContext(for_slack(typed))))


def test_of_a_text_much_too_long_the_beginning_comes_back_and_the_rest_is_said_to_be_missing() -> None:
    for typed in ("x" * 40_000, for_slack("&" * 3_000)):
        shown = refused(TextTooLong("note", 40_000, LIMIT), RefusalContext(typed))
        assert_valid(shown)
        assert read(shown)[-1] == "… The rest was too long to show."


def test_nothing_typed_nothing_comes_back() -> None:
    assert not any("You typed" in line for line in read(refused(CannotSee(), RefusalContext(" \u200b "))))


@pytest.mark.parametrize(
    ("saved", "first"),
    [
        (False, "Something went wrong, and nothing was saved."),
        (True, "It was saved, but something went wrong when I answered."),
        (None, "Something went wrong, and I cannot tell whether it was saved."),
    ],
)
def test_a_failure_says_whether_anything_was_saved_and_gives_its_reference(
    saved: bool | None, first: str
) -> None:
    shown = failures.failed("R7K2-PQ", HELP.typed, saved)
    assert_valid(shown)
    assert shown.text == first
    assert "R7K2-PQ" in " ".join(read(shown))
    assert HELP.typed in _typed_back(shown)


def test_a_store_that_is_busy_or_lost_says_so_and_gives_the_text_back() -> None:
    assert failures.busy(HELP.typed).text == "Busy: nothing was saved."
    for shown in (failures.busy(HELP.typed), failures.outcome_unknown(HELP.typed)):
        assert_valid(shown)
        assert HELP.typed in _typed_back(shown)


@pytest.mark.parametrize(
    ("much", "narrower"),
    [(MuchRead.PAST, "/recs 15 kent as at"), (MuchRead.CHANGES, "/recs changes 15 kent since")],
)
def test_who_asked_about_much_of_the_past_hears_what_can_be_asked_instead(
    much: MuchRead, narrower: str
) -> None:
    shown = failures.busy("how did Wales stand in 2024?", much)
    assert_valid(shown)
    assert narrower in " ".join(read(shown))
    assert "how did Wales stand in 2024?" in _typed_back(shown)
    assert "/recs 15" not in " ".join(read(failures.busy("complete 16: all is done")))


def _typed_back(shown: Screen) -> str:
    """The person's own text, as it can be copied: its sections end to end."""
    lines = [block["text"]["text"] for block in shown.blocks if block["type"] == "section"]
    start = next(place for place, line in enumerate(lines) if line.startswith("You typed: "))
    whole = "".join(lines[start:]).removeprefix("You typed: ")
    return whole.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_the_beginning_of_several_names_is_asked_as_such() -> None:
    options = (Choice("North Wales", "body north-wales"), Choice("North Yorkshire", "body north-yorkshire"))
    shown = refused(WhichMeaning("north", "north", "/recs 15", options, nearly=True), RefusalContext("north"))
    assert shown.text == "Several names begin with “north”. Which do you mean?"


def test_a_button_that_writes_says_what_it_does() -> None:
    suggestions = tuple(
        Choice(command, command) for command in ("accept 15", "update 15", "undo", "remind 15", "15 kent")
    )
    shown = refused(
        NotUnderstood(What.VERB_FIRST, "15 accept", "/recs 15", "", suggestions), RefusalContext("15 accept")
    )
    assert list(buttons(shown)) == [
        "Record: accept 15",
        "Open the form: update 15",
        "Take back: undo",
        "Send: remind 15",
        "15 kent",
    ]
    assert list(buttons(shown).values()) == [choice.command for choice in suggestions]


def test_not_started_is_asked_as_a_statement_or_a_question() -> None:
    with pytest.raises(NotUnderstood) as problem:
        understood("25 kent not started")
    shown = refused(problem.value, RefusalContext("25 kent not started"))
    assert shown.text == "Do you want to record that Kent has not started 25, or see who has not?"
    assert list(buttons(shown)) == ["Record: not started 25 kent", "25 kent"]
