"""After the tour: a prompt at which one types `/recs …` as any of the cast, clicks, and moves the clock."""

import cmd
import time
from collections.abc import Callable, Mapping, Sequence

from bot.standin.cast import CAST, CHANNEL, CHANNEL_NAME
from bot.standin.composer import BOT_HANDLE
from bot.standin.conversation import Conversation
from bot.standin.delivery import CommandFailed, NoReply, OperationTimeout
from bot.standin.messages import Button, Post, Reply
from bot.standin.moved_clock import LONDON, MovedClock, moment
from bot.standin.people import Person
from bot.standin.stand_in import StandIn

# After the clock was moved, what comes by itself comes within this time, in seconds.
_BY_ITSELF_WITHIN = 1.5
_PRIVATELY = ""

_HELP = f"""\
/recs 15             a command, as the person you are; /recs help says what there is
@recbot 15           the same in a message; in the direct messages with recbot just 15
as kim               be somebody else: {", ".join(character.name.split()[0].lower() for character in CAST)}
#{CHANNEL_NAME} · dm   type in the channel, or in the direct messages with recbot
click Undo · click 2 press a button of what was shown last, by its label or its place
clock +1d            move the clock on: +30m, +2h, +1d, +1w, next monday 09:00, 2025-03-28T09:00
seen                 what only this person has seen
channel              what stands in #{CHANNEL_NAME}, threads included
quit                 end; nothing is kept"""


