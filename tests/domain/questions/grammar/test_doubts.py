"""What is in doubt, which words doubt nothing, and what is offered in place of a command in doubt."""

from datetime import date

import pytest

from bot.domain.free_text import LIMIT, TextTooLong
from bot.domain.questions.grammar.problems import NotUnderstood, What, WhichMeaning
from bot.domain.questions.grammar.reader import verb_of
from bot.domain.questions.grammar.typed_commands import Ref, Search, Status
from bot.domain.questions.grammar.typed_recordings import (
    Away,
    Close,
    Expect,
    Extend,
    Note,
    Progress,
    RecordPublishedResponse,
    Respond,
    SetReport,
    Withdraw,
)
from bot.domain.questions.grammar.verbs import VERB_OF
from bot.domain.questions.names import Body, Names, ReportName
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.addressee import Answer, Stage
from tests.domain.shipped_names import body, understood

R15 = Ref(None, "15")
# What is recorded up to a day, or for a successor.
LED_ON = (Away, Close, Expect, Extend, RecordPublishedResponse, SetReport, Withdraw)


def refused(typed: str) -> NotUnderstood:
    with pytest.raises(NotUnderstood) as problem:
        understood(typed)
    return problem.value


def offered(typed: str) -> list[str]:
    return [choice.command for choice in refused(typed).suggestions]


@pytest.mark.parametrize(
    ("typed", "verb", "offer"),
    [
        ("Done. 16.", "done", "done 16"),
        ("In progress. 16", "in progress", "in progress 16"),
        ("Not started! 16.", "not started", "not started 16"),
        ("Done. 15: at site X", "done", "done 15: at site X"),
    ],
)
def test_a_verb_that_is_a_sentence_of_its_own_is_put_back_with_what_follows(
    typed: str, verb: str, offer: str
) -> None:
    problem = refused(typed)
    assert (problem.what, problem.word) == (What.NOT_CERTAIN, verb)
    assert offered(typed) == [offer]


def test_what_a_body_is_asked_may_ask_and_needs_its_colon() -> None:
    assert refused("ask 15 kent which service").what is What.COLON_MISSING
    assert offered("ask 15 kent which service") == ["ask 15 kent: which service"]


def test_what_is_struck_through_is_in_doubt_for_its_stroke() -> None:
    problem = refused("~accept 15~")
    assert (problem.what, problem.word) == (What.NOT_CERTAIN, "~")
    assert refused("~complete 15: all there").word == "~"


def test_no_before_a_number_denies_it_unless_it_is_short_for_number() -> None:
    assert refused("accept no 15").word == "no"
    assert understood("accept no. 15") == Respond(Answer.ACCEPTED, (R15,))
    assert understood("note no. 15 we met") == Note(R15, None, "we met")


@pytest.mark.parametrize("word", ["maybe", "not", "if", "nearly"])
def test_a_note_is_in_doubt_up_to_its_recommendation(word: str) -> None:
    """What stands before the number is no text, whatever is named first."""
    assert refused(f"note kent {word} 15 said so").word == word
    assert understood(f"note 15 {word} said so") == Note(R15, None, f"{word} said so")


def test_a_question_mark_in_the_address_of_a_response_asks_nothing_and_moves_nothing() -> None:
    typed = "publish stalking kent https://a.uk/b?c=1 on 3 March"
    command = understood(typed)
    assert isinstance(command, RecordPublishedResponse)
    assert (command.url, command.body, command.on) == (
        "https://a.uk/b?c=1",
        body("kent"),
        date(2025, 3, 3),
    )
    assert refused(f"{typed} perhaps").word == "perhaps"
    assert refused("publish stalking kent maybe https://a.uk/b?c=1").word == "maybe"


def test_a_name_may_say_what_would_be_in_doubt_elsewhere() -> None:
    names = Names.of(
        [(Body("E1", "not-known", "Not Known"), ("never",))],
        reports=[ReportName("never-events", "Never events")],
    )
    nobody = names.bodies_exact("not-known")[0]
    command = understood("accept never-events 15, 16 not-known", names)
    assert command == Respond(Answer.ACCEPTED, (Ref("never-events", "15"), Ref("never-events", "16")), nobody)
    assert understood("extend never-events 15 3 May not-known: too few staff", names) == Extend(
        Ref("never-events", "15"), date(2025, 5, 3), nobody, "too few staff"
    )


