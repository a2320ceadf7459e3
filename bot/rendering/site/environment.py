"""The templates of the published site: whatever they are given is escaped."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.domain.language import Language, language_of
from bot.domain.questions.account import Entry
from bot.domain.register.addressee import Duty
from bot.domain.register.details import follows, is_link, seen_on
from bot.domain.register.published_response import Step
from bot.rendering import due_dates, published_responses, terms, wordings, words
from bot.rendering.documents import columns, sentences
from bot.rendering.site import addresses
from bot.rendering.site.in_language import words_in

FOLDER = Path(__file__).parent / "templates"


@cache
def environment(language: Language = Language.ENGLISH) -> Environment:
    """Return the templates in a language, with what they may call."""
    say = words_in(language)
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(say.translations, newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {
        "capital": words.capital,
        "day": say.day,
        "printable": _printable,
        "short_day": say.short_day,
    }
    environment.globals |= {
        "Duty": Duty,
        "Step": Step,
        "addresses": addresses,
        "body_named": sentences.body_named,
        "due": _due,
        "follows": follows,
        "instant": _instant,
        "is_link": is_link,
        "language_of": language_of,
        "of_party": sentences.of_party,
        "overdue": sentences.overdue,
        "parts": due_dates.parts,
        "published": sentences.published,
        "quoted": wordings.around,
        "responses_before": published_responses.predecessors,
        "response_stands": published_responses.stands,
        "say": say,
        "seen_on": seen_on,
        "terms": terms,
        "words": words,
    }
    return environment


def _printable(text: str) -> str:
    """Leave out what no page can hold."""
    printable = columns.printable(text)
    # What was escaped before stays so.
    return Markup(printable) if isinstance(text, Markup) else printable  # noqa: S704


def _due(entry: Entry) -> str:
    """Say by when it is due: 30 Apr 2025, was 27 Mar 2025, extended once by 34 days; expects 30 Jun 2025."""
    addressee = entry.addressee
    if addressee.due_on is None:
        return due_dates.expects(addressee, entry.day)
    due_words = due_dates.moved(addressee, addressee.due_on, entry.recommendation.due_on)
    return "; ".join(filter(None, (due_words, due_dates.expects(addressee, entry.day))))


def _instant(instant: datetime) -> str:
    """Write a UTC instant as programs read it: 2025-03-10T10:04:00Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
