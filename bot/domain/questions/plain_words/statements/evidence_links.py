"""A link beside a statement is its evidence: "16 is done, see https://…" offers `complete 16 kent evidence https://…`."""

import re

from bot.domain.questions.grammar.reader import verb_of
from bot.domain.questions.grammar.typed_details import TypedDetails, with_details
from bot.domain.questions.plain_words.understanding import Asked, Offered, Understanding
from bot.domain.register.details import Details, is_link

# The link as Slack sends it or as it is typed, with the words that only lead to it.
_LINK = re.compile(
    r"[\s,;:(–—-]*(?:\b(?:and|with|see|here(?:['’]?s)?|the|our|my|this|is|evidence|link|proof|url|in|on|at|it|details|available|published"
    r"|attached|below|found|can|be|for this)\b[\s:,–—-]*)*<?(?P<url>https?://[^\s<>|)]+?)(?:\|[^<>]*)?(?:>|(?=[.,;)]?(?:\s|$)))\)?",
    re.IGNORECASE,
)


def with_its_link(text: str) -> tuple[str, str] | None:
    """Return the text without its link, and the link; None where there is none, or there are several."""
    if "://" not in text:
        return None
    matches = list(_LINK.finditer(text))
    if len(matches) != 1 or not is_link(matches[0]["url"]):
        return None
    match = matches[0]
    after = text[match.end() :].strip()
    joint = "" if after[:1] in (",", ";", ".", "") else " "
    rest = f"{text[: match.start()]}{joint}{after}".strip()
    return (rest, match["url"]) if rest else None


# "Evidence for 15" with a link behind it asks for none.
_NAMES_IT = re.compile(r"(?:the |our |my |some )?(?:evidence|link|proof) (?:for|on|of|re)\b", re.IGNORECASE)


def as_handed_over(rest: str) -> str:
    """Return "here is our evidence for 15" for "evidence for 15"."""
    return f"here is our {rest}" if _NAMES_IT.match(rest) else rest


def offered_with(understood: Understanding, url: str) -> Understanding | None:
    """Return what is offered with a link as evidence of each command; None where one of them takes none."""
    if not isinstance(understood, (Offered, Asked)) or not understood.commands:
        return None
    rows = [verb_of(command) for command in understood.commands]
    if any(row is not None and row.name == "update" for row in rows):
        # The form has a place for the link.
        return understood
    if not all(row is not None and row.takes_details and row.name != "note" for row in rows):
        return None
    details = TypedDetails(Details(evidence_url=url))
    commands = tuple(with_details(command, details) for command in understood.commands)
    return Offered(commands) if isinstance(understood, Offered) else Asked(understood.about, commands)
