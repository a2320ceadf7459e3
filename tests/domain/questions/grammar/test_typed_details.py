"""Evidence, and who decided and when, before the colon of whatever records for a body."""

from datetime import date

import pytest

from bot.domain.free_text import from_slack
from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.grammar.problems import NotUnderstood, What, WhichBody, WhichMeaning
from bot.domain.questions.grammar.typed_commands import Help, Ref
from bot.domain.questions.grammar.typed_details import TypedDetails
from bot.domain.questions.grammar.typed_recordings import Note, Progress, Respond
from bot.domain.questions.grammar.verbs import VERBS
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.details import NO_DETAILS, Details
from tests.domain.shipped_names import body, understood

R15, R16, R25 = (Ref(None, number) for number in ("15", "16", "25"))
LINK = "https://kent-pcc.example.org/a?b=1"
MARCH = date(2025, 3, 4)
WHOLE = Details(LINK, "the Commissioner", MARCH)
DETAILED = [verb for verb in VERBS if verb.takes_details]


@pytest.mark.parametrize(
    "details",
    [
        f"evidence {LINK} decided by the Commissioner on 4 March",
        f"decided by the Commissioner on 4 March evidence {LINK}",
        f"decided on 4 March by the Commissioner, evidence: {LINK}",
        f"evidence at {LINK}; decided by the Commissioner on 04/03/2025",
        f"Decided by the Commissioner on Tuesday 4 March 2025 Evidence {LINK}",
    ],
)
@pytest.mark.parametrize(
    ("typed", "command"),
    [
        (
            "progress 15, 16 and 25 in progress {}: two ISACs start",
            Progress(Stage.IN_PROGRESS, (R15, R16, R25), None, "two ISACs start", details=WHOLE),
        ),
        ("accept 15 {}", Respond(Answer.ACCEPTED, (R15,), details=WHOLE)),
        ("complete 15 {} kent: done", Progress(Stage.COMPLETE, (R15,), body("kent"), "done", details=WHOLE)),
        ("decline 15 kent {}: why", Respond(Answer.NOT_ACCEPTED, (R15,), body("kent"), "why", details=WHOLE)),
        ("note 15 {}: we met", Note(R15, None, "we met", details=WHOLE)),
        ("note 15 for kent {}: we met", Note(R15, body("kent"), "we met", details=WHOLE)),
        ("blocked 15 {} no victim: why", Progress(Stage.BLOCKED, (R15,), None, "why", True, WHOLE)),
    ],
)
def test_details_are_read_in_any_order_before_the_colon(
    typed: str, command: TypedCommand, details: str
) -> None:
    assert understood(typed.format(details)) == command


@pytest.mark.parametrize(
    ("typed", "details"),
    [
        ("complete 15 decided by the Commissioner: done", Details("", "the Commissioner")),
        ("complete 15 decided on 4 March: done", Details("", "", MARCH)),
        ("complete 15 evidence <https://a.uk/b>: done", Details("https://a.uk/b")),
        ("complete 15 evidence https://a.uk:8443/b: done", Details("https://a.uk:8443/b")),
        ("complete 15 decided by the Panel on Law on 4 March: done", Details("", "the Panel on Law", MARCH)),
        ("complete 15 decided by the PCC yesterday: done", Details("", "the PCC", date(2025, 3, 9))),
    ],
)  # fmt: skip
def test_each_may_stand_alone(typed: str, details: Details) -> None:
    command = understood(typed)
    assert isinstance(command, Progress)
    assert (command.details, command.text) == (details, "done")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("note 15: see evidence https://a.uk, decided by the Board on 4 March", None),
        ("note 15 we decided by vote on 4 March to go on", "we decided by vote on 4 March to go on"),
        ("note 15 evidence https://a.uk/b", "evidence https://a.uk/b"),
        ("complete 15: decided by the Commissioner on 4 March", None),
    ],
)
def test_what_is_text_is_left_in_the_text(typed: str, text: str | None) -> None:
    command = understood(typed)
    assert isinstance(command, (Note, Progress))
    assert command.details == NO_DETAILS
    assert command.text == (text or typed.partition(": ")[2])


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("complete 15 evidence www.kent.uk/a: done", "evidence www.kent.uk/a"),
        ("complete 15 decided by the PCC on 31 February: done", "decided by the PCC on 31 February"),
        ("accept 15 decided by the PCC on 31 February", "decided by the PCC on 31 February"),
        ("progress 15 decided by the PCC in progress: hm", "decided by the PCC in progress"),
        ("note 15 decided by the PCC on the 4th: hm", "decided by the PCC on the 4th"),
    ],
)
def test_what_cannot_be_read_is_said(typed: str, word: str) -> None:
    with pytest.raises(NotUnderstood) as problem:
        understood(typed)
    assert (problem.value.what, problem.value.word) == (What.WHICH_DETAILS, word)