@pytest.mark.parametrize("words", ["not started", "not begun"])
def test_that_nothing_was_begun_is_a_stage_of_progress_and_no_negation(words: str) -> None:
    assert understood(f"progress 15 {words}: no staff yet") == Progress(
        Stage.NOT_STARTED, (R15,), None, "no staff yet"
    )


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("away kent until 20 April?", ["body kent"]),
        ("away until 20 April maybe", ["help away"]),
        ("extend 15 30 May maybe", ["15"]),
        ("party 15 HMPPS 3 May maybe", ["15"]),
        ("close 15 kent 3 May 2024 maybe: ISACs", ["15 kent"]),
        ("set stalking published by 3 May 2025 maybe", ["help set"]),
        ("invite stalking kent by 3 May 2025 maybe", ["body kent"]),
        ("publish stalking kent https://a.uk/b 3 May 2024 maybe", ["body kent"]),
        ("copy stalking kent 3 May 2024 maybe: ISACs", ["body kent"]),
    ],
)
def test_the_number_of_a_day_is_offered_as_no_recommendation(typed: str, offers: list[str]) -> None:
    assert offered(typed) == offers


def test_where_not_started_may_ask_both_what_records_it_and_what_answers_are_offered() -> None:
    assert offered("25 not started") == ["not started 25", "25"]
    assert offered("kent 25 not started") == ["not started 25 kent", "25 kent"]


def test_a_lookup_that_stands_further_back_keeps_its_colon() -> None:
    assert understood("stalking search: tender") == Search("stalking: tender")


def test_words_that_are_searched_for_keep_their_question_mark() -> None:
    assert understood("search what is it?") == Search("what is it?")
    assert understood("search X-ray evidence") == Search("X-ray evidence")


def test_the_longest_command_is_read_and_a_longer_one_is_said_to_be_too_long() -> None:
    longest = 6 * LIMIT
    assert understood("15".ljust(longest)) == Status((R15,))
    with pytest.raises(TextTooLong) as problem:
        understood("15".ljust(longest + 1))
    assert problem.value == TextTooLong("command", longest + 1, LIMIT)


# What is offered in place of a command in doubt: recordings that mean what was typed, then lookups of it.


@pytest.mark.parametrize(
    ("typed", "word", "offers"),
    [
        ("digest send maybe", "maybe", ["digest", "digest preview"]),
        ("grant <@U0SAM|sam> kent if agreed", "if", ["contacts body kent"]),
        ("revoke <@U0SAM|sam>?", "?", ["contacts"]),
        ("redact 137: wrong person?", "?", ["history", "help redact"]),
        ("undo not", "not", ["history", "help undo"]),
        ("accept?", "?", ["help accept"]),
        ("complete maybe", "maybe", ["help complete"]),
        ("accept 15 kant?", "?", ["15 kent"]),
        ("complete 15 kant maybe", "maybe", ["15"]),
        ("partly 15 done", "done", ["15"]),
        ("partly 15 complete: ISACs", "complete", ["15"]),
        ("accept 15, decline 16", "decline", ["15", "16"]),
        ("complete 15 done 16", "done", ["15", "16"]),
        ("accept 15 and complete it", "complete", ["15"]),
        ("complete 25 not started", "not", ["25"]),
        ("accept 15 kant? decided by 12", "?", ["15 kent"]),
        ("15 surry?", "?", ["15 surrey"]),
        ("stalkng 15?", "?", ["15"]),
        ("in progress 15 under way 16", "under way", ["15", "16"]),
        ("progress 15 under way 16", "under way", ["15", "16"]),
        ("progress 15 underway 16", "underway", ["15", "16"]),
        ("not started 25 waiting for staff", "waiting", ["not started 25: waiting for staff", "25"]),
        (
            "not started 25 <@U0WILL|Will Hope> is away",
            "@Will Hope",
            ["not started 25: @Will Hope is away", "25"],
        ),
        ("who is zebra", "who", []),
    ],
)
def test_what_was_named_can_be_looked_up_instead(typed: str, word: str, offers: list[str]) -> None:
    assert refused(typed).word == word
    assert offered(typed) == offers


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("accept 15 in part", ["partly 15", "15"]),
        ("accept 15 partially", ["partly 15", "15"]),
        ("accept 15 in part: only the towns", ["partly 15: only the towns", "15"]),
        ("accept 15 partly kent: only the towns", ["partly 15 kent: only the towns", "15 kent"]),
        ("accept 15 in part not", ["15"]),
        ("accept no 15 in part", ["15"]),
        ("accept 15 kent surrey in part", ["15 kent", "15 surrey"]),
    ],
)
def test_acceptance_in_part_is_offered_as_such_unless_that_is_in_doubt_too(
    typed: str, offers: list[str]
) -> None:
    assert offered(typed) == offers


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("decline 15 not our role", ["decline 15: not our role", "15"]),
        (
            "decline 15 kent, not our role",
            ["decline 15 kent: not our role", "decline 15: kent, not our role", "15 kent"],
        ),
        (
            "in progress 15 kent – not all sites",
            ["in progress 15 kent: not all sites", "in progress 15: kent – not all sites", "15 kent"],
        ),
        (
            "progress 15 in progress kent not all sites",
            [
                "progress 15 in progress kent: not all sites",
                "progress 15 in progress: kent not all sites",
                "15 kent",
            ],
        ),
        (
            "extend 15 kent 30 April not enough staff",
            ["extend 15 kent 30 April: not enough staff", "15 kent"],
        ),
        ("blocked 15 waiting for no one", ["blocked 15: waiting for no one", "15"]),
        ("progress 15 not started not enough staff", ["progress 15 not started: not enough staff", "15"]),
        ("progress 15 not all sites", ["15"]),
        ("decline not 15 our role", ["15"]),
        ("decline 15 -- not ours", ["15"]),
        ("decline 15 not for site X", ["decline 15: not for site X", "15"]),
        ("decline 15 <@U0SAM|sam> is not in post", ["decline 15: @sam is not in post", "15"]),
        ("progress 15 under way not all sites", ["progress 15 under way: not all sites", "15"]),
        ("progress 15 underway not all sites", ["progress 15 underway: not all sites", "15"]),
        ("in progress 15 part a two sites", ["in progress 15: part a two sites", "15"]),
    ],
)
def test_where_the_doubt_is_in_a_text_that_lacks_its_colon_the_command_is_offered_with_it(
    typed: str, offers: list[str]
) -> None:
    assert offered(typed) == offers


