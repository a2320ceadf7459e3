"""What changes the register beside answers and progress: undo, add, import, check, close, reopen, withdraw."""

import re

from bot.domain.questions.grammar.unfinished import PLACE
from bot.domain.questions.plain_words.doubts import leaves_doubt, leaves_doubt_or_hedges
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.orders.deadlines import HOPES
from bot.domain.questions.plain_words.pieces import SUBJECT_KINDS, PieceKind
from bot.domain.questions.plain_words.places import named_places, nearest, not_understood, not_yours
from bot.domain.questions.plain_words.recorders import joined, offered, with_text
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.statements.offering import recording_of
from bot.domain.questions.plain_words.statements.parts import Statement, as_text, statement_of
from bot.domain.questions.plain_words.states import ANSWERS, STAGES
from bot.domain.questions.plain_words.times import behind
from bot.domain.questions.plain_words.understanding import (
    About,
    Answerable,
    Asked,
    NotAnswered,
    Offered,
    Understanding,
    WhyNot,
)
from bot.domain.questions.written import day_words

_NEVER_MIND = re.compile(
    r"(?:ok |no |oh |ah |actually |sorry,? |please |pls |oops,? |so |whoops,? )*(?:(?:forget|ignore|disregard|scratch|skip) (?:it|that|this|me|my last (?:message|question))|never ?mind|as you were)[.!]*"
)
# "Scrub that last one", "delete what I just put"
_TAKES_BACK = re.compile(
    r"(?:(?:please|pls|sorry|oops|no|can you|could you)[ ,]+)*"
    r"(?:undo|take|scrub|scrap|bin|ditch|kill|zap|lose|wind back|roll back|walk back|strike|cancel|reverse|revert|delete|remove|retract|take back|ignore|disregard|forget) "
    r"(?:(?:the|my|that|this) (?:note|update|entry|comment|answer|response|thing|record|recording)(?: that| which)? (?:i|we)(?:'ve| have)?(?: only)?(?: just)? (?:added|put|made|wrote|sent|entered|recorded|typed|posted|left|gave)(?: on| in| up| down)?|that|this|it|(?:(?:that|the|my) )?last(?: (?:one|entry|update|note|thing|bit))?"
    r"|what (?:i|we)(?:'ve| have)?(?: just)? (?:said|put|typed|wrote|recorded|entered|sent|done|did))"
    r"(?: back)?(?: (?:please|pls|i (?:made|sent|entered|recorded|put|typed|added)(?: in)?))*[.!]*(?: ?[,;:–-] ?(?P<instead>[^?]*))?"
)


_SORRY = r"(?:(?:sorry|oops|no|ah|oh|whoops|damn|argh|sorry about that|my mistake|my bad|actually|wait|i mean|wrong (?:one|rec|number|body|force|button|recommendation))[ ,.!;:–-]+)*"
# "I recorded that in error", "hit the wrong one"
_DONE_BY_MISTAKE = re.compile(
    rf"{_SORRY}(?:(?:i|we) (?:did not|didn't|didnt) mean (?:that|it|to (?:do|record|send|press|enter|put|say) (?:that|it|this))"
    r"|(?:i|we)(?:'ve| have)? (?:recorded|entered|sent|put|pressed|did|done|typed|submitted|logged) (?:that|it|this)(?: last one| in)? (?:in error|by mistake|by accident|accidentally|wrongly)"
    r"|(?:that|it|this|that last|my last|the last)(?: (?:entry|one|update|note|record(?:ing)?))? was (?:a mistake|an error|wrong|in error|by mistake|by accident|an accident|not meant)"
    r"|(?:i |we )?(?:hit|pressed|clicked) the wrong (?:one|button|thing)|scrub the last thing(?: i did)?|forget what i(?: just)? (?:put|said|entered|recorded))"
    r"[,.! ]*(?:(?:please|pls|can you|could you|so)? ?(?:undo|reverse|take|revert|scrap|cancel)(?: (?:it|that))?(?: back)?(?: please| pls)?)?[.! ]*"
)
# "I meant 16 not 15", "that should have been Essex"
_MEANT = re.compile(
    rf"{_SORRY}(?:(?:i|we) )?(?:meant|mean|(?:that|it|this) (?:should (?:have been|be|say)|was (?:meant (?:to be|for)|supposed to be|for))|should (?:have been|have said)|was meant (?:for|to be))(?: (?:to be|for|on|rec))* "
)


