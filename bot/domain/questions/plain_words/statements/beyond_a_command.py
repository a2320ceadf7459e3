"""What a statement may say that no command could hold: a condition, a day to come, another body, what was once so."""

import re

from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import Piece, PieceKind
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.statements.of_something_else import (
    is_said_of_another_place,
    is_said_of_something_else,
)
from bot.domain.questions.plain_words.statements.parts import Statement
from bot.domain.questions.plain_words.statements.states_said import (
    ONLY_A_PART,
    only_says_yes,
    state_meaning,
    turns_round,
)
from bot.domain.questions.plain_words.states import ANSWERS, STAGES
from bot.domain.questions.plain_words.times import ahead, behind

MAY_STAND = (
    *(
        *STAGES,
        *ANSWERS,
        M.NOT,
        M.NO_LONGER,
        M.OWN,
        M.MARK,
        M.BODY_WORD,
        M.REC_WORD,
        M.CHANGES,
        M.STATUS,
        M.EXCEPT,
    ),
    *(
        M.WHETHER,
        M.RECORDED,
        M.NOTE,
        M.EVERYONE,
        M.RESPOND,
        M.FORM,
        M.TELL,
        M.OUTSTANDING,
        M.WORDING,
        M.REPORT_WORD,
    ),
)
# After these the text gives a reason, or is set apart by whoever typed it.
_GIVES_A_REASON = frozenset((":", "because", "due", "owing", "saying", "say", "says", "as"))
_A_PART = re.compile(r"\(?[a-z]\)")
_IN_THE_PAST = re.compile(
    r"\b(?:had(?! to (?:stop|pause|halt|suspend|park|shelve)| an? (?:yes|no)\b)|used to)\b"
)
# "Has been parked" lasts; "has been blocked" may be over.
_WAS = re.compile(
    r"\b(?:was|were|had been|(?:have|has) been (?!(?:parked|paused|put on|suspended|shelved|halted|stopped|frozen|stalled|held up|kicked)\b))"
)
_ON_CONDITION = re.compile(
    r"\b(?:if(?! (?:i'?m|i am|we'?re|we are) honest)|when|whether|provided|providing|(?:so|as) long as|on condition)\b"
)
_TO_COME = frozenset(("by", "until", "till", "before", "from"))


# "15 was complete until January", "15 is being completed": it is not so now, or not yet.
_UNTIL_THEN = re.compile(r"(?:up )?(?:until|till|til)\b")
_IS_BEING_DONE = re.compile(
    r"\b(?:being|getting|to be) (?:fully |finally |now )*(?:complet|finish|deliver|implement|clos|conclud|achiev|discharg|fulfill|accept|agree|done)\w*\b"
)


# "Work on 15 has stopped"
_HAS_STOPPED = re.compile(
    r"\b(?:stopped|stops|ceased|abandoned|collapsed|fizzled out|fell through|fallen through|ended|lapsed|dried up)\b"
)


# "We accept 15 as long as Essex does"
_MAKES_A_CONDITION = re.compile(
    r"(?:but |and )?(?:only )?(?:(?:as |so )?long as|provided|providing|on condition|assuming)\b"
)
# "We accept 15 so long as …", cut at its "as"
_SO_LONG = re.compile(r"\b(?:so|as) long$")


def _makes_a_condition(statement: Statement) -> bool:
    is_so_long = statement.turns_with == "as" and _SO_LONG.search(statement.head.head) is not None
    return is_so_long or _MAKES_A_CONDITION.match(statement.text.casefold()) is not None


# "16 was complete but the provider has pulled out", "15 was accepted but we've changed our minds"
_CHANGES_ITS_MIND = re.compile(
    r"\b(?:changed (?:our|their|his|her|my|its) minds?|second thoughts|gone back on|went back on|reversed|withdr[ae]w\w*|no longer|u-turn)\b"
)
COMES_UNDONE = re.compile(
    r"\b(?:pulled out|pulling out|folded|closed|collapsed|gone bust|lapsed|ended|fallen (?:through|apart)|fell (?:through|apart)|unravell\w+|undone"
    r"|walked away|pulled the plug|stopped|been cut|left|quit|resigned|run out|ran out|reopened)\b"
)
_IS_OVER = re.compile(r"\b(?:was|were|had|used to)\b")
_SINCE = re.compile(r"\b(?:since|again|now)\b")


