"""No question, negation or hedge records, and no button under one records anything else."""

import pytest

from bot.domain.questions.grammar import typed_commands, typed_recordings
from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.grammar.problems import NotUnderstood, What, WhichBody, WhichMeaning
from bot.domain.questions.grammar.typed_commands import Help, InRegion, Standing, Status
from bot.domain.questions.grammar.typed_recordings import Note, Progress, Respond
from bot.domain.questions.grammar.verbs import VERBS
from bot.domain.questions.names import Region
from bot.domain.refusals.refusal import Refusal
from tests.domain.shipped_names import body, understood

SAM = "<@U0SAM|sam>"
KENT = body("kent")
R15 = typed_commands.Ref(None, "15")
WRITING = (
    typed_recordings.Respond,
    typed_recordings.Progress,
    typed_recordings.Note,
    typed_recordings.UpdateForm,
    typed_recordings.Undo,
    typed_recordings.Grant,
    typed_recordings.Revoke,
    typed_recordings.Extend,
    typed_recordings.Check,
    typed_recordings.Reopen,
    typed_recordings.Withdraw,
    typed_recordings.Redact,
    typed_recordings.AddReport,
    typed_recordings.AddRecommendation,
    typed_recordings.Remind,
    typed_recordings.Away,
    typed_recordings.Back,
    typed_recordings.DigestSend,
)


def outcome(typed: str) -> tuple[TypedCommand | None, list[str]]:
    """The request that was read, if any, and the commands that are offered instead."""
    try:
        return understood(typed), []
    except NotUnderstood as refusal:
        return None, [choice.command for choice in refusal.suggestions]
    except (WhichBody, WhichMeaning) as refusal:
        return None, [choice.command for choice in refusal.options]
    except Refusal:
        return None, []


def test_every_verb_that_writes_stands_behind_the_gate() -> None:
    reading = {verb.name for verb in VERBS if not verb.writes}
    assert reading == {
        *("status", "deadlines", "overdue", "waiting", "changes", "mine", "history", "search", "export"),
        *("map", "chart", "bodies", "published", "contacts", "help", "letter", "return", "calendar"),
    }


@pytest.mark.parametrize(
    ("typed", "number", "slug"),
    [
        ("accepted 16?", "16", None),
        ("done 15?", "15", None),
        ("complete 15?", "15", None),
        ("accepted 15 kent?", "15", "kent"),
        ("finished 15 in Derbys?", "15", "derbyshire"),
        ("begun 16 yet, Dorset?", "16", "dorset"),
        ("checked 15 kent?", "15", "kent"),
        ("remind 15?", "15", None),
        ("accept 15, right?", "15", None),
        ("accepted 15？", "15", None),
        ("note 15?", "15", None),
        ("note 15 kent?", "15", "kent"),
        ("update 15?", "15", None),
        ("who accepted 15", "15", None),
        ("is 15 complete?", "15", None),
        ("is kent done with 15?", "15", "kent"),
        ("have we accepted 15", "15", None),
        ("when is 15 due", "15", None),
    ],
)
def test_a_question_that_a_lookup_answers_is_answered(typed: str, number: str, slug: str | None) -> None:
    request, offered = outcome(typed)
    if request is None:
        assert f"{number} {slug}" if slug else number in offered
        return
    assert isinstance(request, Status)
    assert [ref.number for ref in request.recommendations] == [number]
    assert (request.body.slug if request.body else None) == slug


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "in progress on 25: names please",
            "complete 15: list",
            "not started on 25 - list please",
            "blocked 16 - names",
            "note 15: who?",
        ),
        *("undo?", "digest send?", f"grant {SAM} kent?", f"revoke {SAM} kent?", "reopen 15 kent?"),
        *("withdrawn 15?", "redact 137?", "add report?", "extend 15 30 Apr 2025?", "how do we accept 15"),
        *("accept 15 yes or no", "complete 15 now or wait", "we've done 15 havent we", "acept 15?"),
        *("accept 15 :question:", "accept 15 🤔", "should I accept 15", "can kent accept 15"),
        *("done 15:?", "complete 15: ?", "accept 15: are we sure?", "check 15 kent: ok?", "done? 15"),
        *("accepted 15 kant?", "redact 137: wrong person?", "update 15 how are we doing", "note kent 15?"),
        *("accept 15 :grey_question:", "accepted 15 kent has it", "started 25 have we", "is kent not late"),
        *("partly 15: ?", "decline 15: ??", "blocked 15: ?", "in progress 15: ?", "not started 15: ?"),
        *("progress 15 in progress: …?", "extend 15 30 Apr 2025: ?", "reopen 15 kent: ?", "withdraw 15: ?"),
    ],
)
def test_a_question_of_another_kind_records_nothing_and_offers_lookups_alone(typed: str) -> None:
    request, offered = outcome(typed)
    assert not isinstance(request, WRITING)
    assert not any(isinstance(understood(command), WRITING) for command in offered)


