"""What each kind of question about the register is, built from a sentence that `kinds_of_question.py` found to be
of that kind; None where it is not after all."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.domain.questions.account import Format
from bot.domain.questions.model import (
    AsAt,
    Condition,
    File,
    NoNews,
    Now,
    Question,
    Scope,
    Shape,
    Since,
    State,
    Time,
)
from bot.domain.questions.names import Body
from bot.domain.questions.plain_words import times
from bot.domain.questions.plain_words.conditions import NO_NEWS_DAYS, conditions_in
from bot.domain.questions.plain_words.doubts import may_be_no_answer_yet
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.places import answered, answered_for_places, is_excepting, named_places
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import (
    STATES,
    is_negated,
    state_of,
    states_asked,
)
from bot.domain.questions.plain_words.times import behind
from bot.domain.questions.plain_words.understanding import About, Answerable, Asked, Understanding
from bot.domain.questions.sense import makes_sense
from bot.domain.questions.written import canonical, default_format

Built = Question | Understanding | None


def about(sentence: Sentence, **parts: object) -> Question:
    """Return a question about the recommendations that are named."""
    part = next((piece.key for piece in sentence.of_kind(PieceKind.PART)), "")
    scope = Scope(recommendations=sentence.refs, part=part if len(sentence.refs) == 1 else "")
    return replace(Question(scope), **parts)  # type: ignore[arg-type]


def _has_scope(sentence: Sentence) -> bool:
    return bool(sentence.refs or sentence.names or sentence.own_bodies or named_places(sentence).meant)


def _bodies_meant(sentence: Sentence) -> tuple[Body, ...]:
    """Return the bodies that are asked about one by one: how they stand answers any question about them."""
    named = [piece for piece in named_places(sentence).meant if piece.bodies and not piece.regions]
    return tuple(body for piece in named for body in piece.bodies) or sentence.own_bodies


# --- How it stands


def standing(sentence: Sentence) -> Built:
    time = times.as_at(sentence)
    if not _has_scope(sentence) or _only_repeats(sentence):
        return None
    if sentence.has(M.EXTEND) and sentence.days:
        return None
    if sentence.has(M.HOW_MANY) and sentence.has(M.WORDING):
        return None
    if sentence.has(M.MARK) and not sentence.has(M.WHAT):
        # "What did we put for 25" asks, and "log 25" orders.
        return None
    if time is None and _is_since(sentence):
        # "Essex's record since Christmas".
        return about(sentence, shape=Shape.CHANGES, time=times.since(sentence) or Now())
    if time is None:
        return _which_day(sentence)
    if sentence.has(M.COMPARE) and sentence.days:
        return compared_with_a_day(sentence)
    if sentence.has(M.BY_REGION) and _bodies_meant(sentence):
        # "Which region is Kent in" asks for no comparison.
        return None
    if sentence.reports and not sentence.refs and sentence.has(M.BY_REGION):
        return about(sentence, shape=Shape.BY_REGION, time=time)
    if sentence.refs and _compares_regions(sentence):
        # The countries that are compared narrow nothing.
        return answered(about(sentence, shape=Shape.BY_REGION, time=time), sentence.around)
    return about(sentence, time=time)


def compared_with_a_day(sentence: Sentence) -> Built:
    """What is different from a day that has passed is what changed since."""
    time = times.as_at(sentence)
    return about(sentence, shape=Shape.CHANGES, time=Since(time.day)) if isinstance(time, AsAt) else None


def _which_day(sentence: Sentence) -> Built:
    """How it stood in a week is no one thing: its first day, its last, and what changed in it are asked."""
    span = times.behind(sentence.days[0]) if len(sentence.days) == 1 else None
    if span is None or span.is_day or span.last > sentence.around.today:
        return None
    if times.looks_ahead(sentence.days[0], sentence, sentence.word_before(sentence.days[0])):
        return None
    days = (AsAt(span.first), AsAt(span.last))
    questions = (
        *(about(sentence, time=day) for day in days),
        about(sentence, time=Since(span.first), shape=Shape.CHANGES),
    )
    understood = (answered_for_places(sentence, question) for question in questions)
    return Asked(About.DAY, tuple(answer.command for answer in understood if isinstance(answer, Answerable)))


def _compares_regions(sentence: Sentence) -> bool:
    if sentence.has(M.WELSH) and sentence.has(M.ENGLISH):
        return True
    return sentence.has(M.BY_REGION) and len(named_places(sentence).meant) < 2


def _only_repeats(sentence: Sentence) -> bool:
    """Tell "kent kent kent" from a question."""
    return len(sentence.names) - len({piece.named for piece in sentence.names}) > 1


def overview(sentence: Sentence) -> Built:
    time = times.as_at(sentence)
    if time is None or _has_scope(sentence):
        return None
    if _is_the_associations_own(sentence) and sentence.has(M.REC_WORD):
        return answered(_owed_by_the_association(sentence), sentence.around)
    return answered(Question(time=time), sentence.around)


# --- States


def stage(sentence: Sentence) -> Built:
    """Who is at a stage; how one body stands is answered by all that is known of it."""
    time = times.as_at_in_a_state(sentence)
    states = states_asked(sentence)
    if time is None or not states or _counts_recommendations(sentence) or _is_to_come(sentence):
        return None
    if sentence.has(M.SHOULD_BY_NOW) and states == [State.COMPLETE] and not _bodies_meant(sentence):
        # "Who finished on time" is not who has finished.
        return None
    if _bodies_meant(sentence) or sentence.of_kind(PieceKind.PART):
        return about(sentence, time=time)
    if _is_the_associations_own(sentence):
        return _owed_by_the_association(sentence)
    if len(states) > 1 and sentence.has(M.OVERDUE):
        return several_conditions(sentence)
    if len(states) > 1:
        return _several_states(sentence, states, time)
    if sentence.refs and not any(map(sentence.around.is_addressed, sentence.refs)):
        # What is the association's own is no body's.
        return about(sentence, time=time)
    if _asks_what_was_done(sentence):
        return about(sentence, time=time) if _has_scope(sentence) else None
    if states[0] is State.NOT_COMPLETE and sentence.has(M.SHOULD_BY_NOW, M.OVERDUE):
        return about(sentence, conditions=(State.OVERDUE,), time=Now())
    if sentence.has(M.OVERDUE):
        # "Blocked and late" are two conditions.
        return None
    if sentence.has(M.BLOCKED) and _AT_ANY_TIME.search(sentence.lower):
        return _at_any_time(sentence)
    return _counted(sentence, about(sentence, conditions=tuple(states[:1]), time=time))


def _asks_what_was_done(sentence: Sentence) -> bool:
    """ "What have the Welsh bodies done on 16" asks how far they are, not who is done."""
    how_far = sentence.says(r"^(?:so |and )?how (?:far|close|near)\b") and bool(_bodies_meant(sentence))
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
    """ "Who will be done by Friday" asks what nobody knows."""
    return bool(sentence.days) and sentence.says(r"\b(?:will|shall|should be|going to|to be|aims?|hopes?)\b")


def _several_states(sentence: Sentence, states: list[State], time: Time) -> Built:
    """States joined by "and" or "but" must all hold; of one recommendation its own screen counts each."""
    if _says_different_things(sentence):
        return None
    question = about(sentence, conditions=tuple(states), time=time)
    # In "not started 15 or 16 and not blocked" the "or" stands between recommendations.
    joins = not sentence.says(r"\bor\b(?! (?:rec(?:ommendation)?s? |number |no )?\d)|\bmost of\b")
    if joins and not sentence.has(M.PERCENT) and makes_sense(question, sentence.around.today):
        return question
    return about(sentence, time=time) if sentence.refs else None


# "Who has accepted only 15" asks of the others too.
_ONLY_ONE = re.compile(r"\b(?:who|which)\b.*\bonly\b(?: \w+)? (?:rec(?:ommendation)? )?#?[0-9]")


def _says_different_things(sentence: Sentence) -> bool:
    """ "Accepted 15 but rejected 16": no question has a state of its own for each recommendation."""
    if _ONLY_ONE.search(sentence.lower):
        return True
    order = "".join("r" if piece.ref else "s" if state_of(piece) else "" for piece in sentence.pieces)
    return re.search("s+r+s+r", order) is not None and len(set(states_asked(sentence))) > 1


def _counts_recommendations(sentence: Sentence) -> bool:
    """ "Which recommendations has nobody accepted" is not who has not accepted one."""
    return sentence.says(r"\b(?:which|what) (?:recs|recommendations)\b") and (
        sentence.has(M.EVERYONE) or sentence.says(r"\b(?:nobody|no one|noone|none)\b")
    )


def _is_the_associations_own(sentence: Sentence) -> bool:
    """What a coordinator calls "ours" is what the association answers for itself."""
    if sentence.has(M.CHECKED, M.NOT_CHECKED):
        return False
    is_own = sentence.has(M.OWN) and sentence.asker.is_coordinator and not sentence.asker.bodies
    return is_own and not _has_scope(sentence) and not sentence.has(M.WHO, M.HOW_MANY, M.ANY, M.EVERYONE)


def _owed_by_the_association(sentence: Sentence) -> Question:
    derived = tuple(sentence.around.short(live.ref) for live in sentence.around.live if not live.is_addressed)
    return Question(Scope(recommendations=derived)) if derived else Question(Scope(mine=True))


def _counted(sentence: Sentence, question: Question) -> Question:
    if sentence.has(M.BY_REGION):
        return replace(question, shape=Shape.BY_REGION)
    if sentence.has(M.PERCENT):
        return replace(question, shape=Shape.PERCENT)
    return question


def answer(sentence: Sentence) -> Built:
    """Who answered what. Of one recommendation its own screen says it, with the names of those who do not accept;
    who has not accepted is more than those: some have not answered."""
    time = times.as_at_in_a_state(sentence)
    states = states_asked(sentence)
    if time is None or not states or _counts_recommendations(sentence):
        return None
    if _says_different_things(sentence):
        return None
    if _has_scope(sentence):
        if states == [State.WAITING] and not _bodies_meant(sentence):
            return about(sentence, conditions=(State.WAITING,), time=time)
        if sentence.has(M.PERCENT, M.BY_REGION):
            return _counted(sentence, about(sentence, conditions=tuple(states[:1]), time=time))
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


def _asks_for_a_list(sentence: Sentence) -> bool:
    asks_who = sentence.has(M.WHO, M.WHICH, M.HOW_MANY, M.ANY, M.LISTED, M.BODY_WORD)
    return asks_who and not _bodies_meant(sentence)


def several_conditions(sentence: Sentence) -> Built:
    """Conditions of different kinds must all hold: "overdue and begun", "accepted but silent"."""
    conditions = conditions_in(sentence)
    time = times.as_at_in_a_state(sentence)
    if len(conditions) < 2 or time is None or _bodies_meant(sentence) or _says_different_things(sentence):
        return None
    if sentence.says(r"\bor\b(?! (?:rec(?:ommendation)?s? |number |no )?\d)|\bmost of\b"):
        return None
    return about(sentence, conditions=conditions, time=time)


def all_that_is_known(sentence: Sentence) -> Built:
    """How named bodies stand answers any question about them of which each word is known."""
    if not sentence.asks or not _bodies_meant(sentence) or _ASKS_FOR_ADVICE.match(sentence.spelt_out):
        return None
    if is_excepting(sentence):
        return None
    if not sentence.days or _looks_ahead(sentence):
        return about(sentence)
    # What was sent on a day stands in the history.
    was_sent = len(sentence.days) == 1 and sentence.has(M.SEND, M.RECORDED, M.NOTE)
    return about(sentence, shape=Shape.HISTORY) if was_sent and behind(sentence.days[0]) else None


_ASKS_FOR_ADVICE = re.compile(r"(?:should|could|would|can|may|might|shall|must)\b")


def _looks_ahead(sentence: Sentence) -> bool:
    """Whether its days say when something is due or will be done; how it stood on a day is another question."""
    return len(sentence.days) == 1 and sentence.has(M.HEDGE, M.DUE)


def with_condition(condition: Condition) -> Callable[[Sentence], Built]:
    def build(sentence: Sentence) -> Built:
        time = times.as_at(sentence)
        return (
            None if time is None else _counted(sentence, about(sentence, conditions=(condition,), time=time))
        )

    return build


def waiting(sentence: Sentence) -> Built:
    """Who has not answered; what one body waits for is said by how it stands."""
    if sentence.own_bodies and not sentence.asks:
        return None
    if sentence.has(M.WHAT, M.WHY, M.WHERE, M.HOW) and _bodies_meant(sentence):
        return about(sentence)
    return with_condition(State.WAITING)(sentence)


_DONE = re.compile(r"(?:ed|done|shed)$")


def _was_done_late(sentence: Sentence) -> bool:
    """ "Finished after the deadline"; "late with finishing" is not done."""
    done = next(
        (piece for piece in sentence.pieces if piece.means(M.COMPLETE) and _DONE.search(piece.key)), None
    )
    if done is None or (
        sentence.has(M.NOT, M.SHOULD_BY_NOW) and not sentence.says(r"after the (?:deadline|date)")
    ):
        return False
    return not is_negated(sentence) and any(
        piece.means(M.OVERDUE) and piece.start > done.start and not sentence.says(r"\b(?:and|but|or)\b")
        for piece in sentence.pieces
    )


# What was so at some time or other stands in the history alone.
_AT_ANY_TIME = re.compile(
    r"\b(?:(?:has|have|had)(?: \w+)? (?:ever|never)|(?:never|ever) (?:been|missed|gone)|always|often|usually|sometimes|used to"
    r"|twice|how often|how many times)\b"
)


def _at_any_time(sentence: Sentence) -> Built:
    """ "Has Kent ever been late" is told by its history; who never was, nobody can list."""
    return about(sentence, shape=Shape.HISTORY) if _bodies_meant(sentence) and not sentence.days else None


_WILL_BE_LATE = re.compile(
    r"\b(?:will|might|could|may|going to|likely to)\b.*\b(?:be|run|go|running) (?:late|overdue|behind)\b"
)


def overdue(sentence: Sentence) -> Built:
    if _AT_ANY_TIME.search(sentence.lower):
        return _at_any_time(sentence)
    if _WILL_BE_LATE.search(sentence.spelt_out):
        return about(sentence) if _bodies_meant(sentence) else with_condition(State.EXPECTED_LATE)(sentence)
    conditions = conditions_in(sentence)
    if State.NOT_OVERDUE in conditions and len(conditions) > 1:
        return several_conditions(sentence)
    if _was_done_late(sentence):
        return with_condition(State.DONE_LATE)(sentence) if not _bodies_meant(sentence) else about(sentence)
    if not sentence.has(M.OVERDUE) and not (sentence.has(M.NOT) and sentence.has(M.COMPLETE)):
        return None
    if is_negated(sentence) and not sentence.has(M.COMPLETE, M.RESPOND, M.STARTED, M.SHOULD_BY_NOW):
        if sentence.has(M.BY_REGION):
            return about(sentence, conditions=(State.OVERDUE,), shape=Shape.BY_REGION)
        return about(sentence, conditions=(State.NOT_OVERDUE,))
    time = times.overdue_as_at(sentence)
    if time is None:
        return None
    question = about(sentence, conditions=(State.OVERDUE,), time=time)
    return _counted(sentence, question)


def responses(sentence: Sentence) -> Built:
    """Whether bodies have answered at all: a body's own screen, else who has not."""
    if sentence.has(M.BY_REGION):
        return None if _bodies_meant(sentence) else about(sentence, shape=Shape.BY_REGION)
    if sentence.days:
        # "Has Kent been in touch since Christmas".
        time = times.since(sentence)
        asks_for_it = _is_since(sentence) or (sentence.has(M.WHAT) and time is not None)
        return about(sentence, shape=Shape.CHANGES, time=time) if asks_for_it else None
    if _has_scope(sentence):
        return about(sentence)
    return Question(conditions=(State.WAITING,))