@pytest.mark.parametrize(
    ("typed", "who", "offers"),
    [
        ("25 not started yet", "you have", ["not started 25", "25"]),
        ("we have not started 25", "you have", ["not started 25", "25"]),
        ("25 not yet started by kent", "Kent has", ["not started 25 kent", "25 kent"]),
        ("kent has never started 25", "Kent has", ["not started 25 kent", "25 kent"]),
        ("25 hasn't been started: no staff", "you have", ["not started 25: no staff", "25"]),
        ("progress 25 not started yet", "you have", ["not started 25", "25"]),
        ("25 yet not started", "you have", ["not started 25", "25"]),
        ("progress 25 not yet started", "you have", ["not started 25", "25"]),
    ],
)
def test_not_started_may_be_recorded_or_asked(typed: str, who: str, offers: list[str]) -> None:
    problem = refused(typed)
    assert (problem.what, problem.word) == (What.NOT_STARTED, f"{who} not started 25")
    assert offered(typed) == offers


def test_not_started_of_two_recommendations_is_asked_of_both() -> None:
    problem = refused("we have not started 15 and 16")
    assert (problem.what, problem.word) == (What.NOT_STARTED, "you have not started 15 16")


def test_not_started_of_two_bodies_or_of_more_than_that_is_in_doubt() -> None:
    assert refused("kent surrey not started 25").what is What.NOT_CERTAIN
    assert offered("kent surrey not started 25") == ["25 kent", "25 surrey"]
    assert refused("25 not started on the east side").what is not What.NOT_STARTED


@pytest.mark.parametrize(
    "typed",
    [
        *("extend 15 by 30 April: ISACs", "extend 15 until 30 April: ISACs", "extend 15 till 30 April: why"),
        *("extend 15 next Friday: ISACs", "extend 15 tomorrow: ISACs"),
        *("expect 15 by 30 April", "expect 15 until 30 April", "expect 15 till 30 April"),
        *("expect 15 next Friday", "expect 15 tomorrow"),
        *("away until 20 April", "away till 20 April", "away until next Friday"),
        "away until tomorrow",
        *("invite stalking kent by 22 Nov 2024", "set stalking published by 22 Nov 2024"),
        *("set stalking published off", "withdraw 15 by 16: it says the same"),
        *("set stalking published by tomorrow", "invite stalking kent by tomorrow"),
        *("publish stalking kent https://a.uk/b next Friday", "copy stalking kent next Friday: HMICFRS"),
        *("close 15 kent by 3 March 2025: HMICFRS", "extend 15 tomorrow: the tender closes on 12 May 2025"),
    ],
)
def test_words_that_lead_to_a_day_or_a_successor_doubt_nothing(typed: str) -> None:
    assert isinstance(understood(typed), LED_ON)


@pytest.mark.parametrize(
    "typed",
    [
        *("extend 15 before 30 April: ISACs", "extend 15 due 30 April: ISACs", "extend 15 next: ISACs"),
        *("expect 15 before 30 April", "expect 15 next", "expect 15 next tomorrow", "expect 15 be 30 June"),
        *("away by 20 April", "away before 20 April"),
    ],
)
def test_where_they_lead_to_no_day_that_can_be_read_the_day_is_asked_for_and_not_whether(typed: str) -> None:
    assert refused(typed).what in (What.WHICH_DATE, What.COLON_MISSING, What.AWAY_UNTIL)