@pytest.mark.parametrize("verb", [word for verb in DETAILED for word in verb.words if verb.name != "note"])
@pytest.mark.parametrize(
    "decided",
    [
        "decided by nobody",
        "decided by the Commissioner not to",
        "decided by the Commissioner but not on 4 March",
        "decided by the Commissioner, not yet",
        "decided by whom",
        "decided by the Commissioner?",
        "decided by the Commissioner to decline",
        "not decided by the Commissioner",
        "decided by the Commissioner on 4 March, nearly",
        f"not evidence {LINK}",
    ],
)
def test_nothing_is_taken_for_its_opposite(verb: str, decided: str) -> None:
    """Whatever is doubtful about a decision keeps the command from being recorded."""
    stage = " in progress" if verb == "progress" else ""
    for typed in (f"{verb} 15{stage} {decided}: the text", f"{verb} 15{stage} {decided}"):
        try:
            command = understood(typed)
        except (NotUnderstood, WhichBody):
            continue
        assert not isinstance(command, (Respond, Progress)), typed


def test_every_command_that_is_offered_instead_has_the_details() -> None:
    with pytest.raises(WhichBody) as which:
        understood(f"complete 15 kentt evidence {LINK}: done")
    assert from_slack(which.value.options[0].command) == f"complete 15 kent evidence {LINK}: done"
    assert from_slack(which.value.as_text) == f"complete 15 evidence {LINK}: kentt: done"
    with pytest.raises(NotUnderstood) as missing:
        understood(f"progress 15 in progress two ISACs start evidence {LINK}")
    (offered,) = missing.value.suggestions
    assert understood(offered.command) == Progress(
        Stage.IN_PROGRESS, (R15,), None, "two ISACs start", details=Details(LINK)
    )


def test_what_is_offered_shows_the_command_that_it_is_with_the_details() -> None:
    with pytest.raises(NotUnderstood) as missing:
        understood(f"progress 15 in progress two ISACs start evidence {LINK}")
    (offered,) = missing.value.suggestions
    assert offered.label == from_slack(offered.command)
    assert offered.label == f"progress 15 in progress evidence {LINK}: two ISACs start"


def test_a_report_that_was_nearly_named_is_offered_with_the_details() -> None:
    with pytest.raises(WhichMeaning) as which:
        understood(f"complete stalkng 15 evidence {LINK}: done")
    (offered,) = which.value.options
    assert understood(offered.command) == Progress(
        Stage.COMPLETE, (Ref("stalking", "15"),), None, "done", details=Details(LINK)
    )


def test_where_no_text_may_stand_none_is_offered_as_one() -> None:
    with pytest.raises(WhichBody) as which:
        understood(f"accept 15 kentt evidence {LINK}")
    assert which.value.as_text == ""
    assert [from_slack(option.command) for option in which.value.options] == [
        f"accept 15 kent evidence {LINK}"
    ]


def test_a_question_beside_details_that_cannot_be_read_is_a_question() -> None:
    """The lookup of what was asked about is offered, whatever is wrong with the details."""
    with pytest.raises(NotUnderstood) as problem:
        understood("complete 15 kent evidence www.kent.uk/a?")
    assert problem.value.what is What.QUESTION
    assert [choice.command for choice in problem.value.suggestions] == ["15 kent"]
    assert understood("accept 15 decided by 12, how do I") == Help("accept")


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("complete 15 part a: done", Progress(Stage.COMPLETE, (R15,), None, "done", part="a")),
        ("complete 15 kent part a", Progress(Stage.COMPLETE, (R15,), body("kent"), "", part="a")),
        ("complete 15 for kent part a", Progress(Stage.COMPLETE, (R15,), body("kent"), "", part="a")),
        ("not started 15 part (ii)", Progress(Stage.NOT_STARTED, (R15,), None, "", part="ii")),
        ("progress 15 kent part a in progress", Progress(Stage.IN_PROGRESS, (R15,), body("kent"), part="a")),
    ],
)
def test_every_stage_can_be_recorded_of_a_part(typed: str, command: TypedCommand) -> None:
    assert understood(typed) == command


@pytest.mark.parametrize(
    ("typed", "details"),
    [
        ("“Minutes: of March”", Details("https://a.uk/b", evidence_title="Minutes: of March")),
        ('"Minutes"', Details("https://a.uk/b", evidence_title="Minutes")),
        ("seen on 3 March", Details("https://a.uk/b", seen_on=date(2025, 3, 3))),
        (
            "“Minutes” seen 3 Mar 2025 instead of 137",
            Details("https://a.uk/b", evidence_title="Minutes", seen_on=date(2025, 3, 3), follows=137),
        ),
        (
            "instead of update 137, decided by the Board",
            Details("https://a.uk/b", decided_by="the Board", follows=137),
        ),
    ],
)
def test_a_link_has_a_title_the_day_it_was_seen_and_the_dead_link_it_follows(
    typed: str, details: Details
) -> None:
    command = understood(f"note 15 kent evidence https://a.uk/b {typed}: it moved")
    assert command == Note(R15, body("kent"), "it moved", details=details)
    again = TypedDetails(details).words
    assert understood(f"note 15 kent {again}: it moved") == command
