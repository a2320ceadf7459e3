"""The templates of the published site: whatever they are given is escaped."""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.domain.questions.account import Entry
from bot.domain.register.addressee import Duty
from bot.rendering import due_dates, evidence, terms, wordings, words
from bot.rendering.blocks.questions.updates import what_changed
from bot.rendering.documents import sentences
from bot.rendering.documents.columns import printable
from bot.rendering.site import addresses

FOLDER = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """Return the templates, with what they may call."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "capital": words.capital,
        "day": words.day,
        "moment": words.moment,
        "printable": printable,
        "short_day": words.short_day,
    }
    made.globals |= {
        "Duty": Duty,
        "addresses": addresses,
        "around_link": evidence.around_link,
        "body_named": sentences.body_named,
        "due": _due,
        "is_address": is_address,
        "of_party": sentences.of_party,
        "overdue": sentences.overdue,
        "parts": due_dates.parts,
        "quoted": wordings.around,
        "terms": terms,
        "what_changed": what_changed,
        "words": words,
    }
    return made


def is_address(url: str) -> bool:
    """Whether a link leads to a page of the web, and nowhere else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _due(entry: Entry) -> str:
    """Say by when it is due: 30 Apr 2025, was 27 Mar 2025, extended once by 34 days; expects 30 Jun 2025."""
    addressee = entry.addressee
    if addressee.due_on is None:
        return due_dates.expects(addressee, entry.day)
    moved = due_dates.moved(addressee, addressee.due_on, entry.recommendation.due_on)
    return "; ".join(filter(None, (moved, due_dates.expects(addressee, entry.day))))