@pytest.mark.parametrize(
    "typed",
    [
        *("accept 15 by 30 April", "complete 15 until 30 April", "accept 15 next Friday"),
        *("invite stalking kent until 22 Nov 2024", "set stalking published until 22 Nov 2024"),
        *("close 15 kent until HMICFRS says so", "complete 15 off"),
    ],
)
def test_elsewhere_they_do(typed: str) -> None:
    with pytest.raises(Refusal):
        understood(typed)


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("west midlands?", ["body west-midlands", "region West Midlands"]),
        ("15 london?", ["15 body metropolitan", "15 body city-of-london", "15 region London"]),
    ],
)
def test_which_of_several_is_meant_is_asked_also_where_the_name_ends_in_a_question_mark(
    typed: str, options: list[str]
) -> None:
    with pytest.raises(WhichMeaning) as problem:
        understood(typed)
    assert [option.command for option in problem.value.options] == options


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "extend 15 30 May: why",
            "extend 15 by 30 May 2025: ISACs",
            "expect 15 3 May",
            "expect 15 by 3 May",
        ),
        *("invite stalking kent by 3 May 2025", "set stalking published by 3 May 2025"),
        *("publish stalking kent https://a.uk/b 3 May 2024", "copy stalking kent on 3 May 2024: HMICFRS"),
    ],
)
def test_a_day_in_may_is_no_perhaps(typed: str) -> None:
    assert isinstance(understood(typed), LED_ON)


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("accept 15 no problems left", ["15"]),
        ("complete 15 no problems left", ["15"]),
        ("check 15 kent no problems left", ["15 kent"]),
        ("remind 15 kent no problems left", ["15 kent"]),
        ("grant <@U0SAM|sam> kent 15 no problems left", ["contacts body kent"]),
        ("revoke <@U0SAM|sam> kent 15 no problems left", ["contacts body kent"]),
        ("undo 15 no problems left", ["history", "help undo"]),
        ("digest send 15 no problems left", ["digest", "digest preview"]),
    ],
)
def test_no_text_turns_these_into_their_opposite_so_none_is_offered_with_one(
    typed: str, offers: list[str]
) -> None:
    assert offered(typed) == offers


# A verb that is misspelt, or does not come first.


@pytest.mark.parametrize(
    ("typed", "what", "word", "offers"),
    [
        ("acept 15", What.UNKNOWN_VERB, "acept", ["accept 15"]),
        ("ntoe 15: ISACs", What.UNKNOWN_VERB, "ntoe", ["note 15: ISACs"]),
        ("overdu kent", What.UNKNOWN_VERB, "overdu", ["overdue kent"]),
        ("compleet 15 kent: done", What.UNKNOWN_VERB, "compleet", ["complete 15 kent: done"]),
        ("acc 15", What.LEFT_OVER, "acc", ["15"]),
        ("dne 15", What.LEFT_OVER, "dne", ["15"]),
        ("complet not 15", What.NOT_CERTAIN, "not", ["15"]),
        ("incomplete 15", What.NOT_CERTAIN, "incomplete", ["15"]),
        ("perhaps accept 15", What.NOT_CERTAIN, "perhaps", ["15"]),
        ("never mind 15", What.LEFT_OVER, "never mind", ["15"]),
        ("maybe 15 kent", What.LEFT_OVER, "maybe", ["15", "body kent"]),
        ("perhaps kent", What.UNKNOWN_NAME, "perhaps", ["body kent"]),
        ("15 accept", What.VERB_FIRST, "", ["accept 15", "15"]),
        ("kent has done 15: all there", What.VERB_FIRST, "", ["done 15 kent: all there", "15 kent"]),
        ("zebra accept 15", What.VERB_FIRST, "accept", ["15"]),
        ("zebra kent overdue", What.LEFT_OVER, "zebra kent", ["overdue", "body kent"]),
        ("zebra history 15", What.LEFT_OVER, "zebra", ["history", "15"]),
        ("zebra return", What.LEFT_OVER, "zebra", []),
        ("15 kent help", What.LEFT_OVER, "15 kent", ["help", "15 kent"]),
        ("zebra undo", What.NOT_CERTAIN, "undo", []),
    ],
)
def test_a_verb_that_is_not_quite_right_or_not_the_first_is_put_right(
    typed: str, what: What, word: str, offers: list[str]
) -> None:
    problem = refused(typed)
    assert (problem.what, problem.word) == (what, word)
    assert offered(typed) == offers


def test_what_recbot_is_called_is_no_word_of_the_command() -> None:
    assert understood("/recs accept 15") == Respond(Answer.ACCEPTED, (R15,))
    assert understood("/RECS  /recs 15") == understood("15")
    assert verb_of("/recs accept 15") == VERB_OF["accept"]
    assert verb_of("in progress 15") == VERB_OF["in progress"]
    assert verb_of("kent") is None