_BESIDE_WHAT_WAS_MEANT = (
    *(M.NOT, M.HEDGE, M.SHOULD_BY_NOW, M.FILLER, M.BODY_WORD, M.REC_WORD, M.OWN, M.NEUTRAL),
)


def _put_right_instead(sentence: Sentence) -> Understanding | None:
    """Offer to take back the last, or the form for what was meant: "I meant 16 not 15", "that should have been Essex"."""
    if not _MEANT.match(f"{sentence.lower} ") or sentence.has_question_mark or not sentence.asker.records:
        return None
    subjects = [piece for piece in sentence.of_kind(*SUBJECT_KINDS) if len(piece.bodies) == 1 or piece.ref]
    says_more = sentence.has(*STAGES, *ANSWERS, M.EXTEND, M.NOTE) or sentence.days
    left = sentence.left_over(_BESIDE_WHAT_WAS_MEANT, SUBJECT_KINDS)
    is_strange = any(piece.key not in ("wrong", "meant", "should say", "should read") for piece in left)
    if not subjects or says_more or is_strange:
        return None
    refs = [str(piece.ref) for piece in subjects if piece.ref][:1]
    named = [body.slug for piece in subjects for body in piece.bodies][:1]
    own = [body.slug for body in sentence.asker.bodies]
    if named and not sentence.asker.is_coordinator and named[0] not in own:
        return not_yours(sentence)
    bodies = named or (own if len(own) == 1 else [])
    looked_up = joined(*refs, *named)
    update = joined("update", *refs, *bodies) if bodies else ""
    return Asked(About.NAME, tuple(filter(None, ("undo", update, looked_up))))


def taking_back(sentence: Sentence) -> Understanding | None:
    """Offer to take back the last request where nothing else can be meant: "I recorded that in error", "can you undo
    what I just did"."""
    is_order = _UNDOES_WHAT_WAS_DONE.fullmatch(sentence.lower) or _DONE_BY_MISTAKE.fullmatch(sentence.lower)
    if is_order:
        return Offered(("undo",)) if sentence.asker.records else not_yours(sentence)
    return _put_right_instead(sentence)


_UNDOES_WHAT_WAS_DONE = re.compile(
    rf"{_SORRY}(?:(?:please|pls|can you|could you|would you|will you) )+(?:undo|reverse|revert|take back|scrap|cancel|delete|remove) what (?:i|we)(?:'ve| have)?(?: just)? (?:did|done|put|said|recorded|entered|sent)(?: please)?[.!?]*"
)


def undoing(sentence: Sentence) -> Understanding | None:
    if _NEVER_MIND.fullmatch(sentence.lower):
        # It speaks of what was asked, and takes nothing back.
        return None
    if not sentence.has(M.UNDO) and not _TAKES_BACK.fullmatch(sentence.lower):
        return None
    if sentence.says(r"\b(?:everything|all|history|everyone|register)\b"):
        return NotAnswered(WhyNot.NOT_KNOWN)
    if (instead := _said_instead(sentence)) is not None:
        return instead
    if leaves_doubt_or_hedges(sentence):
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(sentence))
    if not _is_ones_own_last(sentence):
        return NotAnswered(WhyNot.NOT_CERTAIN, (*nearest(sentence), "help undo"))
    return Offered(("undo",)) if sentence.asker.records else not_yours(sentence)


# "Undo the last two", "undo 136", "undo her note"
_NOT_ONES_OWN_LAST = re.compile(
    r"\b(?:two|three|four|five|both|couple|few|several|others?|their|they|them|his|her|he|she|somebody'?s?|someone'?s?"
    r"|my (?:colleague|deputy|boss|manager|team)(?:'s|s)?|#?\d{2,})\b"
)
# "Undo Sam's last update", "cancel what Ed put in"
_OF_ANOTHER_PERSON = re.compile(
    r"\b(?!(?:it|that|this|today|what)'?s )\w+[’']s (?:own |very |last |latest |recent |new )*"
    r"(?:update|entry|entries|note|comment|answer|response|record(?:ing)?|acceptance|refusal|completion|one|change)s?\b"
    r"|\bwhat (?!(?:i|we)\b|i[’']|we[’']|was\b|is\b|has\b|got\b|just\b)(?:\w+ ){1,2}(?:just )?"
    r"(?:did|done|put|said|recorded|entered|sent|wrote|typed|added)\b"
)


