"""Reads questions as `written.py` writes them, in any order where the order carries no meaning.

`15 wales`, `overdue except gwent`, `15 16 25 complete`, `changes kent since 1 Mar`, `export overdue xlsx`."""

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from bot.domain.free_text import from_slack
from bot.domain.questions.account import Form, Format
from bot.domain.questions.grammar.command import CommandText, command_of, subject_of, without_page
from bot.domain.questions.grammar.people_asked_about import person_after_by
from bot.domain.questions.grammar.problems import What
from bot.domain.questions.grammar.verbs import VERB_OF
from bot.domain.questions.grammar.words import (
    FILLERS,
    Kind,
    Piece,
    Word,
    colon_in,
    next_piece,
    refs_with_report,
    words_of,
)
from bot.domain.questions.model import (
    SHAPES,
    STATES,
    AllTime,
    AsAt,
    AskedState,
    Before,
    Between,
    Condition,
    File,
    From,
    Group,
    NoNews,
    Now,
    Place,
    Priority,
    Question,
    Scope,
    Shape,
    Since,
    Theme,
    Time,
    Within,
)
from bot.domain.questions.names import Body, Names, Region, ReportName
from bot.domain.questions.sense import OF_A_PERSON, must_make_sense
from bot.domain.questions.written import default_format
from bot.domain.questions.written_dates import NotADate, day, month_named, span

_STATE_OF = {words: state for state, row in STATES.items() for words in (state.value, *row.synonyms)}
_SHAPE_OF = {words: shape for shape, row in SHAPES.items() for words in (shape.value, *row.synonyms) if words}
_GROUP_OF = {
    **{group.value: group for group in Group},
    "english": Group.ENGLAND,
    "pccs": Group.COMMISSIONERS,
    "pfccs": Group.FIRE_COMMISSIONERS,
}
_FORMAT_OF = {
    **{format.value: format for format in Format},
    "word": Format.DOCX,
    "excel": Format.XLSX,
}
_FORM_OF = {form.value: form for form in Form}
_THEME_WORDS = frozenset(("theme", "themes"))
_PRIORITY_WORDS = frozenset(("priority", "priorities"))
_EXCEPT = frozenset(("except", "except for", "excluding", "apart from", "but not", "other than"))
_KIND_WORDS = frozenset(("stage", "answer"))
_EMPTY_WORDS = FILLERS | frozenset(("status", "list", "bodies", "as"))
_LONGEST_PHRASE = 3
_LONGEST_DATE = 5
_DAYS = re.compile(r"[0-9]{1,4}[dwmy]")
_DAY_UNITS = frozenset(["day", "days", "week", "weeks", "month", "months", "year", "years"])
_DATE_BEGINS = re.compile(r"[0-9]{1,4}(?:st|nd|rd|th)?|[0-9]{1,4}[-/.][0-9/.-]+|[a-z]{3,9}")
# States that are verbs of recordings too, and with a recommendation after them record.
_ASK_WITHOUT_A_NUMBER = frozenset((AskedState.BLOCKED, AskedState.NOT_STARTED, AskedState.IN_PROGRESS))


def read_question(raw: str, names: Names, today: date) -> Question:
    """Return the question that `raw`, as Slack sent it, asks. `today` is a London date.

    Raises NotUnderstood where a word is not accounted for or the text begins with a recording verb,
    WhichMeaning where a name is several things, and MakesNoSense for a combination that means nothing."""
    typed = from_slack(raw)
    rest, page = without_page(typed.rstrip("?？ "))
    command = CommandText(raw, typed, "", rest, VERB_OF["status"], names, today)
    if colon_in(rest) is not None:
        raise command.not_understood(What.NO_TEXT_TAKEN, rest)
    reading = _Reading(command, rest, words_of(rest))
    question = reading.question(page)
    must_make_sense(question, today)
    return question


