"""Who is at a stage, and who answered what."""

import re

from bot.domain.questions.model import AskedState as State
from bot.domain.questions.model import Aspect, Now, Question, Shape, Time, aspect_of
from bot.domain.questions.plain_words import times
from bot.domain.questions.plain_words.asking.standing import is_the_associations_own, owed_by_the_association
from bot.domain.questions.plain_words.asking.subjects import (
    AT_ANY_TIME,
    Built,
    about,
    at_any_time,
    bodies_meant,
    counted,
    has_scope,
    is_since,
)
from bot.domain.questions.plain_words.conditions import conditions_in
from bot.domain.questions.plain_words.doubts import may_be_no_answer_yet
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.places import answered_for_places, named_places, nearest
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import state_of, states_asked
from bot.domain.questions.plain_words.understanding import Answerable, NotAnswered, WhyNot
from bot.domain.questions.sense import makes_sense
from bot.domain.values import replace

_OTHERS = frozenset(("chief constables", "npcc", "joint", "chief constable", "home office", "cps"))
_ASKS_WHO = (M.WHO, M.WHICH, M.HOW_MANY, M.ANY, M.LISTED, M.BODY_WORD)


def _is_of_others(sentence: Sentence) -> bool:
    """Whether it is asked what others have done, which stands with the recommendation."""
    return bool(sentence.refs) and any(piece.key in _OTHERS for piece in sentence.pieces)


def _done_in_a_span(sentence: Sentence) -> Built:
    """Return what changed since a day since when somebody has finished; other spans are only offered.

    "Who finished 15 in January" is told by the changes, among others that are not asked for."""
    states = states_asked(sentence)
    if states == [State.NOT_COMPLETE] and _is_after_its_deadline(sentence):
        return about(sentence, conditions=(State.OVERDUE,), time=Now())
    if not sentence.days or len(states) != 1 or sentence.has(M.NOT, M.HEDGE, M.OVERDUE, M.WHEN, M.STATUS):
        return None
    if bodies_meant(sentence) and is_since(sentence):
        # "Has Surrey done anything since January".
        time = times.since(sentence)
        return about(sentence, shape=Shape.CHANGES, time=time) if time else None
    if (
        bodies_meant(sentence)
        or not sentence.has(*_ASKS_WHO)
        or states[0] in (State.NOT_STARTED, State.BLOCKED)
    ):
        return None
    time = times.since(sentence)
    is_past = all(
        (span := times.behind(day)) and span.first <= sentence.around.today for day in sentence.days
    )
    if not (time and is_past):
        return None
    question = about(sentence, shape=Shape.CHANGES, time=time)
    return question if sentence.says(r"\bsince\b") else _only_offered(sentence, question)


def _only_offered(sentence: Sentence, question: Question) -> Built:
    answer = answered_for_places(sentence, question)
    if not isinstance(answer, Answerable):
        return None
    return NotAnswered(WhyNot.NOT_UNDERSTOOD, (answer.command, *nearest(sentence)))


_LATELY = re.compile(r"\b(?:most recently|recently|lately|of late)\b")


def _who_lately(sentence: Sentence) -> Built:
    """Ask what changed for "who accepted most recently"; None where nothing is said of when."""
    if (
        not _LATELY.search(sentence.lower)
        or not sentence.has(*_ASKS_WHO)
        or sentence.days
        or sentence.has(M.NOT)
    ):
        return None
    return about(sentence, shape=Shape.CHANGES) if not bodies_meant(sentence) else None


_BY_RECOMMENDATION = re.compile(
    r"\b(?:by|per|for each|for every|each|every) (?:recommendation|rec|number|one)\b(?! of)"
)


def _for_each_recommendation(sentence: Sentence) -> Built:
    """Ask how each recommendation stands, which counts its states: "acceptances per rec", "which recs has nobody
    started"."""
    if sentence.days:
        return None
    if _counts_recommendations(sentence):
        # In "any recs that nobody has begun" all are meant, and none is named.
        places = named_places(sentence)
        is_narrowed = (
            sentence.named_refs or sentence.reports or sentence.own_bodies or sentence.means_own_region
        )
        is_of_each = not (is_narrowed or places.meant or places.excepted or sentence.says(r"\bhere\b"))
    else:
        is_of_each = not has_scope(sentence) and _BY_RECOMMENDATION.search(sentence.spelt_out) is not None
    return Question() if is_of_each else None


def stage(sentence: Sentence) -> Built:
    """Ask who is at a stage; of one body, how it stands, which says its stage."""
    return _for_each_recommendation(sentence) or _who_lately(sentence) or _at_a_stage(sentence)


