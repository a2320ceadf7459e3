"""What is handed over: a file, a picture, the contacts, the digest."""

import re

from bot.domain.questions.account import Format
from bot.domain.questions.model import AskedState as State
from bot.domain.questions.model import Condition, File, Question, Scope, Shape
from bot.domain.questions.plain_words import times
from bot.domain.questions.plain_words.asking.subjects import Built, about, has_scope
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.places import answered_for_places, named_places
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import STATES, is_negated, states_asked
from bot.domain.questions.plain_words.understanding import About, Answerable, Asked
from bot.domain.questions.written import canonical, default_format

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
    shape, conditions = _listed(sentence)
    time = times.since(sentence) if shape is Shape.CHANGES else times.as_at(sentence)
    if time is None or len(formats) > 1:
        return None
    says_a_state = sentence.has(*STATES, M.OVERDUE, M.WAITING) and shape is not Shape.LIST
    if (sentence.has(M.NOT) or says_a_state) and not conditions:
        return None
    is_all = shape is Shape.LIST and not conditions and not has_scope(sentence)
    if is_all and re.search(r"\b(?:that|this|it|them|those|these)\b", _AS_IT_WAS.sub("", sentence.lower)):
        # What was shown before is not remembered.
        return None
    is_data = all(piece.key.endswith("data") for piece in sentence.pieces if piece.means(M.FILE))
    if sentence.has(M.HOW, M.WHEN) and not formats and is_data and not sentence.has(M.TELL, M.SEND):
        # "How fresh is the data on 15" asks for no file.
        return None
    if not formats and sentence.begins_clauses_with(M.WHO) and sentence.says(r"\bthe [a-z ]*account\b"):
        # "Who sits behind the Wiltshire account" asks for no file.
        return None
    is_asked_about = sentence.begins_with_an_auxiliary and not sentence.has(M.SEND, M.TELL, M.OWN)
    if is_data and not formats and (is_asked_about or _IS_A_TOPIC.search(sentence.spelt_out)):
        # "Is there a bit on data in there", "the data one".
        return None
    if sentence.has(M.EVIDENCE) and not formats and sentence.has(M.ANY, M.WHO, M.WHICH):
        # "Does anyone back up a completion with a document" asks for no file.
        return None
    format = formats[0] if formats else None
    if format is None and sentence.says(_TABLE_WORDS):
        format = Format.XLSX
    file = File(format or default_format(shape, conditions))
    return about(sentence, shape=shape, conditions=conditions, time=time, file=file)


_IS_A_TOPIC = re.compile(
    r"\b(?:on|about|mentions?|mentioning|mentioned|regarding|concerning|covers?|with) (?:the )?data\b|\bdata (?:one|rec|recommendation|bit|part|sharing|protection)\b|\bdata (?:mentioned|come up)\b"
)
_AS_IT_WAS = re.compile(
    r"\b(?:all|the whole|everything|any) of (?:it|them|this|that|these|those)\b|\b(?:dump it all|it all out|everything (?:that is |that's )?in it|with it all in)\b|\bas (?:it|things|they) (?:was|were|stood|looked)\b"
)


def _listed(sentence: Sentence) -> tuple[Shape, tuple[Condition, ...]]:
    """Return the list that a file is asked of: contacts, deadlines, changes, or those in a state."""
    for meaning, shape in (
        (M.BY_REGION, Shape.BY_REGION),
        (M.CONTACT, Shape.CONTACTS),
        (M.CHANGES, Shape.CHANGES),
        (M.HISTORY, Shape.HISTORY),
        (M.DUE, Shape.DEADLINES),
    ):
        if sentence.has(meaning):
            takes_conditions = shape in (Shape.CONTACTS, Shape.BY_REGION)
            return shape, _condition_listed(sentence) if takes_conditions else ()
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


_ONLY_SHOWS = (M.TELL, M.NEUTRAL, M.FILLER, M.OWN, M.DOCX, M.WHERE, M.WHAT, M.STATUS, M.SEND, M.ANY)


