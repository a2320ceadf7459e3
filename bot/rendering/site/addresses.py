"""Where everything stands in the published site: addresses that are kept, since people link to them.

They are relative to the site's first page; `docs/publishing.md` lists them."""

import re

from bot.domain.language import Language
from bot.domain.register.addressee import Answer, Duty, Stage
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation, Report
from bot.domain.register.update import Update

FRONT = "index.html"
NUMBERS = "numbers.html"
ACCESSIBILITY = "accessibility.html"
STYLE = "style.css"
FEED = "feed.xml"
JSON = "register.json"
CSV = "register.csv"
SCHEMA = "register.schema.json"

_UNSAFE = re.compile(r"[^a-z0-9.-]+")


def report(report: Report) -> str:
    return f"reports/{_safe(report.key)}.html"


def recommendation(recommendation: Recommendation) -> str:
    return f"recommendations/{_safe(recommendation.id)}.html"


def body(body: PolicingBody, language: Language = Language.ENGLISH) -> str:
    """Return the page of a body; in another language than English it stands in that language's folder."""
    folder = "" if language is Language.ENGLISH else f"{language}/"
    return f"{folder}bodies/{_safe(body.slug)}.html"


def section(recommendation: Recommendation) -> str:
    """Return the anchor of a recommendation in the page of a body or of its report."""
    return _safe(recommendation.id)


def update(seq: int) -> str:
    """Return the anchor of an update in the page of its body."""
    return f"update-{seq}"


def update_of(body_address: str, update_: Update) -> str:
    return f"{body_address}#{update(update_.seq)}"


def figure(measure: Answer | Stage | Duty | str) -> str:
    """Return the anchor of what stands behind a count: answer-accepted; progress-in-progress; late-action."""
    match measure:
        case Answer():
            return f"answer-{_safe(measure.value)}"
        case Stage():
            return f"progress-{_safe(measure.value)}"
        case Duty():
            return f"late-{_safe(measure.value)}"
    return measure


def root_of(address: str) -> str:
    """Return what leads from a page to the folder of the first page."""
    return "../" * address.count("/")


def _safe(text: str) -> str:
    return _UNSAFE.sub("-", text.lower()).strip("-.")
