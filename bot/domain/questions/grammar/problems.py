"""Why a command could not be read: facts for a reply, not its words.

Each carries `typed`, the person's own text as plain text, so that no reply loses it, and `usage`, the right
form to copy. A `Choice.command` is written as Slack would send it (`&`, `<` and `>` escaped): put it on a
button and hand it to `read` again as it is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bot.domain.questions.names import Body
from bot.domain.refusals.refusal import Refusal


class Choice(NamedTuple):
    """A complete command to put on a button; the label is plain text, to be shortened where needed."""

    label: str
    command: str


class What(StrEnum):
    """What was wrong. `NotUnderstood.word` holds the words in question, where there are any."""

    UNKNOWN_VERB = "unknown verb"
    VERB_FIRST = "verb first"
    QUESTION = "question"
    NOT_CERTAIN = "not certain"
    NOT_STARTED = "not started"
    IN_A_SENTENCE = "in a sentence"
    QUOTED = "quoted"
    SAYS_NOTHING = "says nothing"
    NOT_MEANT = "not meant"
    OTHER_PLACE = "other place"
    UNKNOWN_NAME = "unknown name"
    WHICH_RECOMMENDATION = "which recommendation"
    ONE_RECOMMENDATION = "one recommendation"
    ONE_BODY = "one body"
    WHICH_STAGE = "which stage"
    NO_TEXT_TAKEN = "no text taken"
    COLON_MISSING = "colon missing"
    WHICH_DETAILS = "which details"
    LEFT_OVER = "left over"
    NOT_A_DATE = "not a date"
    WHICH_DATE = "which date"
    AWAY_UNTIL = "away until when"
    WHICH_REPORT = "which report"
    WHICH_LETTER = "which letter"
    WHICH_RETURN = "which return"
    WHICH_WORDS = "which words"
    WHICH_UPDATE = "which update"
    WHICH_GROUND = "which ground"
    WHICH_PERSON = "which person"
    ONE_PERSON = "one person"
    TOO_MANY_PEOPLE = "too many people"
    WHICH_ROLE = "which role"
    WHICH_FORMAT = "which format"
    ONE_BY_ONE = "one by one"
    WHICH_SUBJECT = "which subject"
    ONE_SUBJECT = "one subject"
    WHICH_CHANNEL = "which channel"
    WHO_REPORTED = "who reported"
    WHICH_REPORT_IS_MEANT = "which report is meant"
    WHICH_DAY = "which day"
    WHICH_ADDRESS = "which address"


@dataclass
class NotUnderstood(Refusal):
    """`usage` is a whole command with its slash. `suggestions` may be empty."""

    what: What
    typed: str
    usage: str
    word: str = ""
    suggestions: tuple[Choice, ...] = ()


@dataclass
class WhichBody(Refusal):
    """`name` is several policing bodies, or nearly one (`nearly`). `as_text`, where a text may stand, is the
    command in which these words are no name but the beginning of the text."""

    name: str
    typed: str
    usage: str
    options: tuple[Choice, ...]
    nearly: bool
    as_text: str = ""


@dataclass
class WhichMeaning(Refusal):
    """`name` is several things (a region and a body), or nearly some (`nearly`)."""

    name: str
    typed: str
    usage: str
    options: tuple[Choice, ...]
    nearly: bool


@dataclass
class WhichBodyToRecordFor(Refusal):
    """A command lacks the body to record for. `unfinished` is the command as Slack sent it, with a place for
    the name, as `unfinished.py` fills it; `choices` are the bodies it can be for, by name."""

    unfinished: str
    choices: tuple[Body, ...]
