"""How each act of docs/authorisation.md is done: what is typed is in the table, the rest is here."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.messages.home import HomePlace, Topic
from bot.domain.questions.grammar.unfinished import PLACE
from bot.domain.questions.grammar.written_questions import read_question
from bot.domain.register.adding import Field
from bot.domain.register.letter_frame import FrameField
from bot.domain.register.people import Actor, Membership
from bot.importing.reading import read_content
from bot.operations.imports import from_slack
from bot.operations.questions.answering import Answering
from bot.operations.request.name_book import read_names
from bot.rendering.blocks import buttons
from bot.rendering.blocks.home import contact, coordinator, parts
from bot.rendering.blocks.messages import doubt, reminder
from bot.rendering.blocks.questions import answer, letter
from bot.rendering.blocks.recording import (
    add,
    approve,
    ask_body,
    extend,
    grant,
    imports,
    lacking_text,
    update_form,
    which_body,
)
from bot.standin.elements import elements_in
from bot.standin.entries import Entry, entered, first_entries
from tests import cast
from tests.authorisation.office import Json, Office
from tests.authorisation.table import Row
from tests.cast import CORA

_MENTIONS = {"@gus": "<@U0GUS|gus>", "@ed": "<@U0ED|ed>", "#coord": "<#C0COORD|coord>"}
_A_REPORT: Mapping[str, Entry] = {
    Field.TITLE: "The police response to fraud",
    Field.KEY: "fraud",
    Field.PUBLISHERS: "HMICFRS",
    Field.PUBLISHED: "2025-01-20",
}
_A_RECOMMENDATION: Mapping[str, Entry] = {Field.NUMBER: "30", Field.WORDING: "Review the services."}


def do(office: Office, row: Row) -> str:
    """What the asker is shown."""
    if (write := TYPED.get(row.road)) is not None:
        return write(office, _typed(office, row.how))
    return ACTS[row.road, row.how](office, row.act)


def prepare(office: Office, row: Row) -> bool:
    """Whether something had to be done before the act, in the register alone."""
    if row.how == "/recs back":
        office.is_away()
        return True
    if "follow no longer" in row.act:
        office.follows("region:Wales", "report:stalking")
        return True
    if row.how != "Resume reminders":
        return False
    office.pauses_reminders()
    return True


def is_known(row: Row) -> bool:
    return row.road in TYPED or (row.road, row.how) in ACTS


def _typed(office: Office, how: str) -> str:
    command = how.removeprefix("/recs").strip().replace("SEQ", str(office.happened.secret))
    for handle, mention in _MENTIONS.items():
        command = command.replace(handle, mention)
    return command.replace("kent", office.asker.target)


def _more(office: Office, act: str) -> str:
    return office.clicks(buttons.MORE, _lookup(office, act))


def _share(office: Office, act: str) -> str:
    return office.clicks(buttons.SHARE, _lookup(office, act))


def _lookup(office: Office, act: str) -> str:
    return f"history 15 {office.asker.target}" if "may not be quoted" in act else "status 15"


def _listed(office: Office, action: str) -> str:
    """Press a button under the list of those who have not completed 15, as it stands."""
    request = cast.occasion(CORA)
    with office.store.reading() as connection:
        question = read_question("15 not complete", read_names(connection), request.today)
        coordinator_now = Actor(cast.person(CORA), is_coordinator=True)
        fingerprint = Answering(connection, coordinator_now, request, question).fingerprint()
    return office.clicks(action, f"{fingerprint} 15 not complete")


def _did_you_mean(office: Office, act: str) -> str:
    target = office.asker.target
    return office.clicks(f"{buttons.CHOOSE}-1", f"note 15 {target}: text" if "note" in act else target)


def _unfollow(office: Office, where: str = "", *, in_home: bool = False) -> str:
    command = f"unfollow report stalking{where}"
    return office.clicks(f"{buttons.SHOW}:{command}", command, in_home=in_home)


_UNFINISHED = f"note 15 {PLACE}: text"


def _body_of_a_command(office: Office, _act: str) -> str:
    return office.chooses_in_message(which_body.BODY_MENU, _UNFINISHED, office.asker.target)


def _body_of_a_long_command(office: Office, _act: str) -> str:
    form = _opened_with_rights(
        office, "coordinator", lambda: office.clicks(which_body.BODY_FORM, _UNFINISHED)
    )
    return _send(office, form, {which_body.BODY: office.asker.target})


def _ask_why(office: Office) -> str:
    return office.clicks(f"{buttons.ASK_TEXT}-1", f"complete 16 {office.asker.target}")


def _said_why(office: Office, _act: str) -> str:
    form = _opened_with_rights(office, "contact", lambda: _ask_why(office))
    return _send(office, form, {lacking_text.FORM.field: "the providers have opened"})


def _snooze_one(office: Office, _act: str) -> str:
    code = office.happened.body_code
    return office.clicks(f"{reminder.SNOOZE}:stalking-15:{code}", f"stalking-15 {code}")


def _record_progress(office: Office, act: str) -> str:
    if act == "check":
        form = _opened_with_rights(office, "coordinator", lambda: _update(office, "stalking-16"))
        return _send(office, form, {update_form.PROGRESS: "checked"})
    form = _opened_with_rights(office, "contact", lambda: _update(office))
    return _send(office, form, {update_form.NOTE: "we have begun", update_form.PROGRESS: "in progress"})


def _update(office: Office, recommendation: str = "stalking-15", *, in_home: bool = False) -> str:
    about = (recommendation, office.happened.body_code)
    return office.clicks(":".join((buttons.UPDATE, *about)), " ".join(about), in_home=in_home)


def _update_all(office: Office, *, in_home: bool = False) -> str:
    code = office.happened.body_code
    return office.clicks(f"{buttons.UPDATE_ALL}:{code}", code, in_home=in_home)


def _recommendation_corrected(office: Office, act: str) -> str:
    """What is sent first is only looked at; the same sent again corrects it."""
    form = _opened_with_rights(office, "coordinator", lambda: office.types("correct 15"))
    entries: Mapping[str, Entry] = {Field.WORDING: "Review the services, and close the gaps."}
    if act.startswith("see"):
        return _send(office, form, entries)
    looked_at = _opened_with_rights(office, "coordinator", lambda: _send(office, form, entries))
    return _send(office, looked_at, {})


def _another_added(office: Office, _act: str) -> str:
    """The form says that one was added, and keeps what the next has in common with it."""
    form = _opened_with_rights(office, "coordinator", lambda: office.types("add stalking"))
    rest = {"scope": "all", "chosen": [], "respond_by": "", "due_on": "", "joint_with": ""}
    carried = json.dumps({"report": "stalking", "rest": rest})
    return office.presses(form | {"private_metadata": carried}, _filled(form, {}), add.ADD_ANOTHER)


def _answer_changed(office: Office, _act: str) -> str:
    form = _opened_with_rights(office, "contact", lambda: _update(office))
    return office.presses(form, _filled(form, {}), update_form.CHANGE_ANSWER)


def _body_chosen(office: Office, _act: str) -> str:
    form = _opened_with_rights(office, "coordinator", lambda: office.types("update 15"))
    return _choose(office, form, update_form.BODY, office.happened.body_code)


def _correct(office: Office, seq: int, *, in_home: bool) -> str:
    return office.clicks(f"{buttons.CORRECT}:{seq}", str(seq), in_home=in_home)


def _own_corrected(office: Office, _act: str) -> str:
    seq = office.happened.own
    form = _opened_with_rights(office, "contact", lambda: _correct(office, seq, in_home=True))
    return _send(office, form, {update_form.NOTE: "we begin soon"})


def _anothers_corrected(office: Office, _act: str) -> str:
    """No such form is opened: one for the same addressee is made to name the other's update."""
    form = _opened_with_rights(office, "contact", lambda: _update(office))
    carried = json.loads(form["private_metadata"]) | {"corrects": office.happened.secret}
    return _send(office, form | {"private_metadata": json.dumps(carried)}, {update_form.NOTE: "not so"})