# --- Deadlines, changes, history


_FALLS_DUE = (
    *(M.DUE, M.RESPOND, M.COMPLETE, M.STARTED, M.OUTSTANDING, M.ACCEPT, M.EXTENSION, M.WAITING, M.REC_WORD),
    *(M.REPORT_WORD, M.BODY_WORD, M.EVERYONE, M.OWN),
)


def due(sentence: Sentence) -> Built:
    time = times.deadlines(sentence)
    if time is None or (_is_hedged(sentence) and not _bodies_meant(sentence)):
        return None
    was_when = sentence.says(r"\bwhen (?:did|has|have|was|were)\b") or _says_when_it_was(sentence)
    if not _has_scope(sentence) and not sentence.has(*_FALLS_DUE):
        # "What day is it" asks for no deadline.
        return None
    if _bodies_meant(sentence) and sentence.has(M.EXTENSION, M.CHANGES) and not sentence.days:
        # Whether and until when a deadline was moved stands with the body.
        return about(sentence)
    if was_when and not sentence.has(M.DUE):
        return about(sentence, shape=Shape.HISTORY) if _bodies_meant(sentence) and not sentence.days else None
    if sentence.refs or sentence.reports:
        return about(sentence) if not sentence.days else None
    if sentence.has(M.RESPOND) and not sentence.days and len(reports := _live_reports(sentence)) == 1:
        return _about_report(sentence, reports.pop())
    return Question(shape=Shape.DEADLINES, time=time)


