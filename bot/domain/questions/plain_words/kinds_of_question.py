"""Which questions there are about the register in plain words.

A kind of question is a row of the table at the end: the meanings that make it, those that may stand beside, and
how it is built (`asking/`). A row answers only where it accounts for every word."""

from collections.abc import Callable

from msgspec import Struct

from bot.domain.questions.model import AskedState as State
from bot.domain.questions.model import Question
from bot.domain.questions.plain_words.asking import (
    changes,
    deadlines,
    files,
    lateness,
    marks,
    published_responses,
    silence,
    standing,
    states,
)
from bot.domain.questions.plain_words.asking.subjects import Built
from bot.domain.questions.plain_words.conditions import CONDITIONS
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.places import answered_for_places
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import ANSWERS, STAGES, STATES
from bot.domain.questions.plain_words.understanding import Understanding

_ABOUT = (PieceKind.REF, PieceKind.PART, PieceKind.NAME)
_ABOUT_AND_DAYS = (*_ABOUT, PieceKind.DAY)
_MAY_ALWAYS_STAND = (
    *(M.WHO, M.WHICH, M.WHAT, M.WHERE, M.WHY, M.HOW, M.HOW_MANY, M.PERCENT, M.ANY, M.TELL, M.WHETHER),
    *(M.HEARSAY, M.LISTED, M.FILLER, M.COMMISSIONERS),
    *(M.BODY_WORD, M.REC_WORD, M.REPORT_WORD, M.OWN, M.EVERYONE, M.WELSH, M.ENGLISH, M.MAYORS),
    *(M.FIRE_COMMISSIONERS, M.EXCEPT),
)


# What its own screen tells of a body.
_KNOWN_OF_A_BODY = (
    *CONDITIONS,
    *(
        M.NOT,
        M.NO_LONGER,
        M.STATUS,
        M.WORDING,
        M.OUTSTANDING,
        M.DUE,
        M.WHEN,
        M.HEDGE,
        M.CHANGES,
        M.HISTORY,
        M.NOTE,
    ),
    *(M.RECORDED, M.SHOULD_BY_NOW, M.CHECK, M.FORM, M.MARK, M.SEND, M.QUOTABLE, M.ADD, M.SEARCH),
)


class KindOfQuestion(Struct, frozen=True):
    # Of each group of meanings one must stand in the sentence.
    needs: tuple[tuple[M, ...], ...]
    # These may stand beside.
    beside: tuple[M, ...]
    build: Callable[[Sentence], Built]
    # Besides words with a meaning, pieces of these kinds may stand in it.
    takes: tuple[PieceKind, ...] = _ABOUT

    def fits(self, sentence: Sentence) -> bool:
        for group in self.needs:
            if not sentence.has(*group):
                return False
        needed = (meaning for group in self.needs for meaning in group)
        return sentence.is_accounted_for((*_MAY_ALWAYS_STAND, *needed, *self.beside), self.takes)


def question_in(sentence: Sentence) -> Understanding | None:
    """Return what a sentence asks; None where no kind of question accounts for all of it."""
    if _tells_what_was_decided(sentence):
        return None
    for kind in _KINDS:
        if not kind.fits(sentence):
            continue
        built = kind.build(sentence)
        if isinstance(built, Question):
            if understood := answered_for_places(sentence, built):
                return understood
        elif built is not None:
            return built
    return None


def _tells_what_was_decided(sentence: Sentence) -> bool:
    """Whether it tells of a day on which an answer was given: "signed off this morning, so that's a yes"."""
    return bool(sentence.days) and not sentence.asks and sentence.has(*ANSWERS) and sentence.has(*STAGES)