@pytest.mark.parametrize(
    "typed",
    [
        *("accept 15 not", "never accept 15", "don't accept 15", "dont accept 15", "cannot complete 15"),
        *("complete 25 not yet", "nearly complete 15", "almost done 15", "half done 15", "15 half done"),
        *("accept no 15", "accept all but 15", "accept 15 except kent", "accept 15, not 16"),
        *("complete 15 but for Medway", "accept 15 if funded", "accept 15 tomorrow", "will accept 15"),
        *("accept 15 pending sign off", "accept neither 15 nor 16", "complete 15 soon", "started 15 sort of"),
        *("complete 15 90%", "complete 15 :x:", "undone 15", "incomplete 15", "accept 15 isn’t ready"),
        *(f"grant {SAM} kent not yet", "digest send not yet", "remind 15 not", "check 15 kent maybe"),
        *(
            "accept 15 decline 16",
            "accept 15 and complete 16",
            "complete 15 start 16",
            "decline 15 accept 16",
        ),
        *("partly 15 done", "partly done 15", "complete 25 not started", "started 25 not the case"),
        *("accept no15", "accept 15 :-1:", "~accept~ 15", "~accept 15~", "accept 15:x:", "accept 15 ｎｏｔ"),
        *("blocked 15 not any more", "progress 15 in progress not until April", "25 not started but stopped"),
        *(
            "check 15 kent status",
            "check progress on 15 kent",
            "chase 15 kent status",
            "undo not",
            "un-accept 15",
        ),
        *("15 will be done", "we need to accept 15", "unable to accept 15", "kent disagrees with 15"),
    ],
)
def test_a_negation_or_a_hedge_records_nothing_and_offers_no_recording(typed: str) -> None:
    request, offered = outcome(typed)
    assert not isinstance(request, WRITING)
    assert not any(isinstance(understood(command), WRITING) for command in offered)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("25 not started", ["not started 25", "25"]),
        ("25 kent hasnt started", ["not started 25 kent", "25 kent"]),
        ("we haven’t begun 25 yet", ["not started 25", "25"]),
        ("started 25 not", ["not started 25", "25"]),
        ("not started 25 yet", ["not started 25", "25"]),
        # The first asks who has not, the second says why.
        ("not started 25 waiting for staff", ["not started 25: waiting for staff", "25"]),
        ("progress 25 not yet started: waiting", ["not started 25: waiting", "25"]),
        ("progress 15 in progress not yet in post", ["progress 15 in progress: not yet in post", "15"]),
        ("blocked 15 not enough staff", ["blocked 15: not enough staff", "15"]),
        ("decline 15 we do not have the money", ["decline 15: we do not have the money", "15"]),
        ("extend 15 30 Apr 2025 no provider has bid", ["extend 15 30 Apr 2025: no provider has bid", "15"]),
        ("accept 15 in part: only the towns", ["partly 15: only the towns", "15"]),
        ("accept 15 partly, kent", ["partly 15 kent", "15 kent"]),
    ],
)
def test_a_button_that_records_means_what_was_typed(typed: str, offered: list[str]) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        understood(typed)
    assert [choice.command for choice in refusal.value.suggestions] == offered
    assert refusal.value.what in (What.NOT_CERTAIN, What.NOT_STARTED)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "accept 15",
            "blocked 16: no names on the rota yet",
            "accept 15.",
            "accept 15!",
            "accept no. 15",
            "accept 15 no victim:",
            "not started 15 so far",
            "accept 15, 16 and 25",
            "accepted 15 kent",
        ),
        *("grant <@U0WILL|Will Hope> kent", "partly accepted 15: only the towns", "update 15 not started"),
        *("complete 15: not a day too soon", "complete 15 kent: who knew? all done", "not started 15"),
        *("progress 15 kent not started", "progress 15 under way: half of it", "decline 15: no money"),
        *("complete 15 no victim: Anna is not named", "accept 15 hampshire and isle of wight", "undo"),
        "undo!",
        *("extend 15 until 30 Apr 2025: why", "extend 15 by 30 Apr 2025: why", "digest send"),
        *(
            "withdraw 15 superseded by stalking 28: why",
            f"revoke {SAM} kent anyway",
            "redact 137: wrong person",
            "redact 137 wrong person",
        ),
    ],
)
def test_a_plain_order_is_carried_out(typed: str) -> None:
    assert isinstance(outcome(typed)[0], WRITING)