def _says_when_it_was(sentence: Sentence) -> bool:
    """ "Remind me when we accepted 25"."""
    is_past = any(state_of(piece) and piece.key.endswith("ed") for piece in sentence.pieces)
    return is_past and not sentence.says(r"\bwhen (?:do|does|must|should|will|is|are)\b")


def _is_hedged(sentence: Sentence) -> bool:
    """ "When will everyone be done" nobody knows; of one body its own screen says what it expects."""
    return any(piece.means(M.HEDGE) and not piece.means(M.DUE, M.NEUTRAL) for piece in sentence.pieces)


def _live_reports(sentence: Sentence) -> set[str]:
    return set(sentence.around.live.report_keys)


def _about_report(sentence: Sentence, key: str) -> Question | None:
    reports = sentence.around.names.reports_exact(key)
    return Question(Scope(reports=reports[:1])) if reports else None


def _changes(sentence: Sentence) -> Built:
    if sentence.has(M.COMPARE):
        return compared_with_a_day(sentence)
    time = times.since(sentence)
    if time is None:
        return None
    if sentence.has(M.WHO) and not sentence.days and sentence.has(*STATES):
        return about(sentence, shape=Shape.HISTORY) if _bodies_meant(sentence) else None
    if sentence.has(M.RECORDED) and sentence.says(r"\b(?:i|my)\b"):
        return _own_history(sentence, time)
    if sentence.begins_with_an_auxiliary and sentence.refs and _bodies_meant(sentence) and not sentence.days:
        # "Has anybody at our office updated 15".
        return about(sentence)
    return about(sentence, shape=Shape.CHANGES, time=time)


