"""The words of a page in its language: the catalogue, dates, and what is marked as of another language."""

from datetime import date, datetime
from functools import cache, lru_cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import assert_never

from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from markupsafe import Markup
from msgspec import Struct, field

from bot.domain.calendar import LONDON
from bot.domain.language import Language, language_of
from bot.domain.register.addressee import Addressee
from bot.domain.register.part_states import states_of
from bot.domain.register.update import Update
from bot.rendering import terms
from bot.rendering.blocks.questions.updates import what_changed

_CATALOGUES = Path(__file__).parent / "languages"


class Words(Struct, frozen=True):
    """What a template calls for words that depend on the page's language."""

    language: Language
    translations: NullTranslations = field(default_factory=NullTranslations)

    def day(self, on: date) -> str:
        """Write a date as in a sentence: 27 March 2025."""
        return _date(on, "d MMMM y", self._locale)

    def short_day(self, on: date) -> str:
        """Write a date as in a list: 27 Mar 2025."""
        return _date(on, "d MMM y", self._locale)

    def moment(self, instant: datetime) -> str:
        """Write a UTC instant as London reads it: 10 Mar 2025, 10:04."""
        return format_datetime(instant, "d MMM y, HH:mm", tzinfo=LONDON, locale=self._locale)

    def own(self, text: str) -> str | Markup:
        """Return one of our own words in the page's language; marked as English where the catalogue lacks
        it."""
        return self._known(text) or self.of(Language.ENGLISH, text)

    def english(self, text: str) -> str | Markup:
        """Return what stands in the register in English, such as a report's title."""
        return self.of(Language.ENGLISH, text)

    def of(self, language: Language, text: str) -> str | Markup:
        """Return a text, marked where it is of another language than the page."""
        if language is self.language:
            return text
        return Markup('<span lang="{}">{}</span>').format(language.value, text)

    def lang_of(self, text: str) -> Markup:
        """Return what an element with a person's text says of its language; empty where it is the page's."""
        language = language_of(text)
        return Markup("") if language is self.language else Markup(' lang="{}"').format(language.value)

    def what_changed(self, update: Update) -> str | Markup:
        """Word the change of an update, or at least its kind."""
        in_full = what_changed(update)
        return self._known(in_full) or self._known(update.draft.kind.value) or self.english(in_full)

    def parts(self, addressee: Addressee) -> str:
        """Say how far the parts are: part (a) complete, part (b) in progress; empty where none is begun."""
        part = self.translations.gettext("part (%(label)s)")
        states = states_of(addressee).items()
        return ", ".join(
            f"{part % {'label': label}} {self.own(terms.stage(stage))}" for label, stage in states
        )

    def _known(self, text: str) -> str:
        """Return our own words in the page's language; empty where the catalogue lacks them."""
        if self.language is Language.ENGLISH:
            return text
        translated = self.translations.gettext(text)
        return "" if translated == text else translated

    @property
    def _locale(self) -> str:
        match self.language:
            case Language.ENGLISH:
                return "en_GB"
            case Language.WELSH:
                return "cy"
            case _:
                assert_never(self.language)


@lru_cache(maxsize=10_000)
def _date(on: date, pattern: str, locale: str) -> str:
    # The same days come again and again: a site writes a date for each update, and more.
    return format_date(on, pattern, locale=locale)


@cache
def words_in(language: Language) -> Words:
    """Read the catalogue of a language; the templates themselves are the English one."""
    path = _CATALOGUES / f"{language}.po"
    if not path.exists():
        return Words(language)
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language.value)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Words(language, Translations(compiled))