@dataclass
class _Reading:
    """The words of one text, and what has been read of them so far."""

    command: CommandText
    text: str
    words: Sequence[Word]
    pieces: list[Piece] = field(default_factory=list)
    excepted: list[Piece] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    excepted_groups: list[Group] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    shape: Shape = Shape.LIST
    times: list[Time] = field(default_factory=list)
    format: Format | None = None
    form: Form | None = None
    part: str = ""
    mine: bool = False
    by: str = ""
    is_file: bool = False
    everything: bool = False
    # After "except", as long as what is taken away may follow.
    is_excepting: bool = False
    takes_away_nothing: bool = False

    def question(self, page: int) -> Question:
        place = 0
        while place < len(self.words):
            place += self._take(place)
        self._end_except()
        self._must_not_record()
        return Question(
            self._scope(),
            tuple(self.conditions),
            self._time(),
            self.shape,
            self._file(),
            max(1, page),
            self.by,
        )

    def _take(self, place: int) -> int:
        """Read what stands at a place; return how many words it took. Raises NotUnderstood."""
        for reader in (
            self._take_except,
            self._take_person,
            self._take_time,
            self._take_parameters,
            self._take_phrase,
        ):
            if taken := reader(place):
                return taken
        return self._take_piece(place)

    def _take_except(self, place: int) -> int:
        for taken in (2, 1):
            if self._key(place, taken) in _EXCEPT:
                self._end_except()
                self.is_excepting = self.takes_away_nothing = True
                return taken
        return 0

    def _end_except(self) -> None:
        """End what is taken away. Raises NotUnderstood where nothing after "except" can be taken away: "kent
        except 16" is not "kent 16"."""
        if self.takes_away_nothing:
            raise self._left_over("except")
        self.is_excepting = False

    def _take_person(self, place: int) -> int:
        """Read who recorded it, or is a contact: `history by kim hale`, `contacts by @sam`."""
        if self.by or self.shape not in OF_A_PERSON or self.words[place].key != "by":
            return 0
        person, taken = person_after_by(self.command.raw, self.text, self.words[place + 1 :])
        if self.command.names.exact(person):
            # "History by Kent" is what was recorded for Kent.
            return 1
        self.by = person
        return 1 + taken if taken else 0

    def _take_phrase(self, place: int) -> int:
        """Read states, shapes, groups, formats; "stage" and "answer" before a state say nothing more."""
        skip = 1 if self.words[place].key in _KIND_WORDS else 0
        for taken in range(_LONGEST_PHRASE, 0, -1):
            phrase = self._key(place + skip, taken)
            if phrase and self._took(phrase):
                return taken + skip
        return 0

    def _took(self, phrase: str) -> bool:
        if phrase in _GROUP_OF:
            (self.excepted_groups if self.is_excepting else self.groups).append(_GROUP_OF[phrase])
            self.takes_away_nothing = False
            return True
        if phrase in _STATE_OF:
            self._take_state(_STATE_OF[phrase])
        elif phrase in _SHAPE_OF:
            if self.shape not in (Shape.LIST, _SHAPE_OF[phrase]):
                raise self._left_over(phrase)
            self.shape = _SHAPE_OF[phrase]
        elif phrase in _PRIORITY_WORDS:
            self.conditions.append(Priority())
        elif phrase in _FORMAT_OF:
            self.format, self.is_file = _FORMAT_OF[phrase], True
        elif phrase in _FORM_OF:
            self.form, self.is_file = _FORM_OF[phrase], True
        elif phrase == "export":
            self.is_file = True
        elif phrase == "mine":
            self.mine = True
        elif phrase == "all":
            self.everything = True
        else:
            return False
        self._end_except()
        return True

    def _take_state(self, state: AskedState) -> None:
        """Add a state; "accepted 15 in part" is the one that its last words say."""
        if state is AskedState.IN_PART and self.conditions[-1:] == [AskedState.ACCEPTED]:
            self.conditions.pop()
        self.conditions.append(state)

    def _take_parameters(self, place: int) -> int:
        """Read what has a word of its own after it: `no news 60d`, `theme victims`, `part a`."""
        if self._key(place, 2) == "no news":
            days, taken = self._span(place + 2)
            if taken:
                self.conditions.append(NoNews(days))
                return 2 + taken
        following = self._key(place + 1, 1)
        if self.words[place].key in _THEME_WORDS and following:
            # As it is written: of "partner-working" the hyphen is part of the word.
            self.conditions.append(Theme(self.words[place + 1].key))
            self._end_except()
            return 2
        if self.words[place].key == "part" and re.fullmatch("[a-z]", following):
            self.part = following
            return 2
        return 0

    def _take_time(self, place: int) -> int:
        for reader in (
            self._as_at,
            self._since,
            self._before_or_from,
            self._in_month,
            self._from_day_to_day,
            self._within,
        ):
            time, taken = reader(place)
            if time:
                self.times.append(time)
                self._end_except()
                return taken
        return 0

    def _as_at(self, place: int) -> tuple[Time | None, int]:
        for words, known in (("as known at", True), ("as at", False), ("as of", False), ("known at", True)):
            length = len(words.split())
            if self._key(place, length) == words:
                day, taken = self._day(place + length, "past")
                if day is None:
                    raise self.command.not_understood(What.NOT_A_DATE, self._rest(place + length))
                if words == "as of" and day == self.command.today:
                    # "25 blocked as of today" states something.
                    raise self._left_over(words)
                return AsAt(day, known), length + taken
        return None, 0

    def _since(self, place: int) -> tuple[Time | None, int]:
        if self.words[place].key != "since":
            return None, 0
        for words in ("the last digest", "last digest"):
            length = len(words.split())
            if self._key(place + 1, length) == words:
                return Now(), 1 + length
        day, taken = self._day(place + 1, "past")
        return (Since(day), 1 + taken) if day else (None, 0)

    def _before_or_from(self, place: int) -> tuple[Time | None, int]:
        key = self.words[place].key
        if key not in ("before", "from", "after"):
            return None, 0
        day, taken = self._day(place + 1, "future")
        if day is None:
            return None, 0
        if key == "from" and (last := self._to_day(place + 1 + taken)):
            return Between(day, last[0]), 1 + taken + last[1]
        if key == "after":
            day += timedelta(days=1)
        return (Before(day) if key == "before" else From(day)), 1 + taken

    def _in_month(self, place: int) -> tuple[Time | None, int]:
        """Read `in Apr 2025`; the year that is left out is the next for deadlines, else the last."""
        if self.words[place].key != "in":
            return None, 0
        number = month_named(self._key(place + 1, 1))
        if not number:
            return None, 0
        year = self._key(place + 2, 1)
        if re.fullmatch("[0-9]{4}", year):
            return _month(int(year), number), 3
        return _month(self._nearest_year(number), number), 2

    def _nearest_year(self, number: int) -> int:
        today = self.command.today
        if self._asks_for_deadlines():
            return today.year + (number < today.month)
        return today.year - (number > today.month)

    def _from_day_to_day(self, place: int) -> tuple[Time | None, int]:
        skip = 1 if self.words[place].key == "between" else 0
        if not skip and not any(word.key == "to" for word in self.words[place:]):
            return None, 0
        first, taken = self._day(place + skip, self._prefers())
        if first is None:
            return None, 0
        last = self._to_day(place + skip + taken)
        return (Between(first, last[0]), skip + taken + last[1]) if last else (None, 0)

    def _to_day(self, place: int) -> tuple[date, int] | None:
        if self._key(place, 1) not in ("to", "until", "and", "-"):
            return None
        last, taken = self._day(place + 1, self._prefers())
        return (last, 1 + taken) if last else None

    def _prefers(self) -> Literal["past", "future"]:
        """Return on which side of today a day without its year lies: deadlines are to come."""
        return "future" if self._asks_for_deadlines() else "past"

    def _asks_for_deadlines(self) -> bool:
        return any(word.key in ("deadlines", "deadline") for word in self.words)

    def _within(self, place: int) -> tuple[Time | None, int]:
        days, taken = self._span(place)
        return (Within(days), taken) if taken else (None, 0)

    def _day(self, place: int, prefer: Literal["past", "future"]) -> tuple[date | None, int]:
        """Return the longest day that stands at a place, and how many words it took."""
        if not _DATE_BEGINS.fullmatch(self._key(place, 1)):
            return None, 0
        for taken in range(min(_LONGEST_DATE, len(self.words) - place), 0, -1):
            words = self.words[place : place + taken]
            try:
                return day(
                    self.text[words[0].start : words[-1].end].rstrip(".,;)"), self.command.today, prefer
                ), taken
            except NotADate:
                continue
        return None, 0

    def _span(self, place: int) -> tuple[int, int]:
        key = self._key(place, 1)
        is_short = _DAYS.fullmatch(key) is not None
        if not is_short and not (key.isdigit() and self._key(place + 1, 1) in _DAY_UNITS):
            return 0, 0
        taken = 1 if is_short else 2
        try:
            return span(self._key(place, taken), self.command.today), taken
        except NotADate:
            return 0, 0

    def _take_piece(self, place: int) -> int:
        piece, taken = next_piece(self.text, self.words[place:], self.command.names, frozenset())
        if piece.kind is Kind.FILLER or self.words[place].key in _EMPTY_WORDS:
            self.pieces.append(Piece(Kind.FILLER, piece.start, piece.end))
            return 1
        if piece.kind is Kind.OTHER and self.words[place].key in self.command.names.themes:
            self.conditions.append(Theme(self.words[place].key))
            self._end_except()
            return 1
        if piece.kind is Kind.OTHER:
            raise self._left_over(self.text[piece.start : piece.end])
        if self.is_excepting and piece.kind is Kind.NAME:
            self.excepted.append(piece)
            self.takes_away_nothing = False
            return taken
        self._end_except()
        self.pieces.append(piece)
        return taken

    def _scope(self) -> Scope:
        subject = subject_of(refs_with_report(self.pieces))
        if len(subject.names) > len({piece.meanings for piece in subject.names}) + 1:
            raise self._left_over(self.text)
        meanings = [self._meaning(piece) for piece in subject.names]
        places: list[Place] = [meaning for meaning in meanings if not isinstance(meaning, ReportName)]
        return Scope(
            recommendations=subject.refs,
            reports=tuple(meaning for meaning in meanings if isinstance(meaning, ReportName)),
            places=(*places, *self.groups),
            excepted=(*self._excepted_places(), *self.excepted_groups),
            mine=self.mine,
            part=self.part,
        )

    def _excepted_places(self) -> Iterable[Place]:
        for piece in self.excepted:
            meaning = self._meaning(piece)
            if isinstance(meaning, ReportName):
                raise self._left_over(meaning.key)
            yield meaning

    def _meaning(self, piece: Piece) -> Body | Region | ReportName:
        """Return the one thing a name is. Raises WhichMeaning."""
        if len(piece.meanings) == 1:
            return piece.meanings[0]
        before, after = self.text[: piece.start].strip(), self.text[piece.end :].strip()
        raise self.command.which_meaning(
            self.text[piece.start : piece.end],
            piece.meanings,
            lambda option: command_of(before, option, after),
            nearly=False,
        )

    def _time(self) -> Time:
        times = list(dict.fromkeys(self.times))
        if len(times) > 1:
            raise self.command.not_understood(What.WHICH_DATE)
        if not times and self.everything and self.shape is Shape.DEADLINES:
            return AllTime()
        return times[0] if times else Now()

    def _file(self) -> File | None:
        if not self.is_file:
            return None
        format = self.format or default_format(self.shape, tuple(self.conditions))
        return File(format, self.form or Form.PUBLISHED)

    def _must_not_record(self) -> None:
        """Raises NotUnderstood for what begins with a verb that records.

        Of no recommendation it may ask: `blocked wales`, `done late`."""
        for taken in (2, 1):
            row = VERB_OF.get(self._key(0, taken))
            if row is None:
                continue
            says_more = any(
                self._key(0, longer) in _STATE_OF for longer in range(taken + 1, _LONGEST_PHRASE + 1)
            )
            asks = says_more or _STATE_OF.get(row.name) in _ASK_WITHOUT_A_NUMBER
            if row.writes and (not asks or any(piece.ref for piece in self.pieces)):
                raise self.command.not_understood(What.WHICH_RECOMMENDATION)
            return

    def _key(self, place: int, taken: int) -> str:
        """Return `taken` words from a place on, as tables have them; empty where there are not so many."""
        words = self.words[place : place + taken]
        return " ".join(word.key.replace("-", " ") for word in words) if len(words) == taken else ""

    def _rest(self, place: int) -> str:
        return self.text[self.words[place].start :] if place < len(self.words) else self.text

    def _left_over(self, word: str) -> Exception:
        return self.command.not_understood(What.LEFT_OVER, word)


def _month(year: int, number: int) -> Between:
    last = calendar.monthrange(year, number)[1]
    return Between(date(year, number, 1), date(year, number, last))