@pytest.mark.parametrize(
    "typed",
    [
        *("progress 15: nearly there", "progress 15: not yet", "progress 15: complete? not yet"),
        *("progress 15 done not started", "not started 15 done", "progress 15: blocked, no longer"),
    ],
)
def test_of_words_that_may_say_another_stage_only_the_form_is_offered(typed: str) -> None:
    request, offered = outcome(typed)
    assert request is None
    form, lookup = offered
    assert isinstance(understood(form), typed_recordings.UpdateForm)
    assert lookup == "15"


@pytest.mark.parametrize(
    ("typed", "request_"),
    [
        ("is Kent late?", typed_commands.Overdue(KENT)),
        ("is kent late on 15", typed_commands.Overdue(R15, body=KENT)),
        ("what is overdue", typed_commands.Overdue()),
        ("which are overdue in Wales?", typed_commands.Overdue(Region("Wales"))),
        ("who hasn't responded", typed_commands.Waiting()),
        ("who has not responded to 15", typed_commands.Waiting(R15)),
        ("what’s due", typed_commands.Deadlines()),
        ("what's changed?", typed_commands.Changes()),
        ("who are Kent's contacts?", typed_commands.Contacts(KENT)),
        ("accepted 15 wales?", InRegion(R15, Region("Wales"))),
        ("is wales late on 15", typed_commands.Overdue(R15, region=Region("Wales"))),
        ("is kent done?", Standing(KENT)),
        ("has Wales accepted", Standing(Region("Wales"))),
        ("what's Kent's status on 15", Status((R15,), KENT)),
        ("are 15 and 16 done?", Status((R15, typed_commands.Ref(None, "16")))),
        ("how do I accept 15", Help("accept")),
        ("how do we stand on 15", Status((R15,))),
        ("digest?", typed_commands.DigestNext()),
        ("digest preview?", typed_commands.DigestPreview()),
    ],
)
def test_a_question_gets_the_lookup_that_answers_it(typed: str, request_: TypedCommand) -> None:
    assert understood(typed) == request_


@pytest.mark.parametrize(
    "typed",
    [
        *("is kent not late", "should we accept 15?", "what did kent say about 15", "what changed on 15"),
        *("is west midlands done?", "did kent and surrey accept 15", "who are you", "can I accept 15?"),
    ],
)
def test_a_question_with_a_word_too_many_is_not_answered(typed: str) -> None:
    request, _ = outcome(typed)
    assert request is None


@pytest.mark.parametrize("text", ["what about Medway?", "not yet", ":white_check_mark: done", "is it true?"])
def test_the_text_of_a_note_may_say_anything(text: str) -> None:
    for separator in (" ", ": "):
        request, _ = outcome(f"note 15{separator}{text}")
        assert isinstance(request, Note)
        assert request.text == text