def _at_a_stage(sentence: Sentence) -> Built:
    time = times.as_at_in_a_state(sentence)
    states = states_asked(sentence)
    if time is None and states and not _is_to_come(sentence):
        return _done_in_a_span(sentence)
    if time is None or not states or _counts_recommendations(sentence) or _is_to_come(sentence):
        return None
    if not bodies_meant(sentence) and _is_only_partly_asked(sentence, states):
        return None
    if bodies_meant(sentence) or sentence.of_kind(PieceKind.PART) or _is_of_others(sentence):
        return _of_a_part(sentence, about(sentence, time=time), states)
    if is_the_associations_own(sentence):
        return owed_by_the_association(sentence)
    if len(states) > 1 and sentence.has(M.OVERDUE):
        return several_conditions(sentence)
    if len(states) > 1:
        return _several_states(sentence, states, time)
    if sentence.refs and not any(map(sentence.around.is_addressed, sentence.refs)):
        # What is the association's own is no body's.
        return about(sentence, time=time)
    if _asks_what_was_done(sentence):
        return about(sentence, time=time) if has_scope(sentence) else None
    if states[0] is State.NOT_COMPLETE and sentence.has(M.SHOULD_BY_NOW, M.OVERDUE):
        return about(sentence, conditions=(State.OVERDUE,), time=Now())
    if sentence.has(M.OVERDUE):
        # "Blocked and late" are two conditions.
        return None
    if sentence.has(M.BLOCKED) and AT_ANY_TIME.search(sentence.lower):
        return at_any_time(sentence)
    return counted(sentence, about(sentence, conditions=tuple(states[:1]), time=time))


# "Who wants to finish 15" is not who has finished.
_ONLY_WANTED = re.compile(r"\b(?:want|wants|wanted|hope|hopes|hoping|try|tries|tried|trying|promised?) to\b")


def _is_only_partly_asked(sentence: Sentence, states: list[State]) -> bool:
    """Whether the state is not all that is asked: "who finished on time", "who did 25 before 15"."""
    is_in_time = sentence.has(M.SHOULD_BY_NOW) and states == [State.COMPLETE]
    is_wanted = _ONLY_WANTED.search(sentence.spelt_out) is not None
    return is_in_time or is_wanted or (len(states) == 1 and _says_different_things(sentence))


def _is_after_its_deadline(sentence: Sentence) -> bool:
    """Whether the one day that is named is a deadline that has passed: "who has not delivered 25 after 27 March"."""
    if (
        len(sentence.days) != 1
        or bodies_meant(sentence)
        or not times.is_a_deadline(sentence.days[0], sentence)
    ):
        return False
    span = times.behind(sentence.days[0])
    is_after = sentence.word_before(sentence.days[0]) in ("after", "past", "since", "beyond", "by")
    if not is_after or span is None or span.last >= sentence.around.today:
        return False
    return any(day and span.first <= day <= span.last for day in sentence.around.live.due_days)


_ON_COURSE = re.compile(r"\bon (?:track|course|target|schedule)\b")


def _of_a_part(sentence: Sentence, question: Question, states: list[State]) -> Question:
    """Ask of a part who is so far with it; it has no answer of its own."""
    is_of_a_part = question.scope.part and not bodies_meant(sentence)
    if not is_of_a_part or len(states) != 1 or aspect_of(states[0]) is not Aspect.PROGRESS:
        return question
    return counted(sentence, replace(question, conditions=tuple(states)))


def _asks_what_was_done(sentence: Sentence) -> bool:
    """Whether it asks how far bodies are ("what have the Welsh bodies done on 16"), not which are done."""
    how_far = sentence.says(r"^(?:so |and )?how (?:far|close|near)\b") and bool(bodies_meant(sentence))
    return (
        how_far
        or sentence.says(r"\b(?:done|did) what\b")
        or (
            sentence.has(M.WHAT)
            and sentence.says(r"\bwhat(?: else)?(?: have|has|'ve|'s| did)\b.*\b(?:done|do)\b")
            and (not sentence.has(M.WHO, M.WHICH, M.HOW_MANY, M.PERCENT))
        )
    )


def _is_to_come(sentence: Sentence) -> bool:
    """Whether it asks what nobody knows: "who will be done by Friday"; or, of all that there is, "are we on track"."""
    if _ON_COURSE.search(sentence.lower) and not has_scope(sentence) and not sentence.has(*_ASKS_WHO):
        return True
    return bool(sentence.days) and sentence.says(r"\b(?:will|shall|should be|going to|to be|aims?|hopes?)\b")


def _several_states(sentence: Sentence, states: list[State], time: Time) -> Built:
    """Ask for those of whom all states hold, where "and" or "but" joins them; of one recommendation, else its
    own screen, which counts each state."""
    if _says_different_things(sentence):
        return None
    question = about(sentence, conditions=tuple(states), time=time)
    # In "not started 15 or 16 and not blocked" the "or" stands between recommendations.
    joins = not sentence.says(r"\bor\b(?! (?:rec(?:ommendation)?s? |number |no )?\d)|\bmost of\b")
    if joins and not sentence.has(M.PERCENT) and makes_sense(question, sentence.around.today):
        return question
    return about(sentence, time=time) if sentence.refs else None