def _has_come_undone(statement: Statement) -> bool:
    """Whether what was done, or answered, is so no more: the end tells how it came undone."""
    head, text = statement.head, statement.text.casefold()
    if statement.turns_with != "but" and not _TURNS_ROUND.match(text):
        return False
    if head.has(M.COMPLETE, M.ACCEPT) and _CHANGES_ITS_MIND.search(text):
        return True
    is_over = _IS_OVER.search(head.spelt_out) is not None or _SINCE.search(text) is not None
    return head.has(M.COMPLETE) and is_over and COMES_UNDONE.search(text) is not None


# "Suffolk say 25 is complete but the evidence doesn't stack up", "Kent said 16 was done, it isn't"
_NOT_BORNE_OUT = re.compile(
    r"\b(?:evidence|paper\w*|proof|figures|data|claim|story)\b.{0,40}(?:n't|\bnot|\bno|\bthin|\bweak|\black\w*|\bmissing|\bpatchy|\bpoor|\bflimsy|\bshort)\b"
    r"|\bno (?:real |proper |actual )?(?:evidence|proof|sign of it)\b|\bnothing (?:behind it|to (?:show|back)|in place)|\b(?:i|we) (?:do not|don't|can't|cannot) (?:believe|buy|see|accept) (?:it|that|this)\b"
    r"|\bnot (?:convinced|persuaded|satisfied)\b|^(?:but |and |when |actually )*(?:it|that|this|they) (?:is|are|was|were|has|have)(?:n't| not)\b"
)


_ORDERS_IT_OPENED = re.compile(
    r"\b(?:re-?open|unclose)(?: it| that| this| them)?(?: please| pls| again| then)*[.!]*$|\bback (?:to|as) (?:being )?open\b|\b(?:re-?)?open (?:it|that|this|them)\b"
)


def _is_disputed(statement: Statement) -> bool:
    """Whether a coordinator tells that a body calls it done, and that it is not so; or orders it to be open again."""
    head, text = statement.head, statement.text.casefold().replace("’", "'")
    if _ORDERS_IT_OPENED.search(text):
        return True
    return head.has(M.COMPLETE) and head.asker.is_coordinator and _NOT_BORNE_OUT.search(text) is not None


_TURNS_ROUND = re.compile(r"(?:but|until|then|now|since then|however|sadly|unfortunately)\b")


def says_more_than_a_command_holds(statement: Statement) -> bool:
    """Whether a command could not hold it: a part, a day to come, a condition, what was once so, another
    recommendation that stands differently, or another order."""
    head = statement.head
    return (
        _says_it_of_parts(statement)
        or (head.has(M.COMPLETE, *ANSWERS) and _UNTIL_THEN.match(statement.text.casefold()) is not None)
        or _makes_a_condition(statement)
        or _has_come_undone(statement)
        or _is_disputed(statement)
        or _IS_BEING_DONE.search(head.spelt_out) is not None
        or (head.has(M.STARTED) and _HAS_STOPPED.search(head.head) is not None)
        or any(_is_to_come(head, piece) for piece in head.days)
        or _ON_CONDITION.search(head.head) is not None
        or _was_once(head)
        or _is_still_to_be_done(head)
        or _takes_away(head)
        or _takes_away_a_body(statement)
        or _says_otherwise(statement)
        or _takes_it_back(statement)
        or _says_what_was_not_said(statement)
        or _orders_something_else(head)
        or _speaks_of_something_else(head)
        or is_said_of_something_else(head, statement.text)
        or is_said_of_another_place(head, statement.text)
        or _says_each_differently(head)
        or _leaves_open_who(head)
    )


