"""What a plain sentence was understood as. Commands are texts as a person would type them after `/recs`."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from msgspec import Struct

from bot.domain.free_text import for_slack
from bot.domain.questions.model import Question
from bot.domain.refusals.refusal import Refusal


class Answerable(Struct, frozen=True):
    """A question that can be answered: `command` is its canonical text. `question` is None for what is no
    question about the register but a command that asks: a search, the digest, help."""

    command: str
    question: Question | None = None


class Offered(Struct, frozen=True):
    """Commands that record or send, each to be pressed by the person; nothing is done until then."""

    commands: tuple[str, ...]


class About(StrEnum):
    """What is not clear."""

    RECOMMENDATION = "recommendation"
    REPORT = "report"
    BODY = "body"
    NAME = "name"
    DAY = "day"
    ROLE = "role"
    QUESTION = "question"
    STATE = "state"  # several recommendations have a state each, and one question asks one


class Asked(Struct, frozen=True):
    """It may be several things: each a whole command that keeps the rest of what was said."""

    about: About
    commands: tuple[str, ...]
    # Where any body may be meant: the command with a place for its name, as `grammar/unfinished.py` fills it.
    without_body: str = ""


class WhyNot(StrEnum):
    """Why there is no answer."""

    NOT_KNOWN = "not known"  # crime figures, telephone numbers, advice, places outside England and Wales
    NOT_UNDERSTOOD = "not understood"
    NOT_YOURS = "not yours"  # somebody else records that
    NOT_CERTAIN = "not certain"  # negated, hedged or to come: nothing can be recorded of it
    SMALL_TALK = "small talk"

    @property
    def leaves_open(self) -> bool:
        """Whether the same words may be understood in another way."""
        match self:
            case WhyNot.NOT_UNDERSTOOD | WhyNot.NOT_CERTAIN:
                return True
            case WhyNot.NOT_KNOWN | WhyNot.NOT_YOURS | WhyNot.SMALL_TALK:
                return False
        assert_never(self)


class NotAnswered(Struct, frozen=True):
    """`nearest` are lookups to offer as buttons; `bodies` are those whose contacts could record it."""

    why: WhyNot
    nearest: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()


Understanding = Answerable | Offered | Asked | NotAnswered


def is_left_open(understood: Understanding) -> bool:
    """Return whether the same words may be understood in another way."""
    return isinstance(understood, NotAnswered) and understood.why.leaves_open


@dataclass
class SaidPlainly(Refusal):
    """Plain words that are not answered at once: what they may mean is offered, and nothing was recorded.

    `typed` is the text as Slack sent it."""

    understood: Offered | Asked | NotAnswered
    typed: str

    @property
    def commands(self) -> tuple[str, ...]:
        """What is offered, as Slack would send it."""
        match self.understood:
            case Offered(commands) | Asked(_, commands):
                return tuple(_as_sent(command) for command in commands)
            case NotAnswered(nearest=nearest):
                return tuple(_as_sent(command) for command in nearest)


_MENTION = re.compile(r"(<@[UW][A-Z0-9]+(?:\|[^<>]*)?>)")


def _as_sent(command: str) -> str:
    """Return a command as Slack would send it: all signs are escaped but those of mentions."""
    parts = _MENTION.split(command)
    return "".join(part if place % 2 else for_slack(part) for place, part in enumerate(parts))
