"""How something stands, and what is owed: built from sentences that ask for no state by name."""

import re

from bot.domain.questions.model import AsAt, Before, Between, Now, Question, Scope, Shape, Since, Within
from bot.domain.questions.model import AskedState as State
from bot.domain.questions.plain_words import times
from bot.domain.questions.plain_words.asking.subjects import Built, about, bodies_meant, has_scope, is_since
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.places import answered, answered_for_places, is_excepting, named_places
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.times import behind
from bot.domain.questions.plain_words.understanding import About, Answerable, Asked


def standing(sentence: Sentence) -> Built:
    time = times.as_at(sentence)
    if not has_scope(sentence) or _only_repeats(sentence):
        return None
    if sentence.has(M.COMPARE) and len(sentence.days) > 1:
        return compared_with_a_day(sentence)
    if _refers_to_what_was_told(sentence) or _ASKS_WHAT_A_BODY_MAY.match(sentence.spelt_out):
        return None
    if sentence.has(M.HOW_MANY) and sentence.has(M.WORDING) and not _SAYS_FOR_WHOM.search(sentence.spelt_out):
        return None
    if sentence.has(M.MARK) and not sentence.has(M.WHAT):
        # "What did we put for 25" asks, and "log 25" orders.
        return None
    if time is None and is_since(sentence):
        # "Essex's record since Christmas".
        return about(sentence, shape=Shape.CHANGES, time=times.since(sentence) or Now())
    if time is None:
        return _which_day(sentence)
    if sentence.has(M.COMPARE) and sentence.days:
        return compared_with_a_day(sentence)
    if sentence.has(M.BY_REGION) and bodies_meant(sentence):
        # "Which region is Kent in" asks for no comparison.
        return None
    if sentence.reports and not sentence.refs and sentence.has(M.BY_REGION):
        return about(sentence, shape=Shape.BY_REGION, time=time)
    if sentence.refs and sentence.has(M.BY_REGION) and is_excepting(sentence):
        return about(sentence, shape=Shape.BY_REGION, time=time)
    if sentence.refs and _compares_regions(sentence):
        # The countries that are compared narrow nothing.
        return answered(about(sentence, shape=Shape.BY_REGION, time=time), sentence.around)
    is_a_share = _asks_for_a_share(sentence) and not bodies_meant(sentence)
    return about(sentence, shape=Shape.PERCENT if is_a_share else Shape.LIST, time=time)


def _refers_to_what_was_told(sentence: Sentence) -> bool:
    """Tell "as I said yesterday" from "what have we said on 25"."""
    is_named = sentence.refs or sentence.names or sentence.means_own_region
    return not is_named and sentence.has(M.WORDING) and not sentence.asks


# "Can Kent see what Surrey wrote", and not "can I see Kent"
_ASKS_WHAT_A_BODY_MAY = re.compile(
    r"(?:so |and |but )?(?:can|could|may|might|should|must) (?!i\b|we\b|you\b|u\b|some\w*\b|any\w*\b|it\b)[\w&' ]+? (?:see|read|find|look|tell|hear|change|edit|open)\b"
)
_SAYS_FOR_WHOM = re.compile(r"\b(?:address\w*|appl(?:y|ies)|aimed|directed|meant)\b")


def _asks_for_a_share(sentence: Sentence) -> bool:
    # "How would you rate 15" asks for no share.
    return any(piece.means(M.PERCENT) and piece.key != "rate" for piece in sentence.pieces)


def by_region(sentence: Sentence) -> Built:
    """Ask how the regions stand with all that is live: "compare the regions"."""
    if has_scope(sentence) or (
        not sentence.asks and not sentence.begins_clauses_with(M.COMPARE, M.BY_REGION)
    ):
        return None
    return Question(shape=Shape.BY_REGION)


def compared_with_a_day(sentence: Sentence) -> Built:
    """Ask what changed since a day that has passed, or between two; None where none is named."""
    if len(sentence.days) == 2:
        return _between_two_days(sentence)
    time = times.as_at(sentence)
    return about(sentence, shape=Shape.CHANGES, time=Since(time.day)) if isinstance(time, AsAt) else None


def _between_two_days(sentence: Sentence) -> Built:
    today = sentence.around.today
    spans = sorted((span for day in sentence.days if (span := times.behind(day))), key=lambda span: span.last)
    if len(spans) != 2 or spans[0].last >= spans[1].last or spans[1].first > today:
        return None
    first, last = spans[0].last, min(spans[1].last, today)
    time = Since(first) if last == today else Between(first, last)
    return about(sentence, shape=Shape.CHANGES, time=time)


def _which_day(sentence: Sentence) -> Built:
    """Ask which day of a week or month is meant: its first or last day, or what changed since the first."""
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


# "What is a super-complaint" asks for a definition.
_WHAT_IT_IS = re.compile(r"(?:so |and )?what (?:is|are|was) an? ")


# "And what about last month", "what about them" go on from what nobody remembers.
_GOES_ON = re.compile(
    r"(?:and |so |ok |then )*(?:what|how) about (?P<it>(?:it|them|that|this|those|these)\b)?"
)


# "How far along is the report", where several are live
_THE_REPORT = re.compile(r"\bthe report\b")


def overview(sentence: Sentence) -> Built:
    time = times.as_at(sentence)
    if time is None or has_scope(sentence) or _WHAT_IT_IS.match(sentence.spelt_out):
        return None
    goes_on = _GOES_ON.match(sentence.spelt_out)
    if goes_on and (sentence.days or goes_on["it"]):
        return None
    if _THE_REPORT.search(sentence.spelt_out) and len(reports := sentence.around.live.report_keys) > 1:
        return Asked(About.NAME, tuple(sorted(reports)))
    if is_the_associations_own(sentence) and sentence.has(M.REC_WORD):
        return answered(owed_by_the_association(sentence), sentence.around)
    return answered(Question(time=time), sentence.around)