@pytest.mark.parametrize("text", ["?", "*_~`"])
def test_signs_alone_are_no_note_without_a_colon(text: str) -> None:
    request, offered = outcome(f"note 15 {text}")
    assert not isinstance(request, WRITING)
    assert not any(isinstance(understood(command), WRITING) for command in offered)


@pytest.mark.parametrize("text", ["?", "*_~`", "?!"])
def test_signs_alone_are_a_note_after_its_colon(text: str) -> None:
    request, _ = outcome(f"note 15: {text}")
    assert isinstance(request, Note)
    assert request.text == text


@pytest.mark.parametrize(
    "typed", ["update 15 hasn’t", "update 15 16 25 hasnt", "note 15 hasn't", "note 15 hasnt"]
)
def test_a_word_that_negates_is_no_misspelt_body(typed: str) -> None:
    _, offered = outcome(typed)
    assert not any("hampshire" in command for command in offered)


@pytest.mark.parametrize("verb", ["complete 15", "progress 15 in progress", "partly 15", "decline 15"])
def test_an_emoji_parts_no_text(verb: str) -> None:
    request, _ = outcome(f"{verb}: :tada::+1::skin-tone-2: all in")
    assert isinstance(request, (Progress, Respond))
    text = request.text if isinstance(request, Progress) else request.reason
    assert text == ":tada::+1::skin-tone-2: all in"


def test_help_and_lookups_may_be_asked_with_a_question_mark() -> None:
    assert isinstance(understood("help?"), Help)
    assert isinstance(understood("kent?"), Standing)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("complete 15: not yet", ["note 15: not yet", "15"]),
        ("done 15: no", ["note 15: no", "15"]),
        ("complete 15 kent: nearly done", ["note 15 kent: nearly done", "15 kent"]),
        ("complete 15: we have not done it", ["note 15: we have not done it", "15"]),
        ("complete 15: half of it", ["note 15: half of it", "15"]),
        ("complete 15: not started", ["note 15: not started", "15"]),
        ("progress 15 complete: not yet", ["note 15: not yet", "15"]),
        ("complete 15 16: never", ["note 15: never", "15", "16"]),
        ("started 15: not yet", ["note 15: not yet", "15"]),
        ("progress 15 in progress: we haven't started", ["note 15: we haven't started", "15"]),
        ("complete 15: by the end of April", ["note 15: by the end of April", "15"]),
        ("complete 15: hopefully next Tuesday", ["note 15: hopefully next Tuesday", "15"]),
        ("complete 15: 60 percent", ["note 15: 60 percent", "15"]),
        ("complete 15: still in progress", ["note 15: still in progress", "15"]),
        ("finished 15: to be done", ["note 15: to be done", "15"]),
        ("complete 15: not quite", ["note 15: not quite", "15"]),
        ("complete 15: 25 not finished", ["note 15: 25 not finished", "15"]),
        ("started 15: not until June", ["note 15: not until June", "15"]),
        ("blocked 15: no longer stuck", ["note 15: no longer stuck", "15"]),
    ],
)
def test_a_text_that_only_denies_its_state_is_asked_about(typed: str, offered: list[str]) -> None:
    assert outcome(typed) == (None, offered)


@pytest.mark.parametrize(
    "typed",
    [
        "complete 15: not a day too soon",
        "complete 15: still done",
        "complete 15: no longer blocked",
        "complete 15: not yet published by the provider",
        "started 15: not yet complete",
        "progress 15 in progress: half of it",
        "progress 15 not started: not yet",
        "decline 15: no",
        "decline 15: the panel agreed",
        "note 15: not yet",
        "complete 15: signed off on 3 March 2025",
        "complete 15: when the panel met in January, the last step was closed",
        "complete 15: all 12 officers trained",
        "complete 15: Surrey trained our staff",
        "complete 15: met",
        "blocked 15: no suppliers",
        "blocked 15: nobody to do it",
        "blocked 15: not before June",
        "partly 15: in full for towns",
        "note 15: the panel will ignore it",
        "note 15: not recorded in the minutes",
    ],
)
def test_a_text_that_says_more_or_agrees_with_its_state_decides_nothing(typed: str) -> None:
    assert isinstance(outcome(typed)[0], WRITING)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "complete 15: except the second strand",
            "done 15: apart from sign-off",
            "finished 15: all but one unit",
        ),
        *(
            "complete 15: awaiting the panel",
            "complete 15: subject to audit",
            "complete 15: once staff arrive",
        ),
        *("complete 15: still waiting for the supplier", "complete 15: done, apart from the rota"),
        *("complete 15: not all units", "progress 15 complete: pending audit"),
    ],
)
def test_a_text_that_leaves_something_out_completes_nothing(typed: str) -> None:
    request, offered = outcome(typed)
    assert request is None
    assert not any(isinstance(understood(command), Progress) for command in offered)