def notes(sentence: Sentence) -> Built:
    """What was noted stands in the history."""
    return about(sentence, shape=Shape.HISTORY) if _has_scope(sentence) else None


def updates_of_a_day(sentence: Sentence) -> Built:
    """ "Yesterday's updates" are what changed; "yesterday's position" is how it stood."""
    if not any(piece.means(M.STATUS) and _UPDATES.search(piece.key) for piece in sentence.pieces):
        return None
    time = times.since(sentence)
    return about(sentence, shape=Shape.CHANGES, time=time) if sentence.days and time else None


_UPDATES = re.compile(r"\bupdates\b")


def changes_or_who_made_them(sentence: Sentence) -> Built:
    is_of_a_state = sentence.has(*STATES) and not sentence.has(M.STARTED, M.NOT_STARTED)
    if is_of_a_state and not sentence.has(M.WHO) and not sentence.days:
        return None
    return _changes(sentence)


def _own_history(sentence: Sentence, time: Time) -> Built:
    return answered(Question(Scope(mine=True), shape=Shape.HISTORY, time=time), sentence.around)


def history(sentence: Sentence) -> Built:
    if sentence.has(M.OWN) and sentence.says(
        r"\b(?:what (?:have|did) i|my (?:own )?(?:updates|entries|recordings))\b"
    ):
        return _own_history(sentence, Now())
    if sentence.has(*STATES) and not sentence.refs and not _bodies_meant(sentence):
        return None
    return about(sentence, shape=Shape.HISTORY)