def _is_ones_own_last(sentence: Sentence) -> bool:
    """Whether the person's last request can be meant, which is all that is taken back: no other body's, no update by
    its number, nothing of another day."""
    spans = [behind(day) for day in sentence.days]
    today = sentence.around.today
    words = " ".join(piece.key for piece in sentence.pieces if piece.kind is not PieceKind.REF)
    return (
        {body.slug for body in sentence.bodies} <= {body.slug for body in sentence.asker.bodies}
        and all(span is not None and span.first <= today <= span.last for span in spans)
        and not _NOT_ONES_OWN_LAST.search(words)
        and not _OF_ANOTHER_PERSON.search(sentence.lower)
    )


def _said_instead(sentence: Sentence) -> Understanding | None:
    """Offer what is so instead: "scrap that, we're back to in progress on 15" takes nothing back by itself."""
    match = _TAKES_BACK.fullmatch(sentence.lower)
    if match is None or not match["instead"]:
        return None
    rest = Sentence.of(match["instead"], sentence.asker, sentence.around)
    if not rest.named_refs or not rest.has(*STAGES, *ANSWERS):
        return None
    return recording_of(rest.as_a_statement())


# "We've got a new HMICFRS report to put in", "a new thematic has come out, can we add it"
_NEW_REPORT = re.compile(
    r"\b(?:new|another) (?:[a-z]+ ){0,3}?(?:report|thematic|super-?complaint|inspection)\b.*\b(?:put (?:it |that )?(?:in|on|up)|add(?:ed|ing)?(?: it| that)?|enter(?:ed)?|load(?:ed)?|set (?:it )?up|log(?:ged)?|register(?:ed)?|go(?:es)? in|get (?:it |that )?in)\b(?!.*\b(?:who|what|when|how|which)\b)"
)


def adding(sentence: Sentence) -> Understanding | None:
    if _NEW_REPORT.search(sentence.lower) and not sentence.named_refs and not sentence.bodies:
        if leaves_doubt(sentence) or sentence.has(M.NOT, M.NO_LONGER):
            return None
        return Offered(("add report",)) if sentence.asker.is_coordinator else not_yours(sentence)
    if not sentence.has(M.ADD) or sentence.has(M.NOTE, M.FORM, M.EVIDENCE) or leaves_doubt(sentence):
        return None
    if sentence.named_refs:
        return None
    if sentence.has(M.REC_WORD) and sentence.reports:
        command = f"add {sentence.reports[0].key}"
    elif sentence.has(M.REPORT_WORD) and not sentence.has(M.REC_WORD):
        command = "add report"
    else:
        return None
    return Offered((command,)) if sentence.asker.is_coordinator else not_yours(sentence)


_CHECKS = re.compile(
    r"^(?:(?:please|pls|ok|yes|right|so|and) )*(?:check|verify|mark (?:[\w'’]+ ){1,4}(?:as )?checked"
    r"|tick .*\bas checked|(?:check|tick) [\w' &-]{3,30} off\b|(?:tick off|record|log|do|mark) (?:our|the|a) check|(?:we|i)(?:'ve| have)?(?: now| just| also)? (?:checked|verified))\b"
)
# "I'm happy with what Merseyside sent on 25, mark it checked", "tick 15 off as verified for Essex"
_MARKS_AS_CHECKED = re.compile(
    r"(?:^|[,;:.!–—-] ?|\b(?:and|so|please|pls|can you|could you) )(?:please |pls |can you |could you |now |you can )?(?:mark|tick|put|log|record|show|set|class|flag|sign|count|treat)\b(?: (?:it|that|this|them|down|off|up|in|#?\d+\w*|for|[a-z'’]+)){0,5}?"
    r" (?:as |to )?(?:checked|verified|validated)\b|^(?:please |pls |ok |yes )*(?:check|tick|sign) off\b.*\b(?:seen|looked|read|satisfied|happy|been through|evidence)\b"
)
_SATISFIED = frozenset(
    (
        "fine",
        "satisfied",
        "good",
        "ok",
        "happy",
        "happy with",
        "content",
        "content with",
        "fine with",
        "order",
        "genuine",
        "real",
        "true",
        "correct",
        "off",
    )
)