def _more_of_home(office: Office, act: str) -> str:
    topic = Topic.TEXTS if "may not be quoted" in act else Topic.LIVE
    return _home_button(office, f"{parts.PAGE}:{topic}", HomePlace(topic).name)


def _add(office: Office, act: str, typed: str, entries: Mapping[str, Entry]) -> str:
    """What is sent first is only looked at; the same sent again adds it."""
    form = _opened_with_rights(office, "coordinator", lambda: office.types(typed))
    if act.startswith("see"):
        return _send(office, form, entries)
    looked_at = _opened_with_rights(office, "coordinator", lambda: _send(office, form, entries))
    return _send(office, looked_at, {})


def _import(office: Office, act: str) -> str:
    """What is sent first is only looked at; the same sent again is recorded."""
    table: Mapping[str, Entry] = {imports.TABLE: "user,body\nU0GUS,Surrey", imports.HOLDS: "contacts"}
    return _add(office, act, "import", table)


def _record_file(office: Office, _act: str) -> str:
    """As it was shown to a coordinator."""
    file = office.services.dropped_files.fetch("F1")
    batch = read_content(file.name, file.content)
    look = from_slack.look(office.services, cast.occasion(CORA), batch, "file:F1")
    return office.records_file(f"F1 {look.fingerprint}")