# --- What one owes


def owed(sentence: Sentence) -> Built:
    if sentence.refs or sentence.bodies:
        return about(sentence) if not sentence.days else None
    if sentence.days:
        time = times.deadlines(sentence)
        is_theirs = bool(sentence.asker.bodies) or sentence.asker.is_coordinator
        return Question(shape=Shape.DEADLINES, time=time) if time and is_theirs else None
    return answered(Question(Scope(mine=True)), sentence.around)


def outstanding(sentence: Sentence) -> Built:
    if sentence.has(M.BY_REGION) and not _bodies_meant(sentence):
        return about(sentence, conditions=(State.NOT_COMPLETE,), shape=Shape.BY_REGION)
    time = times.as_at(sentence)
    return about(sentence, time=time) if time and (sentence.refs or sentence.names) else None


# --- Files, pictures, contacts, the digest

_FORMATS = {
    M.XLSX: Format.XLSX,
    M.ODS: Format.ODS,
    M.DOCX: Format.DOCX,
    M.CSV: Format.CSV,
    M.JSON: Format.JSON,
}
_TABLE_WORDS = r"\btables?\b|\bpaste\b|\bdata\b|\bextract\b"


def file(sentence: Sentence) -> Built:
    formats = [format for meaning, format in _FORMATS.items() if sentence.has(meaning)]
    time = times.as_at(sentence)
    if time is None or len(formats) > 1:
        return None
    shape, conditions = _listed(sentence)
    says_a_state = sentence.has(*STATES, M.OVERDUE, M.WAITING) and shape is not Shape.LIST
    if (sentence.has(M.NOT) or says_a_state) and not conditions:
        return None
    is_all = shape is Shape.LIST and not conditions and not _has_scope(sentence)
    if is_all and re.search(r"\b(?:that|this|it|them|those|these)\b", _AS_IT_WAS.sub("", sentence.lower)):
        # What was shown before is not remembered.
        return None
    format = formats[0] if formats else None
    if format is None and sentence.says(_TABLE_WORDS):
        format = Format.XLSX
    file = File(format or default_format(shape, conditions))
    return about(sentence, shape=shape, conditions=conditions, time=time, file=file)