class Prompt(cmd.Cmd):
    """One method a word. Every method returns nothing, but `do_quit`, which ends the loop."""

    def __init__(
        self, slack: StandIn, clock: MovedClock, cast: Mapping[str, Person], conversation: Conversation
    ) -> None:
        super().__init__()
        self._slack = slack
        self._clock = clock
        self._cast = cast
        self._conversation = conversation
        self._person = cast["cora"]
        self._channel = CHANNEL
        self._shown: list[Reply | Post] = []
        self._known = {post.ts for post in self._all_posts()}
        self._show_prompt()

    def do_as(self, text: str) -> None:
        typed_name = text.strip().lstrip("@").lower()
        for person in self._cast.values():
            if typed_name in (person.handle, person.name.lower()):
                self._person = person
                self._shown = [message for message in self._shown if _is_for_everybody(message)]
                return
        self._say(f"The cast is {', '.join(self._cast)}. For example: as kim")

    def do_dm(self, _: str) -> None:
        self._channel = _PRIVATELY

    def do_click(self, text: str) -> None:
        try:
            message, button = self._button(text.strip())
        except LookupError as error:
            self._say(str(error.args[0]))
            return
        person = self._person
        self._conversation.clicked(person, button.label)
        self._answer(lambda: person.clicks(message, button.label, button.accessibility_label), self._shown)

    def do_clock(self, text: str) -> None:
        now = self._clock.now()
        try:
            instant = moment(text, now)
        except (ValueError, OverflowError):
            self._say("Say +30m, +2h, +1d, +1w, next monday 09:00, or an instant such as 2025-03-28T09:00.")
            return
        if instant < now:
            self._say("The clock only goes forward: the register records what happens as it happens.")
            return
        self._clock.move_to(instant)
        self._say(f"It is {instant.astimezone(LONDON):%A %d %B %Y, %H:%M} in London.")
        self._wait_for_news()

    def do_seen(self, _: str) -> None:
        replies = self._slack.seen_by(self._person.id)
        self._show([*replies], f"{self._person.name} has seen nothing yet.")

    def do_channel(self, _: str) -> None:
        self._show([*self._all_posts()], f"Nothing stands in #{CHANNEL_NAME} yet.")

    def do_help(self, _: str) -> None:
        self._say(_HELP)

    def do_quit(self, _: str) -> bool:
        return True

    def do_EOF(self, _: str) -> bool:  # noqa: N802 - the name that cmd gives to the end of the input
        self._say("")
        return True

    def default(self, line: str) -> None:
        if line == f"#{CHANNEL_NAME}":
            self._channel = CHANNEL
        elif line.split(maxsplit=1)[0] == "/recs":
            person, channel = self._person, self._channel
            self._answer(lambda: person.types(line, channel), beside=[])
        elif self._channel != CHANNEL or f"@{BOT_HANDLE}" in line:
            person, channel = self._person, self._channel
            self._answer(lambda: person.says(line, channel), beside=[])
        else:
            self._say("Type a command such as /recs 15, a question such as @recbot 15, or help.")

    def emptyline(self) -> bool:
        """Do nothing; otherwise cmd would do the last thing again."""
        return False

    def postcmd(self, stop: bool, line: str) -> bool:
        if not stop:
            self._show_news()
            self._show_prompt()
        return stop

    # Acting and showing

    def _answer(self, act: Callable[[], Reply | None], beside: Sequence[Reply | Post]) -> None:
        """Show what comes back; `beside` is what stays to be clicked, unless the reply takes its place."""
        try:
            reply = act()
        except (OperationTimeout, CommandFailed, NoReply) as error:
            self._say(f"Slack says: {error}")
            return
        if reply is None:
            self._say("Nothing came back.")
            return
        self._shown = [*(message for message in beside if message.ts != reply.ts), reply]
        self._known.add(reply.ts)
        self._conversation.saw(self._person, reply)

    def _button(self, text: str) -> tuple[Reply | Post, Button]:
        """Return the button meant by its place or label. Raises LookupError with words for the person."""
        buttons = [(message, button) for message in self._shown for button in message.buttons]
        if not buttons:
            raise LookupError("There is no button in what was shown last.")
        if text.isdecimal():
            matches = buttons[int(text) - 1 : int(text)] if int(text) else []
        else:
            matches = [pair for pair in buttons if text.lower() in _names_of(pair[1])]
        if len(matches) != 1:
            names = ", ".join(f"{place} {button.label}" for place, (_, button) in enumerate(buttons, start=1))
            raise LookupError(f"The buttons are: {names}. For example: click {buttons[0][1].label}, click 1")
        return matches[0]

    def _show(self, messages: Sequence[Reply | Post], otherwise: str) -> None:
        for message in messages:
            if isinstance(message, Post):
                self._conversation.posted(message)
            else:
                self._conversation.saw(self._person, message)
        self._shown = list(messages)
        if not messages:
            self._say(otherwise)

    def _wait_for_news(self) -> None:
        latest = time.monotonic() + _BY_ITSELF_WITHIN
        while time.monotonic() < latest and not self._news():
            time.sleep(0.05)
        # A thread follows its post at once.
        time.sleep(1 if self._news() else 0)

    def _show_news(self) -> None:
        """Show what came to the channel by itself since the last look."""
        if news := self._news():
            self._known.update(post.ts for post in news)
            self._show(news, "")

    def _news(self) -> list[Post]:
        return [post for post in self._all_posts() if post.ts not in self._known]

    def _all_posts(self) -> list[Post]:
        """Return the channel's posts, each with its thread after it."""
        heads = self._slack.posts(CHANNEL)
        return [post for head in heads for post in (head, *self._slack.thread(CHANNEL, head.ts))]

    def _show_prompt(self) -> None:
        location = f"#{CHANNEL_NAME}" if self._channel == CHANNEL else "direct messages"
        now = self._clock.now().astimezone(LONDON)
        self.prompt = f"\n{self._person.name}, {location}, {now:%a} {now.day} {now:%b %Y %H:%M} > "

    def _say(self, text: str) -> None:
        self._conversation.says(text)


def _is_for_everybody(message: Reply | Post) -> bool:
    return isinstance(message, Post) or message.response_type == "in_channel"


def _names_of(button: Button) -> tuple[str, str]:
    return button.label.lower(), button.accessibility_label.lower()
