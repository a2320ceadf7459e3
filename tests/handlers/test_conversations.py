"""What is written to recbot: whose messages are answered, once, and where."""

from typing import Any

import pytest
from slack_bolt import BoltContext

from bot.domain.register.people import PersonKey
from bot.domain.values import replace
from bot.rendering.blocks.buttons import ASK_TEXT
from bot.standin.examination import examine
from handlers import conversations
from tests.cast import ALICE, CORA, HOME, VIC, Register
from tests.handlers.front_door import buttons
from tests.handlers.recorded import Json
from tests.storage.audit import audit

BOT = "U0RECBOT"
CHANNEL = "C0COORD"


class Recorder:
    """Keeps what would be posted."""

    def __init__(self) -> None:
        self.posts: list[Json] = []

    def chat_postEphemeral(self, *, channel: str, user: str, **message: Any) -> Json:  # noqa: N802
        assert examine({"channel": channel, "user": user, **message}) == []
        self.posts.append({"channel": channel, "user": user, **message})
        return {"message_ts": "1.2"}

    def conversations_info(self, *, channel: str) -> Json:
        raise NotImplementedError


class Here:
    """A register with somebody who writes."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.recorder = Recorder()
        self.services = replace(register.services(), conversations=self.recorder)

    def writes(self, event_id: str = "Ev1", **event: Any) -> list[Json]:
        """In the direct messages with recbot; what is posted then."""
        message = {"type": "message", "channel_type": "im", "channel": "D0VIC", "user": VIC.user_id}
        return self._tells(conversations.direct_message, message | event, event_id)

    def mentions(self, text: str, event_id: str = "Ev1", **event: Any) -> list[Json]:
        """In a channel; what is posted then."""
        message = {"type": "app_mention", "channel": CHANNEL, "user": VIC.user_id, "text": text}
        return self._tells(conversations.mention, message | event, event_id)

    def _tells(self, listener: Any, event: Json, event_id: str) -> list[Json]:
        before = len(self.recorder.posts)
        body = {"team_id": HOME, "event_id": event_id, "event": event}
        listener(event, body, self.services, BoltContext({"bot_user_id": BOT}))
        return self.recorder.posts[before:]


@pytest.fixture
def here(register: Register) -> Here:
    return Here(register)


def test_a_question_is_answered_in_its_thread_for_its_writer(here: Here) -> None:
    (post,) = here.mentions(f"<@{BOT}> 15", thread_ts="1700000000.000100")
    assert post["text"].startswith("Stalking 15: ")
    assert (post["channel"], post["user"]) == (CHANNEL, VIC.user_id)
    assert post["thread_ts"] == "1700000000.000100"


@pytest.mark.parametrize("text", ["<@U0RECBOT>: 15", "15 <@U0RECBOT|recbot>", "<@U0RECBOT>, #15"])
def test_the_mention_itself_is_no_part_of_the_question(here: Here, text: str) -> None:
    assert here.mentions(text)[0]["text"].startswith("Stalking 15: ")


def test_an_event_that_comes_again_is_answered_once(here: Here) -> None:
    assert len(here.writes("Ev7", text="15")) == 1
    assert here.writes("Ev7", text="15") == []
    assert len(here.writes("Ev8", text="15")) == 1


@pytest.mark.parametrize(
    "sign",
    [
        {"user": BOT},
        {"user": "USLACKBOT"},
        {"user": ""},
        {"bot_id": "B0OTHER"},
        {"app_id": "A0OTHER"},
        {"bot_profile": {"id": "B0OTHER"}},
        {"edited": {"user": VIC.user_id, "ts": "1.2"}},
        {"hidden": True},
        {"subtype": "bot_message"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"channel_type": "channel"},
        {"channel": ""},
    ],
    ids=str,
)
def test_apps_and_what_was_changed_later_are_not_answered(here: Here, sign: Json) -> None:
    assert here.writes(**{"text": "15", **sign}) == []


@pytest.mark.parametrize("malformed", [{"text": None}, {"text": ["15"]}, {"thread_ts": 3}, {"team": {}}])
def test_an_event_of_another_shape_is_answered_all_the_same(here: Here, malformed: Json) -> None:
    assert len(here.writes(**{"text": "15", **malformed})) == 1


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("accept 15 kent", "Record"),
        ("complete 15 kent: done", "Record"),
        ("note 15 kent: text", "Record"),
        ("undo", "Take back"),
        ("update 15", "Open the form"),
        ("remind 15", "Send"),
        ("digest send", "Send"),
        ("add report", "Open the form"),
        ("grant <@U0ED|ed> kent", "Grant"),
        ("redact 3", "Erase"),
    ],
)
def test_nothing_is_done_by_a_message(here: Here, sqlite_url: str, text: str, does: str) -> None:
    before = len(audit(sqlite_url))
    (post,) = here.writes(text=text, user=ALICE.user_id)
    assert post["text"] == "Nothing is done until you press the button."
    (button,) = buttons(post)
    assert button["value"] == text
    assert button["text"]["text"].startswith(f"{does}: ")
    assert len(audit(sqlite_url)) == before


@pytest.mark.parametrize(
    ("who", "text", "asks"),
    [
        (ALICE, "decline 25", "recbot will ask why before it records."),
        (ALICE, "blocked 16", "recbot will ask what it is blocked on before it records."),
        (CORA, "withdraw 15", "recbot will ask why before it records."),
        (CORA, "ask 15 kent", "recbot will ask for the text before it sends it."),
    ],
)
def test_the_button_of_a_message_without_its_reason_asks_for_it_at_once(
    here: Here, who: PersonKey, text: str, asks: str
) -> None:
    (post,) = here.writes(text=text, user=who.user_id)
    (button,) = buttons(post)
    assert button["value"] == text
    assert button["action_id"].startswith(ASK_TEXT)
    assert asks in str(post["blocks"])


def test_a_coordinators_message_that_names_no_body_asks_for_it(here: Here) -> None:
    (post,) = here.writes(user=CORA.user_id, text="complete 15: two ISACs")
    assert post["text"] == "Which policing body do you mean?"
    (menu,) = (block for block in post["blocks"] if block["type"] == "actions")
    assert menu["block_id"] == "complete 15 {body}: two ISACs"
    assert len(menu["elements"][0]["options"]) == 43


def test_a_text_too_long_for_a_button_is_given_back(here: Here) -> None:
    (post,) = here.writes(text="note 15 kent: " + "word " * 500, user=ALICE.user_id)
    assert post["text"] == "Nothing was done: it is too long for a button."
    assert "Write it after /recs: note 15 kent: word word" in str(post["blocks"])
    assert "You typed: note 15 kent: word word" in str(post["blocks"])


def test_somebody_of_another_organisation_is_shown_nothing(here: Here) -> None:
    (post,) = here.mentions(f"<@{BOT}> 15", user="U0STRANGE", user_team="T0OTHER", team=HOME)
    assert "Stalking" not in str(post)


def test_a_question_that_comes_with_a_table_is_answered_too_and_each_once(here: Here) -> None:
    table: dict[str, Any] = {
        "subtype": "file_share",
        "files": [{"id": "F1", "name": "contacts.csv"}],
        "text": "15",
    }
    posts = here.writes(**table)
    assert [post["text"].partition(":")[0] for post in posts] == [
        "Only coordinators can do this.",
        "Stalking 15",
    ]
    assert here.writes(**table) == []
    assert len(here.writes("Ev2", **(table | {"text": ""}))) == 1