def is_the_associations_own(sentence: Sentence) -> bool:
    """Whether a coordinator says "ours", which means what the association answers for itself."""
    if sentence.has(M.CHECKED, M.NOT_CHECKED) or sentence.says(
        r"\bon (?:track|course|target|schedule|the go)\b|\breports\b"
    ):
        return False
    is_own = sentence.has(M.OWN) and sentence.asker.is_coordinator and not sentence.asker.bodies
    return is_own and not has_scope(sentence) and not sentence.has(M.WHO, M.HOW_MANY, M.ANY, M.EVERYONE)


def owed_by_the_association(sentence: Sentence) -> Question:
    derived = tuple(sentence.around.short(live.ref) for live in sentence.around.live if not live.is_addressed)
    return Question(Scope(recommendations=derived)) if derived else Question(Scope(mine=True))


def all_that_is_known(sentence: Sentence) -> Built:
    """Ask how named bodies stand: that answers any question about them of which each word is known."""
    if not sentence.asks or not bodies_meant(sentence) or _ASKS_FOR_ADVICE.match(sentence.spelt_out):
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


def owed(sentence: Sentence) -> Built:
    if _asks_who_is_not_done(sentence):
        # "Who still owes us 25", of a coordinator.
        return about(sentence, conditions=(State.NOT_COMPLETE,))
    if sentence.refs or sentence.bodies or sentence.means_own_region:
        return about(sentence) if not sentence.days else None
    if sentence.days:
        time = times.deadlines(sentence)
        is_theirs = bool(sentence.asker.bodies) or sentence.asker.is_coordinator
        return Question(shape=Shape.DEADLINES, time=time) if time and is_theirs else None
    return answered(Question(Scope(mine=True)), sentence.around)


_STILL_TO_DO = re.compile(
    r"\bunfinished\b|\bow(?:e|es|ed|ing)\b|\bremains? to be done\b|\b(?:still|left|yet|remaining|remain|remains)\b.*\b(?:to do|to finish|to complete|to deliver|to close)\b"
)


def _asks_who_is_not_done(sentence: Sentence) -> bool:
    """Whether it asks for those who have one thing still to do, which is no matter of answers."""
    asks_who = sentence.has(M.WHO, M.WHICH, M.HOW_MANY, M.BODY_WORD, M.LISTED)
    is_of_bodies = asks_who and not bodies_meant(sentence) and not sentence.has(M.RESPOND, M.DUE)
    return (
        is_of_bodies
        and bool(sentence.refs)
        and not sentence.days
        and _STILL_TO_DO.search(sentence.spelt_out) is not None
    )


def outstanding(sentence: Sentence) -> Built:
    if sentence.has(M.WHO) and sentence.says(r"\bwaiting (?:for|on) (?:us|me)\b"):
        # Who waits for the asker is not recorded.
        return None
    if sentence.has(M.BY_REGION) and not bodies_meant(sentence):
        return about(sentence, conditions=(State.NOT_COMPLETE,), shape=Shape.BY_REGION)
    if len(sentence.named_refs) > 1 and sentence.has(M.COMPLETE) and not bodies_meant(sentence):
        # "Who has done 15 but still has 25 to do"
        return None
    if _asks_who_is_not_done(sentence):
        return about(sentence, conditions=(State.NOT_COMPLETE,))
    if sentence.asker.bodies and sentence.asks and not sentence.days and not has_scope(sentence):
        # "Anything left?", of whoever has something to do.
        counts = sentence.has(M.HOW_MANY) and not sentence.says(r"\bhow much\b")
        return None if counts or sentence.has(M.WHO, M.WHICH, M.BODY_WORD, M.EVERYONE) else owed(sentence)
    if (
        sentence.asker.bodies
        and sentence.days
        and not has_scope(sentence)
        and sentence.says(r"\bworr(?:y|ied)\b")
    ):
        # "Do I need to worry about anything before the 27th"
        time_ahead = times.deadlines(sentence)
        own = Scope(places=sentence.asker.bodies)
        if time_ahead is None:
            return None
        return answered(Question(own, shape=Shape.DEADLINES, time=time_ahead), sentence.around)
    if sentence.asks and not sentence.days and not has_scope(sentence) and not sentence.has(M.DUE, M.RESPOND):
        # "How much is left to do", of whoever looks after all.
        return about(sentence, conditions=(State.NOT_COMPLETE,))
    if _WITHIN_A_TIME.search(sentence.spelt_out) and len(sentence.days) == 1 and not sentence.own_bodies:
        # "What do forces have to do by the end of March"
        time_ahead = times.deadlines(sentence)
        is_ahead = isinstance(time_ahead, Before | Between | Within) and not sentence.refs
        return about(sentence, shape=Shape.DEADLINES, time=time_ahead) if is_ahead else None
    time = times.as_at(sentence)
    return about(sentence, time=time) if time and (sentence.refs or sentence.names) else None


_WITHIN_A_TIME = re.compile(
    r"\b(?:what|anything|which|list|everything)\b.*\b(?:have|has|need|needs|got|supposed|meant|expected|required)(?: \w+)? to (?:do|have done|be done|finish|complete|deliver)\b.*\b(?:by|before|within|in|this|next)\b"
)