_KINDS: tuple[KindOfQuestion, ...] = (
    KindOfQuestion(
        needs=((M.CONTACT,), (M.NOT,)),
        beside=(M.STATUS, M.MARK),
        build=silence.no_contact,
    ),
    KindOfQuestion(
        needs=((M.DOCX,),),
        beside=(M.DOCX, M.OWN, M.STATUS, M.SEND),
        build=files.letter,
        takes=(),
    ),
    KindOfQuestion(
        needs=((M.DUE, M.FILE),),
        beside=(M.DUE, M.FILE, M.SEND, M.ADD, M.MARK, M.OWN, M.FORM, M.OUTSTANDING),
        build=files.calendar,
        takes=(),
    ),
    KindOfQuestion(
        needs=((M.XLSX, M.ODS, M.DOCX, M.CSV, M.JSON, M.PDF, M.FILE),),
        beside=(
            M.STATUS,
            M.PDF,
            M.FILE,
            M.RESPOND,
            M.OVERDUE,
            M.WAITING,
            M.SEND,
            M.EVIDENCE,
            M.HISTORY,
            M.WORDING,
            M.CHANGES,
            M.DUE,
            M.CONTACT,
            M.COORDINATOR,
            M.NOT,
            M.MARK,
            M.BY_REGION,
            *STATES,
        ),
        build=files.file,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.CONTACT,), (M.WAITING, M.OVERDUE, M.NOT, M.OUTSTANDING, *STATES)),
        beside=(M.STATUS, M.NOT, M.RESPOND, M.WAITING, M.OVERDUE, M.OUTSTANDING, *STATES),
        build=files.contacts_of_those,
    ),
    KindOfQuestion(
        needs=((M.CONTACT, M.COORDINATOR),),
        beside=(M.COORDINATOR, M.CONTACT, M.STATUS, M.RESPOND, M.HEDGE, M.MARK),
        build=files.contacts,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.DIGEST,),),
        beside=(
            M.PREVIEW,
            M.DUE,
            M.WHEN,
            M.STATUS,
            M.CHANGES,
            M.WORDING,
            M.SEND,
            M.HISTORY,
            M.HEDGE,
            M.TIME_WORD,
        ),
        build=files.digest,
        takes=(PieceKind.DAY,),
    ),
    KindOfQuestion(
        needs=((M.MAP, M.CHART),),
        beside=(M.STATUS, M.FILE, M.MARK, M.OVERDUE, M.WAITING, M.HISTORY, *STATES),
        build=files.picture,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.EXTENSION,), (M.OVERDUE,)),
        beside=(M.WAITING, M.NOT, M.GRANT, M.STATUS),
        build=lateness.late_but_not_extended,
    ),
    KindOfQuestion(
        needs=((M.EXTENSION,),),
        beside=(
            M.WAITING,
            M.OUTSTANDING,
            M.RESPOND,
            M.CHECK,
            M.EXTEND,
            M.DUE,
            M.WHEN,
            M.STATUS,
            M.NOT,
            M.SHOULD_BY_NOW,
            M.WORDING,
            M.GRANT,
            M.BY_REGION,
            M.COMPARE,
        ),
        build=lateness.extensions,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.SILENT,),),
        beside=(M.STATUS, M.NOT, M.RESPOND, M.CHANGES),
        build=silence.no_news,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.EVIDENCE,),),
        beside=(
            *(M.STATUS, M.HISTORY, M.NOT, M.FILE, M.ADD, M.SEND, M.RECORDED, M.MARK, M.WAITING, M.BY_REGION),
            *STAGES,
        ),
        build=marks.evidence,
    ),
    KindOfQuestion(
        needs=((M.QUOTABLE,), (M.RESPOND,)),
        beside=(
            M.NOT,
            M.OUTSTANDING,
            M.STATUS,
            M.DUE,
            M.OVERDUE,
            M.SHOULD_BY_NOW,
            M.WHEN,
            M.WAITING,
        ),
        build=published_responses.published,
        takes=(PieceKind.NAME, PieceKind.DAY),
    ),
    KindOfQuestion(
        needs=((M.RESPOND,), (M.DUE,), (M.WHEN,)),
        beside=(M.STATUS,),
        build=published_responses.due,
        takes=(PieceKind.NAME,),
    ),
    KindOfQuestion(
        needs=((M.QUOTABLE,),),
        beside=(
            M.NOT,
            M.OUTSTANDING,
            M.GRANT,
            M.WAITING,
            M.STATUS,
            M.WORDING,
            M.NOTE,
            M.RESPOND,
            M.FILE,
            M.HEDGE,
            M.WHEN,
        ),
        build=marks.quotable,
    ),
    KindOfQuestion(
        needs=((M.APPROVAL,),),
        beside=(
            *(M.NOT, M.WAITING, M.OUTSTANDING, M.STATUS, M.RESPOND, M.NOTE, M.CHANGES, M.RECORDED, M.SEND),
            *(M.BLOCKED, M.BY_REGION, M.TIME_WORD),
        ),
        build=marks.approval,
    ),
    KindOfQuestion(
        needs=((M.CLOSED,),),
        beside=(M.STATUS, M.NOT, M.CHANGES),
        build=marks.closed,
    ),
    KindOfQuestion(
        needs=((M.DONE_LATE,),),
        beside=(M.OVERDUE,),
        build=marks.with_condition(State.DONE_LATE),
    ),
    KindOfQuestion(
        needs=((M.EXPECTED_LATE,),),
        beside=(M.OVERDUE, M.WORDING, M.DUE, M.HEDGE),
        build=lateness.expected_late,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.MOVED_TWICE,),),
        beside=(M.STATUS, M.EXTENSION, M.EXTEND, M.DUE),
        build=marks.with_condition(State.MOVED_TWICE),
    ),
    KindOfQuestion(
        needs=((M.OVERDUE, M.SHOULD_BY_NOW),),
        beside=(
            M.NOT,
            M.DUE,
            M.STATUS,
            M.RESPOND,
            M.COMPLETE,
            M.OUTSTANDING,
            M.OVERDUE,
            M.SHOULD_BY_NOW,
            M.COMPARE,
            M.BY_REGION,
            M.HEDGE,
            M.TIME_WORD,
        ),
        build=lateness.overdue,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.NOT,), (M.COMPLETE,), (M.DUE,)),
        beside=(M.STATUS,),
        build=lateness.overdue,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.LAST_TO,), (M.RESPOND, M.ACCEPT)),
        beside=(M.STATUS,),
        build=marks.with_condition(State.WAITING),
    ),
    KindOfQuestion(
        needs=((M.FIRST,), (M.COMPLETE, M.ACCEPT, M.RESPOND, M.STARTED)),
        beside=(M.STATUS, M.CHANGES),
        build=changes.told_by_the_history,
    ),
    KindOfQuestion(
        needs=((M.WAITING,), (M.ACCEPT, M.COMPLETE, M.STARTED, M.CHECKED)),
        beside=(M.STATUS,),
        build=silence.waited_for_to_do_it,
    ),
    KindOfQuestion(
        needs=((M.WAITING,),),
        beside=(M.NOT, M.RESPOND, M.STATUS, M.OUTSTANDING),
        build=silence.waiting,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.RESPOND,), (M.NOT, M.OUTSTANDING, M.EVERYONE, M.LAST_TO)),
        beside=(M.STATUS, M.OUTSTANDING, M.NOT, M.STARTED, M.SHOULD_BY_NOW),
        build=silence.not_heard_of,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.HISTORY,),),
        beside=(
            M.CHANGES,
            M.STATUS,
            M.RECORDED,
            M.NOTE,
            M.FILE,
            M.MARK,
            M.WHEN,
            M.RESPOND,
            M.WORDING,
            M.TIME_WORD,
            *STATES,
        ),
        build=changes.history,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.NOTE,),),
        beside=(M.STATUS, M.RECORDED, M.SEND, M.MARK, M.TIME_WORD, M.WORDING),
        build=changes.notes,
    ),
    KindOfQuestion(
        needs=((M.CHANGES, M.RECORDED),),
        beside=(
            *(M.STATUS, M.RECORDED, M.CHANGES, M.RESPOND, M.DIGEST, M.HISTORY, M.WHEN, M.COMPARE),
            *STATES,
        ),
        build=changes.changes_or_who_made_them,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.DUE, M.WHEN),),
        beside=(
            M.STATUS,
            M.RESPOND,
            M.COMPLETE,
            M.STARTED,
            M.OUTSTANDING,
            M.ACCEPT,
            M.EXTENSION,
            M.WAITING,
            M.CHANGES,
            M.SHOULD_BY_NOW,
            M.WORDING,
            M.HEDGE,
            M.FIRST,
        ),
        build=deadlines.due,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.STATUS,),),
        beside=(M.RECORDED, M.CHANGES, M.TIME_WORD),
        build=changes.updates_of_a_day,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=(STAGES,),
        beside=(
            M.NOT,
            M.STATUS,
            M.OVERDUE,
            M.SHOULD_BY_NOW,
            M.ACCEPT,
            M.CHECK,
            M.WORDING,
            M.BY_REGION,
            M.COMPARE,
            M.OUTSTANDING,
            *STAGES,
        ),
        build=states.stage,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=(ANSWERS,),
        beside=(
            *(M.NOT, M.STATUS, M.RESPOND, M.WORDING, M.STARTED, M.BY_REGION, M.COMPARE, M.OUTSTANDING),
            *ANSWERS,
        ),
        build=states.answer,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.OUTSTANDING,), (M.OWN,)),
        beside=(M.STATUS, M.RESPOND, M.COMPLETE, M.DUE, M.STARTED, M.WORDING, M.CHANGES, M.FORM, M.EXTEND),
        build=standing.owed,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.OUTSTANDING,),),
        beside=(M.STATUS, M.RESPOND, M.COMPLETE, M.DUE, M.BY_REGION),
        build=standing.outstanding,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.RESPOND,),),
        beside=(M.STATUS, M.WORDING, M.CHANGES, M.BY_REGION),
        build=silence.responses,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=(),
        beside=(M.STATUS, M.WORDING, M.COMPARE, M.BY_REGION, M.PART, M.RECORDED, M.MARK),
        build=standing.standing,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.BY_REGION,),),
        beside=(M.STATUS, M.COMPARE),
        build=standing.by_region,
        takes=(),
    ),
    KindOfQuestion(
        needs=((M.COMPARE,),),
        beside=(M.STATUS,),
        build=standing.compared_with_a_day,
        takes=(PieceKind.DAY,),
    ),
    KindOfQuestion(
        needs=((M.REC_WORD, M.REPORT_WORD, M.STATUS),),
        beside=(M.STATUS, M.WORDING),
        build=standing.overview,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=(CONDITIONS,),
        beside=(M.NOT, M.STATUS, M.OUTSTANDING, *CONDITIONS),
        build=states.several_conditions,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=((M.ANY,),),
        beside=(M.STATUS,),
        build=changes.anything_since,
        takes=_ABOUT_AND_DAYS,
    ),
    KindOfQuestion(
        needs=(),
        beside=_KNOWN_OF_A_BODY,
        build=standing.all_that_is_known,
        takes=_ABOUT_AND_DAYS,
    ),
)