def marking_as_checked(sentence: Sentence) -> Understanding | None:
    """Offer the check that a clause orders, whatever is told before it."""
    if sentence.has_question_mark or not _is_marked_as_checked(sentence):
        return None
    return checking(sentence)


# "Been through Norfolk's evidence on 25 and it's all there, tick it off"
_HAVING_LOOKED = re.compile(
    r"\b(?:content|satisfied|confident|happy (?:that|with)|been through|gone through|went through|looked (?:at|over|through)|had a look|read|seen|checked|reviewed|evidence)\b.*[,;:.–—-] ?(?:so |and |please |pls |you can |we can |i can |can |(?:i'm |i am |we're |we are )?(?:happy|content|fine|ok|okay|good|glad|ready|able) to )*(?:tick|sign|check) (?:it|them|that|this) off\b"
)


def _is_marked_as_checked(sentence: Sentence) -> bool:
    is_told = sentence.asker.is_coordinator and _HAVING_LOOKED.search(sentence.lower) is not None
    return is_told or _MARKS_AS_CHECKED.search(sentence.lower) is not None


def checking(sentence: Sentence) -> Understanding | None:
    allowed = (M.CHECK, M.CHECKED, M.MARK, M.BODY_WORD, M.REC_WORD, M.OWN, M.COMPLETE)
    bodies = sentence.bodies
    left = sentence.left_over(allowed, SUBJECT_KINDS)
    is_plain = _CHECKS.search(sentence.lower) and all(piece.key in _SATISFIED for piece in left)
    # Of one recommendation and one body, what else is said tells why.
    is_marked = _is_marked_as_checked(sentence) and len(bodies) == 1 and len(sentence.named_refs) == 1
    if not bodies or not (
        is_plain or (is_marked and not sentence.has(M.NOT, M.NO_LONGER, M.HEDGE, M.EXCEPT))
    ):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    if leaves_doubt(sentence):
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(sentence))
    if sentence.refs:
        return Offered(tuple(joined("check", *sentence.refs, body.slug) for body in bodies))
    commands = (joined("check", ref, bodies[0].slug) for ref in sentence.around.addressed)
    return Asked(About.RECOMMENDATION, (*commands, bodies[0].slug))


# "15 isn't complete in Kent after all - reopen it"
_SO_REOPEN = re.compile(
    r"(?P<why>.{6,}?)[,;:.–—-] ?(?:so |and |please |pls |can you |could you )*(?:re-?open|unclose) (?:it|this|that)[.! ]*$"
)


_SIGNS_OFF = re.compile(
    r"(?:(?:please|pls|ok|yes|can you|could you|we can|i can) )*(?:sign|tick) off\b|.*\bcan be signed off[.! ]*$"
)


def signing_off(sentence: Sentence) -> Understanding | None:
    """Ask a coordinator who signs off whether that is the association's check or the body's own word."""
    is_theirs = sentence.asker.is_coordinator and not sentence.asker.bodies
    if not is_theirs or not _SIGNS_OFF.match(sentence.lower) or len(sentence.bodies) != 1:
        return None
    statement = statement_of(sentence)
    beside = (M.COMPLETE, M.REC_WORD)
    if len(sentence.named_refs) > 1 or statement.head.left_over(beside, SUBJECT_KINDS):
        return None
    if statement.tail.has(M.NOT, M.NO_LONGER, M.HEDGE, M.EXCEPT) or _ON_CONDITION.search(sentence.lower):
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(sentence))
    slug = sentence.bodies[0].slug
    commands = (
        with_text(joined(verb, ref, slug), statement.text)
        for ref in sentence.named_refs or sentence.around.addressed
        for verb in ("check", "complete")
    )
    return Asked(About.NAME if sentence.named_refs else About.RECOMMENDATION, tuple(commands))


_ON_CONDITION = re.compile(r"\b(?:once|when|if|unless|after|until|as soon as)\b")


_LEAVES_IT_CLOSED = re.compile(
    r"\b(?:not|never|no need to|no reason to|rather than|instead of) (?:\w+ )?(?:re-?open|unclose|re open)\w*"
)