@pytest.mark.parametrize(
    "typed",
    [
        *("decline 15: we accept", "decline 15: no, we accept", "reject 15: yes", "partly 15: in full"),
        *("partly 15: fully accepted", "extend 15 30 Apr 2025: no", "extend 15 30 Apr 2025: not needed"),
        *(
            "note 15: ignore this",
            "note 15: don't save this",
            "decline 15: cancel that",
            "note 15: oops sorry",
        ),
        *(
            "complete 15: Surrey",
            "complete 15: by Surrey",
            "decline 15: only for Surrey",
            "started 15: Surrey not",
        ),
        *("complete 15: and 16", "complete 15: 16 too", "partly 15: also 16"),
    ],
)
def test_a_text_that_takes_its_command_back_or_is_about_another_is_not_recorded(typed: str) -> None:
    request, offered = outcome(typed)
    assert request is None
    recordings = [understood(command) for command in offered if isinstance(understood(command), WRITING)]
    assert all(isinstance(recording, Note) for recording in recordings)


@pytest.mark.parametrize(
    "typed",
    [
        *("accept 15 of 16", "accept 15 out of 25", "accept 15 *16", "accept 15, *16", "accept 15 - 25"),
        *("accept 15 sorry 16", "accept 15, no sorry, 16", "complete 15 I mean 16: trained"),
        *("accept 15 -16", "complete 15 of 16: trained", "note 15 not 16: trained", "note 15 or 16: trained"),
        *("decline 15 March: away", "partly 15 June meeting", "note 15 Nov: panel", "blocked 15 May: leave"),
    ],
)
def test_a_share_a_correction_or_a_day_is_no_recommendation(typed: str) -> None:
    request, offered = outcome(typed)
    assert request is None
    assert not any(command.startswith(("accept", "complete")) for command in offered)


@pytest.mark.parametrize(
    "typed",
    [
        *("accept *15* *16*", "*accept 15, 16*", "accept 15 with 16", "accept 15\n- 16", "accept - 15\n- 16"),
        *("note 15 may help others", "note 15 June's panel was held", "note 15 16 or 17 people came"),
    ],
)
def test_signs_and_months_that_part_nothing_do_not_stop_a_recording(typed: str) -> None:
    assert isinstance(outcome(typed)[0], WRITING)


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("started 15 investigations", None),
        ("note 15 referrals came in", "note 15: referrals came in"),
        ("decline 16 staff left", "decline 16: staff left"),
    ],
)
def test_a_number_that_counts_something_is_no_recommendation(typed: str, suggested: str | None) -> None:
    request, offered = outcome(typed)
    assert request is None
    assert [command for command in offered if ":" in command] == ([suggested] if suggested else [])


@pytest.mark.parametrize(
    "typed", ["note 15: referrals came in", "note 15 referral route agreed", "note 15 Staffs"]
)
def test_after_a_colon_a_number_counts_nothing(typed: str) -> None:
    assert isinstance(outcome(typed)[0], WRITING)


@pytest.mark.parametrize("lead", ["from", "re", "obo", "by", "about", "via"])
def test_a_body_at_once_before_the_colon_may_be_whom_it_is_for(lead: str) -> None:
    request, offered = outcome(f"note 15 {lead} Surrey: staff trained")
    assert request is None
    assert offered == ["note 15 surrey: staff trained", f"note 15: {lead} Surrey: staff trained"]
    assert outcome(f"decline 15 {lead} Surrey: no money")[0] is None