def _answer(office: Office, *, in_home: bool = False) -> str:
    seq = office.happened.question
    return office.clicks(f"{ask_body.ANSWER}:{seq}", str(seq), in_home=in_home)


def _answered(office: Office, _act: str) -> str:
    form = _opened_with_rights(office, "contact", lambda: _answer(office))
    return _send(office, form, {ask_body.ANSWER_FORM.field: "the one in the north"})


def _settle(office: Office, verdict: str) -> str:
    return office.clicks(f"{verdict}:{office.happened.doubted}", office.happened.doubted)


def _refuse(office: Office, *, in_home: bool = False) -> str:
    request = str(office.happened.request)
    return office.clicks(f"{extend.REFUSE}:{request}", request, in_home=in_home)


def _refuse_more_time(office: Office, _act: str) -> str:
    form = _opened_with_rights(office, "coordinator", lambda: _refuse(office))
    return _send(office, form, {extend.REFUSAL_FORM.field: "the date is the inspectorate's"})


def _press_on_recording(office: Office, action: str, *, in_home: bool = False) -> str:
    seq = str(office.happened.for_approval)
    return office.clicks(f"{action}:{seq}", seq, in_home=in_home)


def _send_back(office: Office, _act: str) -> str:
    form = _opened_with_rights(office, "coordinator", lambda: _press_on_recording(office, approve.SEND_BACK))
    return _send(office, form, {approve.SEND_BACK_FORM.field: "one part is open"})


def _keep_the_frame(office: Office, _act: str) -> str:
    form = _opened_with_rights(office, "coordinator", lambda: office.types("letter frame stalking"))
    return _send(office, form, {FrameField.OPENING: "You wrote to us."})


def _grant_a_role(office: Office, _act: str) -> str:
    form = _opened_with_rights(office, "coordinator", lambda: _home_button(office, grant.GRANT_ROLE))
    return _send(office, form, {grant.PERSON: "U0GUS", grant.ROLE: "coordinator"})


def _revoke_a_role(office: Office, _act: str) -> str:
    form = _opened_with_rights(office, "coordinator", lambda: _home_button(office, grant.REVOKE_ROLE))
    return _send(office, form, {grant.HELD: "Surrey: Bob Byrne"})


def _home_button(office: Office, action: str, value: str = "x") -> str:
    return office.clicks(action, value, in_home=True)