def letter(sentence: Sentence) -> Built:
    """Answer with the letter to sign, which is the coordinators': "can you pull up the letter"."""
    says_letter = any(piece.key == "letter" for piece in sentence.pieces)
    if not says_letter or not sentence.asker.is_coordinator or sentence.has(M.FILE, M.HISTORY):
        return None
    return Answerable("letter") if sentence.is_accounted_for(_ONLY_SHOWS) else None


_CALENDAR = re.compile(
    r"\b(?:calendar (?:file|feed|invite|link|entry|entries|version|format)|(?:my|our) diary|diary (?:dates|entries|file)|ics|ical|icalendar|in (?:my|our|the|outlook|google) (?:outlook )?calendar"
    r"|into (?:my|our|the|outlook|google) (?:outlook )?calendar|outlook|google calendar|as (?:a )?calendar|(?:my|our|to) calendar|calendar (?:of|with|for)|(?:for|on|to) my phone)\b"
)


def calendar(sentence: Sentence) -> Built:
    """Answer with the deadlines as a calendar: "a calendar file with the deadlines in"."""
    if not _CALENDAR.search(sentence.lower) or sentence.days or sentence.names or sentence.refs:
        return None
    return Answerable("calendar")


_AS_AT = r"\bas (?:known )?(?:at|of)\b"


def picture(sentence: Sentence) -> Built:
    shape = Shape.MAP if sentence.has(M.MAP) else Shape.CHART
    is_of_one_day = shape is Shape.MAP or sentence.says(_AS_AT)
    time = times.as_at(sentence) if is_of_one_day else times.since(sentence)
    if time is None:
        return None
    if sentence.refs or sentence.reports:
        return about(sentence, shape=shape, time=time)
    scopes = (Scope(recommendations=(ref,)) for ref in sentence.around.addressed)
    questions = (Question(scope, shape=shape) for scope in scopes)
    pictures = tuple(canonical(question) for question in questions)
    listed = answered_for_places(sentence, about(sentence)) if named_places(sentence).meant else None
    return Asked(
        About.RECOMMENDATION, (*pictures, *([listed.command] if isinstance(listed, Answerable) else []))
    )


_WANTS_A_ROLE = re.compile(
    r"\bmake (?:me|us) (?:a |an |the )?(?:main |second )?(?:contact|coordinator|approver)(?: for\b| of\b| please\b| pls\b|\W*$)"
)


def contacts(sentence: Sentence) -> Built:
    if _WANTS_A_ROLE.search(sentence.lower):
        return None
    if _CHASES.search(sentence.spelt_out) and not _names_places(sentence):
        return _whom_to_chase(sentence)
    time = times.as_at(sentence)
    return None if time is None else about(sentence, shape=Shape.CONTACTS, time=time)


_CHASES = re.compile(r"\b(?:chas|nudg|badger|hassl|pester|prod)\w*\b")


def _names_places(sentence: Sentence) -> bool:
    return bool(named_places(sentence).meant or sentence.own_bodies or sentence.reports)


def _whom_to_chase(sentence: Sentence) -> Built:
    """Ask who is meant by those to chase: who has not answered, who is late, or whom to write to."""
    conditions: tuple[tuple[Condition, ...], ...] = ((State.WAITING,), (State.OVERDUE,))
    lists = [about(sentence, conditions=condition) for condition in conditions]
    questions = (*lists, about(sentence, shape=Shape.CONTACTS))
    return Asked(About.QUESTION, tuple(canonical(question) for question in questions))


def contacts_of_those(sentence: Sentence) -> Built:
    """Ask for the contacts of those who are in a state: "emails of everyone who is late"."""
    conditions = _condition_listed(sentence)
    return about(sentence, shape=Shape.CONTACTS, conditions=conditions) if conditions else None


def digest(sentence: Sentence) -> Built:
    if sentence.has(M.WHO):
        return None
    if sentence.says(r"\bbefore\b") and not sentence.has(M.PREVIEW):
        return None
    shows = sentence.has(M.PREVIEW) or sentence.says(r"\bwill\b.*\bsay\b|\blook like\b")
    return Answerable("digest preview" if shows else "digest")