# "Who has accepted only 15" asks of the others too.
_ONLY_ONE = re.compile(
    r"\b(?:who|which)\b.*\bonly\b(?! (?:just )?(?:start|begun|part))(?!.*\b(?:in part|part of|partly|partially)\b)(?: \w+)? (?:rec(?:ommendation)? )?#?[0-9]|\b(?:only|just|exactly) one of\b"
    r"|(?<!for )(?<!, )(?<!- )\b[0-9]+ only\b"
)
# "Who did 25 before 15" asks for an order.
_ONE_AFTER_THE_OTHER = re.compile(
    r"\b(?:before|after|ahead of|(?:sooner|earlier|later|quicker|faster) than) (?:(?:rec(?:ommendation)?|number|no) )?#?[0-9]+[a-z]?\b(?! \w*(?:day|week|month|year|[aj]an|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)


def _denies_both_or_leaves_one(sentence: Sentence) -> bool:
    """Whether it is denied of each ("neither 15 nor 16 done"), or another is still to be done ("but still have 25
    to do")."""
    return sentence.says(r"\b(?:neither|nor)\b") or (sentence.has(M.OUTSTANDING) and not sentence.has(M.NOT))


def _says_different_things(sentence: Sentence) -> bool:
    """Whether each recommendation has a state of its own ("accepted 15 but rejected 16"): no question asks
    that."""
    if _ONLY_ONE.search(sentence.lower):
        return True
    if len(sentence.named_refs) > 1 and _denies_both_or_leaves_one(sentence):
        return True
    if len(sentence.named_refs) > 1 and _ONE_AFTER_THE_OTHER.search(sentence.spelt_out):
        return True
    order = "".join("r" if piece.ref else "s" if state_of(piece) else "" for piece in sentence.pieces)
    return re.search("s+r+s+r", order) is not None and len(set(states_asked(sentence))) > 1


def _counts_recommendations(sentence: Sentence) -> bool:
    """Whether it asks for recommendations ("any recommendations that nobody has accepted"), not for bodies."""
    return sentence.says(r"\b(?:which|what|any) (?:recs|recommendations)\b") and (
        sentence.has(M.EVERYONE) or sentence.says(r"\b(?:nobody|no one|noone|none)\b")
    )


def answer(sentence: Sentence) -> Built:
    """Ask who answered what.

    Of one recommendation its own screen says it, and names those who do not accept. Those who have not
    accepted are more: some have not answered."""
    return _for_each_recommendation(sentence) or _who_lately(sentence) or _answered(sentence)


def _answered(sentence: Sentence) -> Built:
    time = times.as_at_in_a_state(sentence)
    states = states_asked(sentence)
    if time is None and states:
        return _done_in_a_span(sentence)
    if time is None or not states or _counts_recommendations(sentence):
        return None
    if _says_different_things(sentence):
        return None
    if _narrows_only(sentence) and len(states) == 1 and not may_be_no_answer_yet(sentence):
        # "Who, other than the Met, has declined anything", "who in Wales has said no".
        return counted(sentence, about(sentence, conditions=tuple(states), time=time))
    if has_scope(sentence):
        if states == [State.WAITING] and not bodies_meant(sentence):
            return about(sentence, conditions=(State.WAITING,), time=time)
        if sentence.has(M.PERCENT, M.BY_REGION):
            if may_be_no_answer_yet(sentence):
                states = [State.NOT_YET_ACCEPTED]
            return counted(sentence, about(sentence, conditions=tuple(states[:1]), time=time))
        is_open = states == [State.NOT_YET_ACCEPTED] or may_be_no_answer_yet(sentence)
        if is_open and _asks_for_a_list(sentence):
            return about(sentence, conditions=(State.NOT_YET_ACCEPTED,), time=time)
        return about(sentence, time=time)
    if len(states) != 1 or _ONLY_ONE.search(sentence.lower):
        return _several_states(sentence, states, time)
    if may_be_no_answer_yet(sentence):
        states = [State.NOT_YET_ACCEPTED]
    if states[0] is State.NOT_YET_ACCEPTED and sentence.has(M.WHY):
        # Only those who do not accept give reasons.
        states = [State.NOT_ACCEPTED]
    return Question(conditions=(states[0],), time=time)


def _narrows_only(sentence: Sentence) -> bool:
    """Whether no recommendation and no body is named, but an area, or what is taken away."""
    is_of_an_area = bool(sentence.names or named_places(sentence).meant) and not sentence.reports
    return is_of_an_area and not sentence.refs and not bodies_meant(sentence) and _asks_for_a_list(sentence)


def _asks_for_a_list(sentence: Sentence) -> bool:
    asks_who = sentence.has(M.WHO, M.WHICH, M.HOW_MANY, M.ANY, M.LISTED, M.BODY_WORD)
    return asks_who and not bodies_meant(sentence)


def several_conditions(sentence: Sentence) -> Built:
    """Ask for those of whom conditions of different kinds all hold: "overdue and begun", "accepted but
    silent"."""
    conditions = conditions_in(sentence)
    time = times.as_at_in_a_state(sentence)
    if len(conditions) < 2 or time is None or bodies_meant(sentence) or _says_different_things(sentence):
        return None
    if sentence.says(r"\bor\b(?! (?:rec(?:ommendation)?s? |number |no )?\d)|\bmost of\b"):
        return None
    return about(sentence, conditions=conditions, time=time)