def _opened_with_rights(office: Office, granted: str, opens: Callable[[], str]) -> Json:
    """A form that the asker opened when they still might; after that they are what they are now."""
    now = office.asker
    membership = Membership.MEMBER if now.membership is Membership.DEACTIVATED else now.membership
    body = "ended" if now.body == "ended" else "own"
    office.becomes(replace(now, granted=granted, membership=membership, body=body))
    opens()
    office.becomes(now)
    form = office.slack.screens[-1]
    assert "submit" in form, form
    return form


def _send(office: Office, form: Json, entries: Mapping[str, Entry]) -> str:
    return office.sends(form, _filled(form, entries))


def _choose(office: Office, form: Json, field: str, option: str) -> str:
    return office.chooses(form, _filled(form, {field: option}), field)


def _filled(form: Json, entries: Mapping[str, Entry]) -> Json:
    values = first_entries(form["blocks"], {})
    for placed in elements_in(form["blocks"]):
        block_id, action_id = placed.key
        if action_id in entries:
            values[block_id][action_id] = entered(placed.element, entries[action_id], {})
    return values


# What a button or a form is called, and what stands in its way to be pressed: its id and its value.
ACTS: Mapping[tuple[str, str], Callable[[Office, str], str]] = {
    ("button", "More"): _more,
    ("button", "Share in channel"): _share,
    ("button", "Did you mean"): _did_you_mean,
    ("button", "Did you mean (follow)"): lambda office, _act: office.clicks(
        f"{buttons.CHOOSE}-1", "follow region Wales"
    ),
    ("button", "Unfollow"): lambda office, _act: _unfollow(office),
    ("button", "Unfollow in a channel"): lambda office, _act: _unfollow(office, " in <#C0COORD>"),
    ("Home", "Unfollow"): lambda office, _act: _unfollow(office, in_home=True),
    ("button", "Show"): lambda office, _act: office.clicks(f"{buttons.SHOW}:stalking 15", "stalking 15"),
    ("button", "Update"): lambda office, _act: _update(office),
    ("button", "Update all"): lambda office, _act: _update_all(office),
    ("button", "Answer"): lambda office, _act: office.clicks(
        f"{buttons.UPDATE}:answer", f"stalking-15 {office.happened.body_code}"
    ),
    ("button", "Correct"): lambda office, _act: _correct(office, office.happened.own, in_home=False),
    ("button", "Undo"): lambda office, _act: office.clicks(buttons.UNDO, str(office.happened.own)),
    ("button", "Undo another's"): lambda office, _act: office.clicks(
        buttons.UNDO, str(office.happened.secret)
    ),
    ("button", "Allow publishing"): lambda office, _act: office.clicks(
        buttons.ALLOW_PUBLISHING, str(office.happened.secret)
    ),
    ("button", "Stop publishing"): lambda office, _act: office.clicks(
        buttons.STOP_PUBLISHING, str(office.happened.published)
    ),
    ("button", "Snooze a week"): lambda office, _act: office.clicks(reminder.SNOOZE_ALL, reminder.SNOOZE_ALL),
    ("button", "Snooze a week (older)"): _snooze_one,
    ("button", "Ask them"): lambda office, _act: office.clicks(letter.ASK, str(office.happened.secret)),
    ("button", "File"): lambda office, _act: _listed(office, answer.FILE),
    ("button", "Remind these"): lambda office, _act: _listed(office, answer.REMIND),
    ("button", "Grant"): lambda office, _act: office.clicks(
        f"{extend.GRANT}:{office.happened.request}", str(office.happened.request)
    ),
    ("button", "Approve"): lambda office, _act: _press_on_recording(office, approve.APPROVE),
    ("button", "Send back"): lambda office, _act: _press_on_recording(office, approve.SEND_BACK),
    ("button", "Refuse"): lambda office, _act: _refuse(office),
    ("button", "Record all"): _record_file,
    ("file", "A table"): lambda office, _act: office.drops_file(),
    ("button", "It appeared"): lambda office, _act: _settle(office, doubt.APPEARED),
    ("button", "Send it again"): lambda office, _act: _settle(office, doubt.SEND_AGAIN),
    ("Home", "Home"): lambda office, _act: office.opens_home(),
    ("Home", "More"): _more_of_home,
    ("Home", "Update"): lambda office, _act: _update(office, in_home=True),
    ("Home", "Update all"): lambda office, _act: _update_all(office, in_home=True),
    ("Home", "Correct"): lambda office, _act: _correct(office, office.happened.own, in_home=True),
    ("Home", "Correct another's"): lambda office, _act: _correct(
        office, office.happened.secret, in_home=True
    ),
    ("Home", "Undo"): lambda office, _act: _home_button(
        office, f"{buttons.UNDO}:{office.happened.own}", str(office.happened.own)
    ),
    ("Home", "Preview"): lambda office, _act: _home_button(office, coordinator.PREVIEW),
    ("Home", "Grant"): lambda office, _act: _home_button(
        office, f"{extend.GRANT}:{office.happened.request}", str(office.happened.request)
    ),
    ("Home", "Approve"): lambda office, _act: _press_on_recording(office, approve.APPROVE, in_home=True),
    ("Home", "Send back"): lambda office, _act: _press_on_recording(office, approve.SEND_BACK, in_home=True),
    ("Home", "Refuse"): lambda office, _act: _refuse(office, in_home=True),
    ("Home", "Ask"): lambda office, _act: _home_button(
        office, f"{coordinator.ASK}:{office.happened.secret}", str(office.happened.secret)
    ),
    ("Home", "Pause reminders"): lambda office, _act: _home_button(
        office, f"{contact.PAUSE}:{office.happened.body_code}", office.happened.body_code
    ),
    ("Home", "Resume reminders"): lambda office, _act: _home_button(
        office, f"{contact.RESUME}:{office.happened.body_code}", office.happened.body_code
    ),
    ("Home", "Grant a role"): lambda office, _act: _home_button(office, grant.GRANT_ROLE),
    ("Home", "Revoke a role"): lambda office, _act: _home_button(office, grant.REVOKE_ROLE),
    ("shortcut", "Record progress"): lambda office, _act: office.picks("record_progress"),
    ("shortcut", "Record as progress"): lambda office, _act: office.picks_for_message("record_message"),
    ("form", "Change the answer"): _answer_changed,
    ("form", "Add another"): _another_added,
    ("form", "Correct 15"): _recommendation_corrected,
    ("button", "Choose a policing body"): lambda office, _act: office.clicks(
        which_body.BODY_FORM, _UNFINISHED
    ),
    ("button", "Say why"): lambda office, _act: _ask_why(office),
    ("form", "Say why"): _said_why,
    ("button", "Which policing body?"): _body_of_a_command,
    ("form", "Which policing body?"): _body_of_a_long_command,
    ("form", "Body"): _body_chosen,
    ("form", "Record progress"): _record_progress,
    ("form", "Correct"): _own_corrected,
    ("form", "Correct another's"): _anothers_corrected,
    ("form", "Add a report"): lambda office, act: _add(office, act, "add report", _A_REPORT),
    ("form", "Add a recommendation"): lambda office, act: _add(
        office, act, "add stalking", _A_RECOMMENDATION
    ),
    ("button", "Answer a question"): lambda office, _act: _answer(office),
    ("Home", "Answer a question"): lambda office, _act: _answer(office, in_home=True),
    ("form", "Answer a question"): _answered,
    ("form", "Import"): _import,
    ("form", "Refuse more time"): _refuse_more_time,
    ("form", "Send back"): _send_back,
    ("form", "Frame of the letter"): _keep_the_frame,
    ("form", "Grant a role"): _grant_a_role,
    ("form", "Revoke a role"): _revoke_a_role,
}

# The roads by which a text is written, which stands in the table.
TYPED: Mapping[str, Callable[[Office, str], str]] = {
    "slash": lambda office, text: office.types(text),
    "direct message": lambda office, text: office.writes(text),
    "mention": lambda office, text: office.mentions(text),
    "plain words": lambda office, text: office.types(text),
}
