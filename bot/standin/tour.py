"""The tour: Monday's digest, what a coordinator asks, what a contact records, and who is refused and why."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from bot.standin.cast import CAST, CHANNEL, CHANNEL_NAME
from bot.standin.conversation import Conversation
from bot.standin.delivery import CommandFailed, NoReply, OperationTimeout
from bot.standin.messages import Post, Reply
from bot.standin.moved_clock import MovedClock
from bot.standin.people import Person
from bot.standin.stand_in import StandIn

# The demo begins half a minute before Monday's digest; the tour skips most of the wait.
BEGINS = datetime(2025, 3, 10, 8, 59, 30, tzinfo=UTC)
JUST_BEFORE_NINE = datetime(2025, 3, 10, 8, 59, 58, tzinfo=UTC)

_DIGEST_WITHIN = 60.0  # seconds
_PRIVATELY = ""
_NO_RIGHT = "Cora Lane can"


class StepFailed(Exception):
    """A step did not go as it should: which one, and how."""

    def __init__(self, step: str, how: str) -> None:
        super().__init__(f"{step}: {how}")


class Tour:
    """One walk through the register; `steps` counts what was done and answered."""

    def __init__(
        self, slack: StandIn, clock: MovedClock, cast: Mapping[str, Person], conversation: Conversation
    ) -> None:
        self.steps = 0
        self._slack = slack
        self._clock = clock
        self._cast = cast
        self._conversation = conversation

    def walk(self) -> None:
        """Take every step. Raises StepFailed at the first step that is not answered as it should be."""
        self._introduce()
        self._digest_comes()
        self._coordinator_asks()
        self._coordinator_grants()
        self._contact_records_and_undoes()
        self._others_are_refused()
        self._all_is_sound()

    def _introduce(self) -> None:
        say = self._conversation.says
        say(f"This is recbot in a Slack that stands in, on this machine alone. In #{CHANNEL_NAME} are:")
        for character in CAST:
            say(f"  {character.name}, {character.who}")

    def _digest_comes(self) -> None:
        self._notice(
            "It is Monday 10 March 2025, two seconds to nine in London. The weekly digest comes by itself."
        )
        self._clock.move_to(JUST_BEFORE_NINE)
        step = "Monday's digest at 09:00"
        digest = self._wait_for(self._digests, step, "it did not come")[0]
        self._conversation.posted(digest)
        for part in self._wait_for(lambda: self._whole_thread(digest), step, "its thread did not come whole"):
            self._conversation.posted(part)
        self._check(step, digest.all_text, "Stalking: all 43 accepted; none complete; due in 17 days.")
        self.steps += 1

    def _coordinator_asks(self) -> None:
        self._notice("Anybody in the workspace may ask. Only the person who asked sees the answer.")
        self._types("cora", "/recs", "15", "27 Mar")
        self._types("cora", "/recs 15", "43 of 43 accepted", "27 March 2025", "17 days left")
        self._types("cora", "/recs overdue", "Nothing is overdue")

    def _coordinator_grants(self) -> None:
        self._notice("Offices record for themselves. A coordinator says who speaks for which body.")
        self._types("cora", "/recs grant @kim kent", "Kim Hale", "Kent")
        self._types("cora", "/recs grant @ed essex", "Ed Moss", "Essex")

    def _contact_records_and_undoes(self) -> None:
        self._notice("Kim speaks for Kent alone, so she need not name it. It takes one line.")
        recorded = self._types(
            "kim",
            "/recs progress 15 in progress: two ISACs start in April",
            "Recorded for Kent",
            "two ISACs start in April",
            channel=_PRIVATELY,
        )
        self._types("kim", "/recs 15 kent", "in progress", "Kim Hale", channel=_PRIVATELY)
        self._notice("That was too early. For a while she can take it back with a click …")
        self._clicks("kim", recorded, "Undo", "Taken back for Kent")
        self._notice("… and nothing is erased by it: the history holds both.")
        self._types(
            "kim", "/recs history 15 kent", "two ISACs start in April", "took back", channel=_PRIVATELY
        )

    def _others_are_refused(self) -> None:
        self._notice("Nobody records for others, and each refusal says why and who can help.")
        self._types("ed", "/recs note 15 kent: our neighbours are late", "Only Kent's contacts", _NO_RIGHT)
        self._types("vic", "/recs progress 15 kent complete: all done", "contacts", _NO_RIGHT)
        self._notice("Guests and other organisations see nothing until a coordinator gives them a role.")
        self._types("gus", "/recs 15", "You cannot see the register yet", _NO_RIGHT)
        self._types("stella", "/recs 15", "You cannot see the register yet", _NO_RIGHT)

    def _all_is_sound(self) -> None:
        digests = self._digests()
        if len(digests) != 1:
            raise StepFailed("Monday's digest at 09:00", f"it came {len(digests)} times")
        if faults := self._slack.faults_found:
            raise StepFailed("What recbot sent", f"Slack would not show it as meant: {faults[0]}")

    def _types(self, who: str, text: str, *expected: str, channel: str = CHANNEL) -> Reply:
        person, step = self._cast[who], f"{self._cast[who].name} types {text}"
        self._conversation.typed(person, channel, text)
        return self._answered(person, step, lambda: person.types(text, channel), expected)

    def _clicks(self, who: str, message: Reply, label: str, *expected: str) -> Reply:
        person, step = self._cast[who], f"{self._cast[who].name} clicks {label}"
        self._conversation.clicked(person, label)
        return self._answered(person, step, lambda: person.clicks(message, label), expected)

    def _answered(
        self, person: Person, step: str, act: Callable[[], Reply | None], expected: tuple[str, ...]
    ) -> Reply:
        try:
            reply = act()
        except OperationTimeout:
            raise StepFailed(step, "no answer within three seconds") from None
        except (CommandFailed, LookupError, NoReply) as error:
            raise StepFailed(step, f"no answer ({error})") from None
        if reply is None:
            raise StepFailed(step, "nothing came back")
        self._conversation.saw(person, reply)
        self._check(step, reply.all_text, *expected)
        self.steps += 1
        return reply

    def _check(self, step: str, text: str, *expected: str) -> None:
        for words in expected:
            if words not in text.replace("’", "'"):
                raise StepFailed(step, f"the answer does not say “{words}”")

    def _digests(self) -> list[Post]:
        return [post for post in self._slack.posts(CHANNEL) if post.user == self._slack.bot_user_id]

    def _whole_thread(self, digest: Post) -> list[Post]:
        """Return the parts that follow the digest, once they are there: of the example there is one."""
        return list(self._slack.thread(CHANNEL, digest.ts))

    def _wait_for(self, read_posts: Callable[[], list[Post]], step: str, how: str) -> list[Post]:
        latest = time.monotonic() + _DIGEST_WITHIN
        while not (posts := read_posts()):
            if time.monotonic() > latest:
                raise StepFailed(step, f"{how} within {_DIGEST_WITHIN:.0f} seconds")
            time.sleep(0.05)
        return posts

    def _notice(self, text: str) -> None:
        self._conversation.notice(text)
