"""Who has not answered, and from whom there is no news."""

import itertools
import re
from datetime import date

from bot.domain.questions.model import AskedState as State
from bot.domain.questions.model import NoNews, Question, Shape, Since
from bot.domain.questions.plain_words import times
from bot.domain.questions.plain_words.asking.marks import with_condition
from bot.domain.questions.plain_words.asking.subjects import Built, about, bodies_meant, has_scope, is_since
from bot.domain.questions.plain_words.conditions import NO_NEWS_DAYS
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import is_denied, opposite_asked, state_of, states_asked
from bot.domain.questions.plain_words.times import behind


def waiting(sentence: Sentence) -> Built:
    """Ask who has not answered; of one body, how it stands, which says on what it waits."""
    if sentence.own_bodies and not sentence.asks:
        return None
    if is_denied(sentence, M.WAITING):
        # "Who is not waiting"
        return None
    if len(sentence.days) == 1 and sentence.days[0].day and sentence.days[0].day.length:
        # "No word from in 30 days"
        return no_news(sentence)
    if is_since(sentence) and any(map(_is_unheard, sentence.pieces)):
        # "Not heard from since the New Year"
        return _silent_since(sentence)
    if sentence.has(M.WHAT, M.WHY, M.WHERE, M.HOW) and bodies_meant(sentence):
        return about(sentence)
    return with_condition(State.WAITING)(sentence)


def waited_for_to_do_it(sentence: Sentence) -> Built:
    """Ask who has not done what they are waited for to do: "who are we waiting on to finish 16"."""
    if bodies_meant(sentence):
        # "We" are those who wait, where no body is named.
        return about(sentence) if sentence.bodies else None
    states = states_asked(sentence)
    waits = next(place for place, piece in enumerate(sentence.pieces) if piece.means(M.WAITING))
    after = sentence.pieces[waits + 1 :]
    between = list(itertools.takewhile(lambda piece: state_of(piece) is None, after))
    is_to_be_done = len(between) < len(after)
    if (
        len(states) != 1
        or not sentence.asks
        or not is_to_be_done
        or any(piece.key in _JOINS for piece in between)
    ):
        # "Who is waiting and blocked", "whose completion are we waiting for"
        return None
    return with_condition(opposite_asked(states[0]))(sentence)


_JOINS = ("and", "but", "or", ",")
_UNHEARD = re.compile(r"\b(?:heard?|hear|word|nothing|nowt|silen\w+|peep|not had|missing)\b")


def _is_unheard(piece: Piece) -> bool:
    return piece.means(M.WAITING) and _UNHEARD.search(piece.key) is not None


def responses(sentence: Sentence) -> Built:
    """Whether bodies have answered at all: a body's own screen, else who has not."""
    if sentence.has(M.BY_REGION):
        return None if bodies_meant(sentence) else about(sentence, shape=Shape.BY_REGION)
    if sentence.days and _HAD_BY.search(sentence.spelt_out) and not bodies_meant(sentence):
        # "Who had replied on 25 by Christmas".
        time_then = times.as_at_in_a_state(sentence)
        return about(sentence, conditions=(State.RESPONDED,), time=time_then) if time_then else None
    if sentence.days and bodies_meant(sentence) and _AS_IT_STOOD.search(sentence.spelt_out):
        # "As at 31 December, had Kent answered 16".
        then = times.as_at(sentence)
        return about(sentence, time=then) if then else None
    if sentence.days:
        # "Has Kent been in touch since Christmas".
        time = times.since(sentence)
        asks_for_it = is_since(sentence) or (sentence.has(M.WHAT) and time is not None)
        return about(sentence, shape=Shape.CHANGES, time=time) if asks_for_it else None
    if has_scope(sentence):
        return about(sentence)
    if sentence.says(r"\bwhat\b.*\b(?:they|he|she)\b|\b(?:he|she)\b"):
        # Of whom was said before, and is not remembered.
        return None
    if _BY_RECOMMENDATION.search(sentence.spelt_out):
        return Question()
    if sentence.has(M.PERCENT):
        return Question(conditions=(State.RESPONDED,), shape=Shape.PERCENT)
    return Question(conditions=(State.WAITING,))


_BY_RECOMMENDATION = re.compile(r"\b(?:by|per|each) (?:recommendation|rec)\b")


_AS_IT_STOOD = re.compile(r"\b(?:as (?:at|of|on)|had|by)\b")
_HAD_BY = re.compile(
    r"\b(?:who|which|how many|anyone|anybody|bodies|forces|pccs)\b.*\b(?:had|were|by|as at)\b"
)


def no_news(sentence: Sentence) -> Built:
    """Ask who has recorded nothing for so many days, or since a day; for 60 days where neither is said."""
    if is_denied(sentence, M.SILENT) or (sentence.own_bodies and not sentence.asks):
        # "We've recorded nothing on 15 since January" asks nothing.
        return None
    if is_since(sentence) and not any(piece.day and piece.day.length for piece in sentence.days):
        return _silent_since(sentence)
    if len(sentence.days) > 1:
        return None
    days = _length_in_days(sentence.days[0], sentence.around.today) if sentence.days else NO_NEWS_DAYS
    return about(sentence, conditions=(NoNews(days),)) if days else None


def _length_in_days(piece: Piece, today: date) -> int:
    """Return how many days a length of time has, or a span that ends today; 0 for any other day."""
    day = piece.day
    if day and day.length:
        return (today - (today - day.length.delta)).days
    span = behind(piece)
    return (today - span.first).days if span and span.last == today else 0


def not_heard_of(sentence: Sentence) -> Built:
    """Ask who has not answered; with a day ("not heard from since Christmas"), who has recorded nothing
    since."""
    if sentence.own_bodies and not sentence.asks:
        # "We have not decided" asks nothing.
        return None
    if len(sentence.days) == 1 and _says_how_long(sentence, sentence.days[0]):
        return no_news(sentence)
    return _silent_since(sentence) if is_since(sentence) else with_condition(State.WAITING)(sentence)


def _says_how_long(sentence: Sentence, day: Piece) -> bool:
    """Whether a length of time leads up to today: "not heard from in 3 months"."""
    is_a_length = day.day is not None and day.day.length is not None and day.key.startswith("in ")
    return is_a_length or sentence.word_before(day) in ("for", "in", "over")


def _silent_since(sentence: Sentence) -> Built:
    time = times.since(sentence)
    days = (sentence.around.today - time.day).days if isinstance(time, Since) else 0
    return about(sentence, conditions=(NoNews(days),)) if days > 0 else None


def no_contact(sentence: Sentence) -> Built:
    return about(sentence, conditions=(State.NO_CONTACT,)) if not bodies_meant(sentence) else None