_AS_IT_WAS = re.compile(r"\bas (?:it|things|they) (?:was|were|stood|looked)\b")


def _listed(sentence: Sentence) -> tuple[Shape, tuple[Condition, ...]]:
    """Return the list that a file is asked of: contacts, deadlines, changes, or those in a state."""
    for meaning, shape in (
        (M.CONTACT, Shape.CONTACTS),
        (M.CHANGES, Shape.CHANGES),
        (M.HISTORY, Shape.HISTORY),
        (M.DUE, Shape.DEADLINES),
    ):
        if sentence.has(meaning):
            return shape, _condition_listed(sentence) if shape is Shape.CONTACTS else ()
    return Shape.LIST, _condition_listed(sentence)


def _condition_listed(sentence: Sentence) -> tuple[Condition, ...]:
    if sentence.has(M.OVERDUE) and not sentence.has(M.COMPLETE, M.RESPOND):
        return (State.NOT_OVERDUE if is_negated(sentence) else State.OVERDUE,)
    if sentence.has(M.WAITING):
        return () if is_negated(sentence) else (State.WAITING,)
    if sentence.has(M.RESPOND) and sentence.has(M.NOT):
        return (State.WAITING,)
    states = states_asked(sentence)
    if sentence.has(M.OUTSTANDING) and not states:
        return (State.NOT_COMPLETE,)
    return tuple(states) if len(states) == 1 else ()


def picture(sentence: Sentence) -> Built:
    shape = Shape.MAP if sentence.has(M.MAP) else Shape.CHART
    time = times.as_at(sentence) if shape is Shape.MAP else times.since(sentence)
    if time is None:
        return None
    if sentence.refs or sentence.reports:
        return about(sentence, shape=shape, time=time)
    # There are no charts yet: how each stands is nearest.
    nearest_shape = shape if shape is Shape.MAP else Shape.LIST
    scopes = (Scope(recommendations=(ref,)) for ref in sentence.around.addressed)
    questions = (Question(scope, shape=nearest_shape) for scope in scopes)
    pictures = tuple(canonical(question) for question in questions)
    listed = answered_for_places(sentence, about(sentence)) if named_places(sentence).meant else None
    return Asked(
        About.RECOMMENDATION, (*pictures, *([listed.command] if isinstance(listed, Answerable) else []))
    )