def _says_it_of_parts(statement: Statement) -> bool:
    """Whether it speaks of parts, and not of how far one of them is: "we accept 15(a)"."""
    parts = statement.head.of_kind(PieceKind.PART)
    is_how_far_one_is = (
        len(parts) == 1 and not statement.head.of_kind(PieceKind.REF) and not statement.head.has(*ANSWERS)
    )
    return (bool(parts) and not is_how_far_one_is) or _A_PART.match(statement.text) is not None


def _leaves_open_who(head: Sentence) -> bool:
    """Whether it says it of neither of two bodies: "either Kent or Essex has done 15"."""
    return len(set(head.bodies)) > 1 and re.search(r"\b(?:or|either|one of)\b", head.head) is not None


def _says_each_differently(head: Sentence) -> bool:
    """Whether it would take several recordings: "we accept 15 in full and 16 in part", "15 yes, 16 no"."""
    meanings = {meaning for piece in head.pieces if (meaning := state_meaning(piece))}
    if only_says_yes(head) and not meanings & {M.PARTLY, M.DECLINE}:
        # "Yes, 15 and 16 are done".
        meanings.discard(M.ACCEPT)
    is_in_full_and_in_part = M.PARTLY in meanings and re.search(r"\bin full\b", head.head) is not None
    says_several = len(meanings) > 1 or is_in_full_and_in_part
    return len(head.named_refs) > 1 and says_several and not turns_round(head)


_GOES_ON_FINISHING = re.compile(
    r"^(?:finish|complet|deliver|implement|clos|conclud|achiev|discharg|fulfil|wrapp)\w*ing\b"
)
# "There were no objections to 15 in the consultation"
_OTHERS_DO_NOT_OBJECT = re.compile(r"^there (?:is|are|was|were|has been|have been) .*\bobjections?\b")
# "Gwent started asking about 15"
_STARTS_TO_TALK = re.compile(
    r"\b(?:start(?:ed|ing)?|beg(?:an|un|in|inning)) (?:asking|talking|wondering|chasing|complaining|worrying|moaning|querying|questioning|thinking"
    r"|to (?:ask|talk|wonder|chase|complain|worry|moan|query|question|think|doubt))\b"
)
_A_PAPER = re.compile(
    r"\b(?:form|survey|return|questionnaire|template|paperwork|spreadsheet|application|consultation)\b"
)


def _speaks_of_something_else(head: Sentence) -> bool:
    """Whether it says something else than it begins with: "we are finishing 15" is not done, and "accepts the
    premise of 15" is no acceptance."""
    if not head.has(M.MARK) and any(
        piece.means(M.COMPLETE) and _GOES_ON_FINISHING.match(piece.key) for piece in head.pieces
    ):
        return True
    if _STARTS_TO_TALK.search(head.spelt_out) or _OTHERS_DO_NOT_OBJECT.search(head.spelt_out):
        return True
    between = _between_state_and_number(head)
    accepts_another_thing = any(piece.kind is PieceKind.UNKNOWN or piece.key == "that" for piece in between)
    return (
        accepts_another_thing
        or _completes_a_thing_of_it(head)
        or any(_A_PAPER.search(piece.key) for piece in between)
    )


_A_THING = re.compile(
    r"\s*(?:a|an|some|several|another|two|three|four|our|the first|the last|one of the)\s+[a-z]"
)


def _completes_a_thing_of_it(head: Sentence) -> bool:
    """Whether something of it is complete, and not it: "we have completed a review for 16"."""
    state = next((piece for piece in head.pieces if piece.means(M.COMPLETE)), None)
    number = next((piece for piece in head.pieces if piece.kind is PieceKind.REF), None)
    if state is None or number is None or number.start < state.end:
        return False
    between = head.text[state.end : number.start].casefold()
    pieces_between = (piece for piece in head.pieces if state.end <= piece.start < number.start)
    return _A_THING.match(between) is not None and any(
        piece.kind is PieceKind.UNKNOWN for piece in pieces_between
    )


