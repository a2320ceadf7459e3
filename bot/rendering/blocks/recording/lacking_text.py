"""A command that lacks nothing but a text: its button opens a form with one field, which asks for it."""

from collections.abc import Collection
from typing import Any

from bot.domain.free_text import from_slack
from bot.domain.questions.grammar.problems import Choice
from bot.domain.refusals.recording import ReasonRequired, TextRequired
from bot.domain.register.addressee import Answer, BlockedOnWhat
from bot.domain.register.guard import MayIdentify
from bot.domain.register.part_states import PartsOpen
from bot.domain.register.recommendation import name_of_id
from bot.domain.values import replace
from bot.rendering import terms, words
from bot.rendering.blocks.buttons import ASK_TEXT
from bot.rendering.blocks.recording.text_form import TextForm
from bot.rendering.blocks.refusals.wording import HELP, RefusalContext, Wording, what_it_does

# What a command is refused for when a text would do.
LacksText = PartsOpen | BlockedOnWhat | ReasonRequired | TextRequired
FORM = TextForm("Before it is recorded", ASK_TEXT, "text", "Text", "Record")


def text_form(
    command: str,
    lacking: LacksText | None,
    metadata: str,
    text: str = "",
    may_identify: MayIdentify | None = None,
) -> dict[str, Any]:
    """Ask for the text that `command`, as Slack would send it, lacks."""
    title, does, submit = _what_follows(command, lacking)
    asking = replace(FORM, title=title, label=question(lacking) if lacking else FORM.label, submit=submit)
    return asking.asking([f"This {does}: {from_slack(command)}"], metadata, may_identify, text=text)


def _what_follows(command: str, lacking: LacksText | None) -> tuple[str, str, str]:
    """Return the title of the form, what its command then does, and the word on its button."""
    if isinstance(lacking, ReasonRequired) and lacking.answer == "withdraw":
        return FORM.title, "shows what would change", "Show what would change"
    if what_it_does(command) == "Send":
        return "Before it is sent", "sends", "Send"
    return FORM.title, "records", FORM.submit


def question(lacking: LacksText) -> str:
    """Ask what is to be written."""
    match lacking:
        case PartsOpen():
            title = name_of_id(lacking.recommendation_id).title
            return f"Why is {title} complete with {words.parts(lacking.labels)} open?"
        case BlockedOnWhat():
            return f"What is {name_of_id(lacking.recommendation_id).title} {terms.stage(lacking.stage)} on?"
        case TextRequired(verb="party"):
            return f"What was reported on {name_of_id(lacking.recommendation_id).title}?"
        case TextRequired():
            return f"What do you want to {lacking.verb}?"
        case ReasonRequired():
            return _why(lacking, words.day(lacking.until) if lacking.until else "then")


def _why(lacking: ReasonRequired, until: str) -> str:
    title, body = name_of_id(lacking.recommendation_id).title, lacking.body_name
    whys = {
        Answer.ACCEPTED_IN_PART: f"Why does {body} accept {title} in part only?",
        Answer.NOT_ACCEPTED: f"Why does {body} not accept {title}?",
        "extend": f"Why does {body} need until {until}?",
        "expect": f"Why does {body} expect to be done with {title} on {until}, and not before?",
        "close": f"Where does the inspectorate say that {title} is closed for {body}?",
        "reopen": f"Why is {title} not complete for {body} after all?",
        "send back": f"What has {body} to change in what it recorded on {title}?",
        "withdraw": f"Why is {title} withdrawn?",
    }
    return whys.get(lacking.answer, "Why?")


def asks_first(lacking: Collection[LacksText]) -> str:
    """Say under an offer what recbot will ask before it records."""
    asks = {_asks(refusal) for refusal in lacking}
    if len(asks) > 1:
        # Several recommendations, each with other parts open.
        are_parts = all(isinstance(refusal, PartsOpen) for refusal in lacking)
        asks = {"why it is complete with parts open" if are_parts else "for what is missing"}
    sends = all(isinstance(refusal, TextRequired) and refusal.verb == "ask" for refusal in lacking)
    return f"recbot will ask {asks.pop()} before it {'sends it' if sends else 'records'}."


def label(lacking: LacksText) -> str:
    """Call the button under a command that was typed and lacks its text."""
    match lacking:
        case PartsOpen():
            return "Say why it is complete"
        case BlockedOnWhat():
            return "Say on what"
        case TextRequired():
            return "Write the text"
        case ReasonRequired():
            return "Name the source" if lacking.answer == "close" else "Say why"


def _asks(lacking: LacksText) -> str:
    match lacking:
        case PartsOpen():
            return f"why it is complete with {words.parts(lacking.labels)} open"
        case BlockedOnWhat():
            return f"what it is {terms.stage(lacking.stage)} on"
        case TextRequired():
            return "for the text"
        case ReasonRequired():
            return "for the source" if lacking.answer == "close" else "why"


def asking_for_text(wording: Wording, lacking: LacksText, context: RefusalContext) -> Wording:
    """Add the button by which the text of a command that was typed is given."""
    typed = context.typed.rstrip(" :：")
    if not typed or (lacking.recommendation_id == "" and not isinstance(lacking, TextRequired)):
        return wording
    if isinstance(lacking, TextRequired) and lacking.verb == "party":
        # Without its colon it is not understood.
        typed += ":"
    return replace(
        wording,
        options=(Choice(label(lacking), typed),),
        says_what_is_lacking=True,
        if_none_work=wording.then or HELP,
    )