def contacts(sentence: Sentence) -> Built:
    time = times.as_at(sentence)
    return None if time is None else about(sentence, shape=Shape.CONTACTS, time=time)


def contacts_of_those(sentence: Sentence) -> Built:
    """Whom to ask at those who are in a state: "emails of everyone who is late"."""
    conditions = _condition_listed(sentence)
    return about(sentence, shape=Shape.CONTACTS, conditions=conditions) if conditions else None


def digest(sentence: Sentence) -> Built:
    if sentence.has(M.WHO):
        return None
    if sentence.says(r"\bbefore\b"):
        return None
    shows = sentence.has(M.PREVIEW) or sentence.says(r"\bwill\b.*\bsay\b|\blook like\b")
    return Answerable("digest preview" if shows else "digest")


def told_by_the_history(sentence: Sentence) -> Built:
    return about(sentence, shape=Shape.HISTORY)


def extensions(sentence: Sentence) -> Built:
    if sentence.refs and _bodies_meant(sentence):
        return about(sentence)
    return None if is_negated(sentence) else about(sentence, conditions=(State.EXTENSIONS,))


def late_but_not_extended(sentence: Sentence) -> Built:
    """An extended recommendation is not late until its new day, so taking those away changes nothing."""
    if not is_excepting(sentence):
        return None
    rest = sentence.with_pieces(
        tuple(piece for piece in sentence.pieces if not piece.means(M.EXCEPT, M.EXTENSION))
    )
    return answered_for_places(rest, about(rest, conditions=(State.OVERDUE,)))


def quotable(sentence: Sentence) -> Built:
    if sentence.has(M.REPORT_WORD) or (sentence.reports and sentence.says(r"\bpublish")):
        # When a report was published is not what bodies let be quoted.
        return None
    if sentence.has(M.WHERE, M.WHEN) and sentence.refs:
        return about(sentence)
    is_not = sentence.has(M.NOT, M.OUTSTANDING, M.WAITING) or sentence.says(r"\bneeds? to\b")
    return about(sentence, conditions=(State.NOT_QUOTABLE if is_not else State.QUOTABLE,))


def evidence(sentence: Sentence) -> Built:
    """A body's evidence stands in its history; of a recommendation it is who has any."""
    if _bodies_meant(sentence):
        return about(sentence, shape=Shape.HISTORY)
    evidence = State.NO_EVIDENCE if sentence.has(M.NOT) else State.EVIDENCE
    states = [state for piece in sentence.pieces if (state := state_of(piece))]
    return about(sentence, conditions=(evidence, *states[:1]))


def no_news(sentence: Sentence) -> Built:
    """Who has recorded nothing for so long, or since a day; without either for 60 days."""
    if _is_since(sentence) and not any(piece.day and piece.day.length for piece in sentence.days):
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
    """Who has not answered; "not heard from since Christmas" is who has recorded nothing since."""
    if sentence.own_bodies and not sentence.asks:
        # "We have not decided" asks nothing.
        return None
    if len(sentence.days) == 1 and sentence.word_before(sentence.days[0]) in ("for", "in", "over"):
        return no_news(sentence)
    return _silent_since(sentence) if _is_since(sentence) else with_condition(State.WAITING)(sentence)


def _is_since(sentence: Sentence) -> bool:
    return len(sentence.days) == 1 and sentence.word_before(sentence.days[0]) == "since"


def _silent_since(sentence: Sentence) -> Built:
    time = times.since(sentence)
    days = (sentence.around.today - time.day).days if isinstance(time, Since) else 0
    return about(sentence, conditions=(NoNews(days),)) if days > 0 else None


def closed(sentence: Sentence) -> Built:
    return about(sentence, conditions=(State.NOT_CLOSED if sentence.has(M.NOT) else State.CLOSED,))


def no_contact(sentence: Sentence) -> Built:
    return about(sentence, conditions=(State.NO_CONTACT,)) if not _bodies_meant(sentence) else None