def _between_state_and_number(head: Sentence) -> tuple[Piece, ...]:
    """Return what stands between an answer, or "complete", and the number after it; of "complete" only papers count."""
    state = next((piece for piece in head.pieces if piece.means(M.ACCEPT, M.DECLINE, M.COMPLETE)), None)
    number = next((piece for piece in head.pieces if piece.kind is PieceKind.REF), None)
    if state is None or number is None or number.start < state.start:
        return ()
    between = (piece for piece in head.pieces if state.end <= piece.start < number.start)
    if state.means(M.COMPLETE):
        return tuple(
            piece for piece in between if piece.kind is not PieceKind.UNKNOWN or _A_PAPER.search(piece.key)
        )
    return tuple(between)


def _orders_something_else(head: Sentence) -> bool:
    """Whether words are left over that may turn it into something else: "we refused to extend 15" declines
    nothing."""
    left = head.left_over((*MAY_STAND, M.SEARCH), (PieceKind.REF, PieceKind.NAME, PieceKind.DAY))
    # "Accepted by Kent": a day after "by" is looked at elsewhere.
    return any(piece.kind is PieceKind.WORDS and piece.key != "by" for piece in left)


def _says_what_was_not_said(statement: Statement) -> bool:
    """Whether it tells what somebody said, or did not say: "Kent has not said that it accepts", "Kent says
    that Surrey has finished"."""
    head = statement.head
    reports = re.search(r"\b(?:say|says|said|saying)\b(?! (?:yes|no)\b)", head.head) is not None
    is_indirect = (
        re.search(r"\b(?:refus|declin)\w* to (?:say|comment|answer|reply|respond)\b", head.text.casefold())
        is not None
        or re.match(r"(?:whether|if|how|when|why)\b", statement.text.casefold()) is not None
        or re.search(r"\b(?:us|me|them|want|wants|wanted|asked|told) to say\b", head.head) is not None
    )
    return is_indirect or (reports and (len(set(head.bodies)) > 1 or head.has(M.NOT)))


def _is_to_come(head: Sentence, day: Piece) -> bool:
    span = behind(day)
    if _begins_then(head):
        return span is None or not span.is_day or ahead(day) != span
    return span is None or span.first > head.around.today or head.word_before(day) in _TO_COME


_IN_THE_PRESENT = re.compile(
    r"(?:(?:begin|start|commence|kick|finish|complete|end|conclude)s?|(?:beginn|start|commenc|kick|launch|finish|complet)ing)\b"
)


def _begins_then(head: Sentence) -> bool:
    """Whether it is told in the present: "25 begins in April" is still to come."""
    return any(
        piece.means(M.STARTED, M.COMPLETE) and _IN_THE_PRESENT.match(piece.key) and piece.key != "complete"
        for piece in head.pieces
    )


def _was_once(head: Sentence) -> bool:
    """Whether it says how it was ("we had accepted 15", "15 was blocked"), not how it is."""
    if _IN_THE_PAST.search(head.head):
        return True
    return head.has(M.BLOCKED, M.NOT_STARTED) and _WAS.search(head.head) is not None


_MOVES_TO_A_STATE = re.compile(
    r"(?:(?:please|pls|can you|could you) )*(?:change|move|update|switch|set|put|turn)\b"
)
# "You can tick off 16" is an order.
_LETS = re.compile(r"(?:so |ok |yes |right )*(?:you can|feel free to|go ahead and|you may|just)\b")
_TO_BE_DONE = re.compile(r"\b(?:to|must|can)\s*$")


def _is_still_to_be_done(head: Sentence) -> bool:
    """Whether it says what is wanted: "Kent must finish 15", "ask Kent to accept 15"."""
    if (
        head.has(M.MARK)
        or turns_round(head)
        or _MOVES_TO_A_STATE.match(head.spelt_out)
        or _LETS.match(head.head)
    ):
        return False
    return any(
        piece.means(M.ACCEPT, M.DECLINE, M.COMPLETE, M.STARTED)
        and not piece.means(M.NOT_STARTED)
        and _TO_BE_DONE.search(head.text[: piece.start].casefold())
        for piece in head.pieces
    )