def reopening(sentence: Sentence) -> Understanding | None:
    statement = statement_of(sentence)
    if (match := _SO_REOPEN.match(sentence.straight.strip())) and not sentence.has_question_mark:
        statement = Statement(sentence, match["why"].strip(), sentence.with_pieces(()))
    elif leaves_doubt_or_hedges(statement.head):
        return None
    if not sentence.has(M.REOPEN) or not sentence.refs:
        return None
    if match is None and statement.head.has(*STAGES, *ANSWERS) and not statement.head.has(M.REOPEN):
        # "Kent completed 25, the scheme can open again"
        return None
    if _LEAVES_IT_CLOSED.search(sentence.spelt_out):
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(sentence))
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    bodies = [body.slug for piece in named_places(statement.head).meant for body in piece.bodies]
    if not bodies:
        unfinished = with_text(joined("reopen", sentence.refs[0], PLACE), statement.text)
        return Asked(About.BODY, (), unfinished)
    return Offered(
        tuple(with_text(joined("reopen", sentence.refs[0], slug), statement.text) for slug in bodies)
    )


_WITHDRAWS = re.compile(r"^(?:please |pls |can you |could you )?(?:withdraw|drop|retire|scrap)\b")


def withdrawing(sentence: Sentence) -> Understanding | None:
    statement = statement_of(sentence)
    is_meant = _WITHDRAWS.search(sentence.lower) and not leaves_doubt_or_hedges(statement.head)
    if not is_meant or not sentence.refs:
        return None
    if statement.head.has(M.REMIND, M.WAITING, M.OVERDUE, M.NOTE, M.CONTACT, M.SEND):
        # "Drop the late ones a reminder" withdraws nothing.
        return None
    if any(piece.bodies or piece.regions for piece in statement.head.names):
        # It is withdrawn for all or for nobody.
        return not_understood(sentence)
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    return Offered((with_text(joined("withdraw", sentence.refs[0]), statement.text),))


_WHAT_IS_WRITTEN = (
    r"(?:wording|text|title|date|deadline|due date|number|spelling|sentence|paragraph|publication date)"
)
_IS_NOT_RIGHT = re.compile(
    rf"\b{_WHAT_IS_WRITTEN} (?:of|for|in|on) (?:rec\w* )?#?\d+\w* (?:is not|isn't|isnt|does not look|doesn't look) (?:right|correct|quite right)\W*$"
)
_CORRECTS = re.compile(
    rf"\b(?:typo|misprint|spelling mistake|spelling error|typing error)\b|\b(?:wrong|incorrect|outdated) {_WHAT_IS_WRITTEN}\b"
    rf"|\b(?:mistake|error|slip) (?:in|with|on) (?:the |its )?{_WHAT_IS_WRITTEN}\b"
    rf"|\b(?:correct|fix|amend|put right|edit|reword|mend) (?:the |its |a )?{_WHAT_IS_WRITTEN}\b"
    rf"|\b(?:correct|fix|amend|edit|reword|mend) (?:rec\w* )?#?\d+\w*['’]s {_WHAT_IS_WRITTEN}\W*$"
    rf"|\b{_WHAT_IS_WRITTEN} (?:of|for|in|on) (?:rec\w* )?#?\d+\w* (?:was|were|has been|is|got) (?:entered|typed|put in|recorded|down|set) (?:wrong(?:ly)?|incorrectly|as the wrong)\b"
    rf"|(?:^|and )(?:we |i )(?:entered|typed|put in|recorded|put down) the wrong {_WHAT_IS_WRITTEN}\b"
    rf"|\b{_WHAT_IS_WRITTEN} (?:of|for|in|on) (?:rec\w* )?#?\d+\w* (?:is|are|looks?) (?:wrong|incorrect|not right|out of date)\b"
    rf"|\b{_WHAT_IS_WRITTEN} (?:is|are|looks?) (?:wrong|incorrect|not right) (?:on|for|in|of)\b"
)


# "I need to amend rec 15", from somebody who may; anybody else means what they recorded themselves.
_CORRECTS_IT = re.compile(r"\b(?:correct|fix|amend|edit|reword|mend) (?:rec\w* )?#?\d+\w*\W*$")
_BEGINS_BY_CORRECTING = re.compile(
    r"(?:(?:please|pls|can you|could you|can we|could we) )*correct (?:the|its|a) (?!.*\b(?:is|was|are|or)\b)"
)


