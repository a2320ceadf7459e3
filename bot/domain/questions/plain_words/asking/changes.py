"""What changed, and what the history tells."""

import re

from bot.domain.questions.model import MYSELF, AskedState, Now, Shape, Time
from bot.domain.questions.plain_words import times
from bot.domain.questions.plain_words.asking.standing import compared_with_a_day
from bot.domain.questions.plain_words.asking.subjects import Built, about, bodies_meant, has_scope, is_since
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.places import answered, named_places
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import STATES
from bot.domain.values import replace

# "Have all the answers come in"
_ALL_ANSWERS = re.compile(
    r"\b(?:all|every|each|any more|any other|both)\b(?: of)?(?: the| our| their)? (?:other )?(?:answers?|responses?|replies|reply|returns?)\b"
)


_RECORDED_IT = r"\b(?:recorded|entered|logged|put in|typed in|keyed in)\b"


def _changes(sentence: Sentence) -> Built:
    if sentence.has(M.RESPOND) and not sentence.days and _ALL_ANSWERS.search(sentence.spelt_out):
        return about(sentence, conditions=(AskedState.WAITING,))
    if sentence.has(M.COMPARE):
        return compared_with_a_day(sentence)
    if len(sentence.refs) > 1 and not sentence.days and sentence.says(r"\bdifferences? between\b"):
        return about(sentence)
    time = times.since(sentence)
    if time is None:
        return None
    if sentence.has(M.WHO) and not sentence.days and sentence.has(*STATES):
        return about(sentence, shape=Shape.HISTORY) if bodies_meant(sentence) else None
    if sentence.has(M.WHO) and not sentence.days and bodies_meant(sentence) and sentence.says(_RECORDED_IT):
        # "Who in our office recorded 16"
        return about(sentence, shape=Shape.HISTORY)
    if sentence.has(M.RECORDED) and sentence.says(r"\b(?:i|my)\b"):
        return _own_history(sentence, time)
    if sentence.has(M.WHAT) and sentence.own_bodies and sentence.has(M.RECORDED) and not sentence.days:
        # "What, precisely, did we record on 25"
        return about(sentence, shape=Shape.HISTORY)
    if sentence.has(M.RECORDED) and len(sentence.days) == 1 and bodies_meant(sentence):
        # "What did we record on Friday"
        return about(sentence, shape=Shape.HISTORY, time=time)
    if sentence.begins_with_an_auxiliary and sentence.refs and bodies_meant(sentence) and not sentence.days:
        # "Has anybody at our office updated 15".
        return about(sentence)
    return about(sentence, shape=Shape.CHANGES, time=time)


def notes(sentence: Sentence) -> Built:
    """Return the history of what is named: notes stand there."""
    return about(sentence, shape=Shape.HISTORY) if has_scope(sentence) else None


def anything_since(sentence: Sentence) -> Built:
    """Ask what changed: "anything since Friday"; None for "anything on Friday"."""
    time = times.since(sentence)
    return about(sentence, shape=Shape.CHANGES, time=time) if is_since(sentence) and time else None


def updates_of_a_day(sentence: Sentence) -> Built:
    """Ask what changed on a day ("yesterday's updates"); None for how it stood ("yesterday's position")."""
    names_updates = any(piece.means(M.STATUS) and _UPDATES.search(piece.key) for piece in sentence.pieces)
    # "Bring me up to speed since 20 February"
    if not names_updates and not (is_since(sentence) and sentence.says(_IN_BRIEF)):
        return None
    time = times.since(sentence)
    return about(sentence, shape=Shape.CHANGES, time=time) if sentence.days and time else None


_IN_BRIEF = r"\b(?:up to speed|headlines?|highlights?|rundown|run down|low ?down|round ?up)\b"
_UPDATES = re.compile(r"\bupdates\b")


def changes_or_who_made_them(sentence: Sentence) -> Built:
    is_of_a_state = sentence.has(*STATES) and not sentence.has(M.STARTED, M.NOT_STARTED)
    if is_of_a_state and not sentence.has(M.WHO) and not sentence.days:
        return None
    return _changes(sentence)


def _own_history(sentence: Sentence, time: Time) -> Built:
    question = about(sentence, shape=Shape.HISTORY, time=time)
    if named_places(sentence).meant or not sentence.asker.bodies:
        return replace(question, by=MYSELF)
    return answered(replace(question, scope=replace(question.scope, mine=True)), sentence.around)


def history(sentence: Sentence) -> Built:
    if sentence.has(M.OWN) and sentence.says(
        r"\b(?:what (?:have|did) i|my (?:own )?(?:updates|entries|recordings))\b"
    ):
        return _own_history(sentence, Now())
    if sentence.has(*STATES) and not sentence.refs and not bodies_meant(sentence):
        return None
    if not has_scope(sentence) and sentence.says(r"^who (?:made|wrote|changed|did(?! what))\b"):
        # "Who made this" may be asked of anything.
        return None
    time = times.since(sentence)
    if sentence.days and not has_scope(sentence):
        # "Everything recorded yesterday" is no history of one thing.
        return about(sentence, shape=Shape.CHANGES, time=time) if time else None
    return about(sentence, shape=Shape.HISTORY, time=time) if time else None


def told_by_the_history(sentence: Sentence) -> Built:
    states_it = not (
        sentence.has_question_word or sentence.has_question_mark or sentence.begins_with_an_auxiliary
    )
    if sentence.asker.bodies and states_it and not sentence.begins_clauses_with(M.FIRST):
        # "We have completed the first stage of 16"
        return None
    return about(sentence, shape=Shape.HISTORY)