def _takes_away(head: Sentence) -> bool:
    """Whether it takes away a recommendation or a body ("all but 16", "done except Kent"), or a part of any
    state but completion."""
    if head.has(M.EXCEPT) and not head.has(M.COMPLETE) and not _accepts_all_but(head):
        return True
    after_except = False
    for piece in head.pieces:
        if after_except and piece.kind in (PieceKind.REF, PieceKind.PART, PieceKind.NAME):
            return True
        after_except = after_except or piece.means(M.EXCEPT)
    return False


def _accepts_all_but(head: Sentence) -> bool:
    """Whether what is left out comes after what is accepted, and is a thing: "15 accepted bar the staffing"."""
    places = [place for place, piece in enumerate(head.pieces) if piece.means(M.ACCEPT, M.EXCEPT)]
    if len(places) != 2 or not head.pieces[places[0]].means(M.ACCEPT) or head.has(M.DECLINE, M.NOT, *STAGES):
        return False
    after = head.pieces[places[1] + 1 :]
    return head.pieces[places[1]].key.startswith(_LEAVES_OUT) and any(
        piece.kind is PieceKind.UNKNOWN for piece in after
    )


_LEAVES_OUT = (
    "bar",
    "except",
    "apart from",
    "other than",
    "but for",
    "minus",
    "excluding",
    "with the exception",
)


def _takes_away_a_body(statement: Statement) -> bool:
    """Whether its text takes away a body of the register: "done 15 except Kent"."""
    text = statement.text.casefold()
    after = re.match(r"(?:except|apart from|bar|but for|other than) (?:for )?([\w-]+)\W*$", text)
    return after is not None and any(body.slug == after[1] for body in statement.head.around.bodies)


def _says_otherwise(statement: Statement) -> bool:
    """Whether the text says another thing of it, or speaks of another recommendation: "15 is done, 16 is not"."""
    if statement.turns_with in _GIVES_A_REASON or only_denies_others(statement):
        return False
    if denies_another_state(statement):
        return False
    tail = statement.tail
    is_why_blocked = statement.head.has(M.BLOCKED) and not statement.head.has(M.NOT, M.NO_LONGER)
    if (
        tail.pieces
        and tail.pieces[0].means(M.WAITING)
        and statement.head.has(M.BLOCKED)
        and not tail.named_refs
    ):
        # What is waited for is the reason: "held up, waiting on the contract with victim support".
        return False
    meant = {meaning for piece in statement.head.pieces if (meaning := state_meaning(piece))}
    also = {
        meaning
        for piece in _said_of_the_same(tail, is_why_blocked=is_why_blocked)
        if piece.key not in _NO_ANSWER and (meaning := state_meaning(piece))
    }
    if meant & {M.DECLINE, M.PARTLY}:
        # Why it is not accepted, or not all of it: "it is done elsewhere".
        also -= {M.STARTED, M.COMPLETE, M.BLOCKED, M.NOT_STARTED}
    if M.ACCEPT in meant and ONLY_A_PART.match(statement.text.casefold()):
        # "Yes to 15, but only in part"
        also.discard(M.PARTLY)
    if M.PARTLY in meant:
        # What it takes on and what not: "we can't commit to the funding".
        also -= {M.ACCEPT, M.DECLINE}
    return bool(tail.named_refs or also - meant or _names_another_body(statement))


_SAYS_WHICH = frozenset(
    ("new", "first", "last", "other", "another", "second", "next", "extra", "our", "their", "all")
)


def only_denies_others(statement: Statement) -> bool:
    """Whether its end only says that another recommendation is not so: "Northumbria's done 15 but not 16"."""
    tail = [piece for piece in statement.tail.pieces if piece.kind is not PieceKind.MARK]
    accepts = statement.head.has(M.ACCEPT) and statement.turns_with == "but"
    is_done = statement.head.has(M.COMPLETE, M.STARTED) and statement.turns_with in ("but", ",")
    if not (accepts or is_done):
        return False
    numbers = {piece.ref for piece in statement.tail.of_kind(PieceKind.REF)}
    is_short = all(piece.kind is PieceKind.REF or piece.means(M.NOT) or piece.key in _SMALL for piece in tail)
    start, end = statement.head.pieces[-1].end, tail[0].start if tail else 0
    says_not = any(piece.means(M.NOT) for piece in tail) or "not" in statement.head.text[start:end].casefold()
    return bool(numbers) and is_short and says_not and not numbers & set(statement.head.named_refs)