def correcting_at_once(sentence: Sentence) -> Understanding | None:
    """Offer the form where "correct" is the verb: "correct the date on 16"."""
    is_verb = _BEGINS_BY_CORRECTING.match(sentence.lower) and not sentence.has_question_word
    return correcting(sentence) if is_verb else None


def correcting(sentence: Sentence) -> Understanding | None:
    """Offer the form that puts a wording or a date right: "there's a typo in the wording of 16"."""
    is_not_right = _IS_NOT_RIGHT.search(sentence.lower) is not None
    is_meant = (
        is_not_right
        or _CORRECTS.search(sentence.lower)
        or (sentence.asker.is_coordinator and _CORRECTS_IT.search(sentence.lower))
    )
    if not is_meant or len(sentence.named_refs) != 1 or sentence.bodies:
        return None
    denies = sentence.has(M.NOT, M.NO_LONGER) or leaves_doubt(sentence)
    if (denies and not is_not_right) or sentence.has(M.EXTEND, M.EXTENSION, *STAGES, *ANSWERS):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    return Offered((joined("correct", sentence.named_refs[0]),))


_LETS_QUOTE = re.compile(
    r"(?:(?:ok|yes|sure|hi|hello|please|pls|and|so|we|i)[ ,]+)*(?:you (?:can|may|are (?:free|welcome|allowed) to)|(?:we are|we're|i am|i'm)? ?(?:happy|content|fine|ok|okay|good|it's ok|it is ok) (?:for (?:you|it|them|this|that|#?\d+|our [a-z ]+|what we [a-z ]+) to|with you)"
    r"|feel free to|it's (?:ok|okay|fine|all right) to|(?:we )?(?:give|grant) (?:you )?(?:permission|leave) to|(?P<denied>(?:you )?(?:can't|cannot|can not|may not|must not|mustn't|don't|do not))) (?:be )?(?:publish\w*|quot\w*)\b"
    r"|(?:(?:please|pls|can you|could you|we'd like to|i'd like to)[ ,]+)*(?P<private>keep|leave|make|mark|treat|hold) (?=(?:our|what we|my|this|that|the)\b).*\b(?:private|confidential|internal|unquoted|out of the (?:letter|account|public))\b"
)


def letting_quote(sentence: Sentence) -> Understanding | None:
    """Lead to the form where leave to quote is given: "you can publish our text on 15"."""
    match, asker = _LETS_QUOTE.match(sentence.lower), sentence.asker
    if match is None or sentence.has_question_mark:
        return None
    if match["denied"] or match["private"] or sentence.has(M.NOT, M.NO_LONGER):
        return NotAnswered(WhyNot.NOT_UNDERSTOOD, ("help update", *nearest(sentence)))
    if {*sentence.bodies} - {*asker.bodies} or len(asker.bodies) != 1:
        return None if asker.is_coordinator else not_yours(sentence)
    if len(sentence.named_refs) != 1:
        return Answerable("help update")
    return Offered((joined("update", sentence.named_refs[0], asker.bodies[0].slug),))


_REFUSES_MORE_TIME = re.compile(
    r"(?:(?:please|pls|can you|could you|can we|we should|i want to|tell them|ok|sorry|so)[ ,]+)*(?:no (?:to )?|refuse |turn down |decline |reject |deny |say no to )(?:[\w'’&. -]{0,40}?)?"
    r"\b(?:extensions?|more time|extra time|longer|request)\b"
    r"|(?:sorry|no|afraid|unfortunately|i'm afraid)?[ ,]*[\w'’& -]{2,40} (?:can't|cannot|can not|may not|won't get|doesn't get|is not getting|isn't getting) (?:have |get )?(?:any |an |another )?(?:extensions?|more time|extra time|longer)\b"
)
# "Give Surrey an extension": until when is not said.
_GIVES_MORE_TIME = re.compile(
    r"(?:(?:please|pls|can you|could you|ok|can we)[ ,]+)*(?:give|grant|allow|let) (?P<whom>[\w'’& -]{2,40}?) (?:have )?(?:an|another|a further|a short|some) (?:extension|more time|extra time|longer)(?: on [\w ]+| for [\w ]+)?\W*"
)


def refusing_more_time(sentence: Sentence) -> Understanding | None:
    """Point to how an extension is granted or refused, where a coordinator gives it without a day or refuses it."""
    if _GIVES_MORE_TIME.fullmatch(sentence.lower) and sentence.bodies and not sentence.days:
        if {*sentence.bodies} <= {*sentence.asker.bodies}:
            return None
        return Answerable("help extend") if sentence.asker.is_coordinator else not_yours(sentence)
    if not sentence.asker.is_coordinator or sentence.asks or not _REFUSES_MORE_TIME.match(sentence.lower):
        return None
    return NotAnswered(WhyNot.NOT_UNDERSTOOD, ("help extend", *nearest(sentence)))


def erasing(sentence: Sentence) -> Understanding | None:
    """Refuse to delete: nothing is deleted by plain words."""
    erases = any(piece.means(M.REDACT) and not piece.means(M.UNDO) for piece in sentence.pieces)
    return NotAnswered(WhyNot.NOT_KNOWN, nearest(sentence)) if erases else None


_INSPECTORS = r"(?P<who>(?:the )?(?:hmicfrs|hmic|inspectorate|inspectors?|iopc|hmi))(?:'s)?"
_CLOSES = r"(?:closed?|closing|closure|signed? off|signing off|discharged?)"
_CLOSED_BY = re.compile(
    rf"\b(?:{_INSPECTORS}\b.*\b{_CLOSES}|{_CLOSES}\b.*\b{_INSPECTORS.replace('who', 'whose')})\b"
)


def closing(sentence: Sentence) -> Understanding | None:
    """Offer the inspectorate's own word with its day: "HMICFRS has closed 15 for Sussex, their letter of 3 March"."""
    match = _CLOSED_BY.search(sentence.lower)
    if not match or len(sentence.days) > 1 or HOPES.search(sentence.lower) or not sentence.bodies:
        return None
    span = behind(sentence.days[0]) if sentence.days else None
    if sentence.asks and not (span or sentence.asks_politely):
        return None
    if not sentence.asker.is_coordinator:
        return not_yours(sentence)
    if span is None or not span.is_day:
        understood = offered(sentence, sentence.refs, lambda refs, slug: joined("close", refs, slug))
        return Asked(About.DAY, understood.commands) if isinstance(understood, Offered) else understood
    start = _last_number_or_name(sentence)
    says_more = any(
        piece.kind is PieceKind.UNKNOWN or piece.meanings - {M.NEUTRAL, M.TIME_WORD}
        for piece in sentence.pieces
        if piece.start >= start
    )
    after = sentence.text[start:].strip(" ,;:–—-")
    text = as_text(_CLOSED.sub("", after)) if says_more else match["who"] or match["whose"]
    day = day_words(span.first)
    return offered(
        sentence, sentence.refs, lambda refs, slug: with_text(joined("close", refs, slug, day), text)
    )


_CLOSED = re.compile(
    r"^(?:can be|is|are|has been|was|to be|now)* ?(?:closed|signed off|discharged)\W*", re.IGNORECASE
)


def _last_number_or_name(sentence: Sentence) -> int:
    return max(piece.end for piece in sentence.of_kind(PieceKind.REF, PieceKind.NAME))


_IMPORTS = re.compile(
    r"\b(?:upload|load|import|importing|bring in|read in|feed in|drop in|bulk load|to put in|get in|paste in)\b"
)
# "Here's a spreadsheet of returns"
_HANDS_OVER = re.compile(
    r"(?:here(?:'s| is| are)|attached (?:is|are)|please find attached|i attach|we attach) (?:a|an|the|our|my|some|their|all)?\b"
)
_A_TABLE = re.compile(
    r"\b(?:spreadsheets?|excel|xlsx|csv|tables?|files?|returns|workbooks?|sheets?|data|list)\b"
)


def importing(sentence: Sentence) -> Understanding | None:
    """Offer the import: "I have a spreadsheet of returns to load"."""
    is_handed_over = _HANDS_OVER.match(sentence.lower) and not sentence.asks_politely
    if not ((_IMPORTS.search(sentence.lower) or is_handed_over) and _A_TABLE.search(sentence.lower)):
        return None
    if sentence.refs or sentence.has(M.NOT, M.NO_LONGER) or leaves_doubt(sentence):
        return None
    return Offered(("import",)) if sentence.asker.is_coordinator else not_yours(sentence)