def denies_another_state(statement: Statement) -> bool:
    """Whether its end only says which state it is not in: "should be showing as in progress, not complete"."""
    tail = [piece for piece in statement.tail.pieces if piece.kind is not PieceKind.MARK]
    says = [meaning for piece in tail if (meaning := state_meaning(piece))]
    head = {meaning for piece in statement.head.pieces if (meaning := state_meaning(piece))}
    is_short = all(piece.means(M.NOT, M.NEUTRAL) or state_meaning(piece) for piece in tail)
    denies_it = len(tail) > 1 and tail[0].key == "not"
    return is_short and denies_it and len(says) == 1 and len(head) == 1 and says[0] not in head


_SMALL = frozenset(("yet", "and", "or", "but not", "quite", "still", "rec", "recommendation"))


def _said_of_the_same(tail: Sentence, *, is_why_blocked: bool) -> tuple[Piece, ...]:
    """Return the pieces of a text but those that say what else has begun or is done: "the last ISAC started Monday".

    Why something is blocked may be what is not done or agreed: "funding not agreed"."""
    subject = next(
        (
            piece
            for piece in tail.pieces
            if not piece.means(M.NEUTRAL, M.TIME_WORD)
            and piece.key not in _SAYS_WHICH
            and not (is_why_blocked and piece.key == "no")
        ),
        None,
    )
    may_deny = () if is_why_blocked else (M.NOT,)
    is_of_something_else = (
        subject is not None
        and subject.kind is PieceKind.UNKNOWN
        and not tail.has(*may_deny, M.HEDGE, M.NO_LONGER)
    )
    if not is_of_something_else:
        return tail.pieces
    says_nothing = (M.STARTED, M.COMPLETE, M.ACCEPT, *((M.DECLINE, M.NOT_STARTED) if is_why_blocked else ()))
    return tuple(piece for piece in tail.pieces if not piece.means(*says_nothing))


# "There's no money for it" is no answer.
_NO_ANSWER = frozenset(("for it",))


_BUT_NOT = re.compile(r"(?:but )?not\b")
_DISBELIEVES = re.compile(
    r"\b(?:do|can|could|does) not (?:\w+ )?(?:believe|trust|buy|credit|see how)\b|\bnot (?:\w+ )?(?:convinced|sure|certain|persuaded)\b"
    r"|\b(?:doubt|doubts|doubtful|sceptical|skeptical|suspicious|unconvinced|suspect|pinch of salt)\b"
)


def _takes_it_back(statement: Statement) -> bool:
    """Whether the end takes back the beginning: "15 was done but isn't any more", "15 is done, or not"."""
    tail = statement.tail
    if statement.head.has(M.BLOCKED) and tail.has(M.UNBLOCKED):
        return True
    if tail.has(M.NO_LONGER) or _DISBELIEVES.search(tail.spelt_out):
        return True
    says = [piece for piece in tail.pieces if piece.kind is not PieceKind.MARK]
    if _BUT_NOT.match(statement.text.casefold()) and all(piece.means(M.NEUTRAL) for piece in says):
        # "We accept 15 but not yet"
        return True
    return bool(says) and tail.has(M.NOT) and all(piece.means(M.NOT, M.NEUTRAL) for piece in says)


def _names_another_body(statement: Statement) -> bool:
    """Whether its end is about another body: "Kent has done 15, but not Surrey". "Apart from Medway" is
    within Kent."""
    head = statement.head
    own = set(head.bodies or head.asker.bodies)
    is_apart = statement.turns_with in ("but", "except", "apart", "bar")
    return is_apart and any(set(piece.bodies) - own for piece in statement.tail.names)
