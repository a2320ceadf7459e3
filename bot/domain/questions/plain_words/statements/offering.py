"""Statements that would record: "Kent has accepted 15", "we're stuck on 25 because of vetting".

They are offered as the exact command, with all the person's words; nothing is done until it is pressed."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.domain.questions.grammar.certainty import Doubt, doubts_in
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_details import NOTHING_TYPED, TypedDetails, with_details
from bot.domain.questions.plain_words.corrections import as_it_is_now
from bot.domain.questions.plain_words.doubts import denies, is_doubtful
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.places import begun_by, nearest, not_understood
from bot.domain.questions.plain_words.recorders import by_wording, joined, offered, with_text
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.statements.beyond_a_command import (
    MAY_STAND,
    denies_another_state,
    only_denies_others,
    says_more_than_a_command_holds,
)
from bot.domain.questions.plain_words.statements.decisions import (
    Decision,
    decision_in,
    is_rather_to_come,
    only_says_who_decided,
)
from bot.domain.questions.plain_words.statements.parts import Statement, statement_of
from bot.domain.questions.plain_words.statements.states_said import (
    StateCommand,
    recorded_state_and_text,
    refused_as_it_is,
    says_a_part_is_done,
    stands_still,
    with_a_part_done,
)
from bot.domain.questions.plain_words.states import ANSWERS, STAGES, state_of
from bot.domain.questions.plain_words.understanding import (
    About,
    Asked,
    NotAnswered,
    Offered,
    Understanding,
    WhyNot,
)
from bot.domain.values import replace


def recording_of(sentence: Sentence) -> Understanding | None:
    """Offer what a statement or an order says of a body's answer or progress."""
    statement = statement_of(with_a_part_done(as_it_is_now(sentence)))
    head = statement.head
    if _denies_a_body(sentence) or _SAYS_YES_AND_NO.match(sentence.lower):
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(sentence))
    if not head.has(*STAGES, *ANSWERS) or _names_many(head) or _joins_conditions(sentence):
        return None
    if _speaks_of_no_body(sentence) and head.has(M.CONTACT, M.FILE, M.XLSX, M.MAP, M.CHART):
        # "E-mails for everyone not started on 25".
        return None
    if _OF_A_STATE.match(sentence.lower):
        # "Map of acceptance for 25".
        return None
    if re.search(r"\bgive (?:our|my|everyone|all)\b", head.head) or _asks_for_news(head):
        return None
    if is_doubtful(head) or says_more_than_a_command_holds(statement):
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(sentence))
    adds_no_text = only_denies_others(statement) or denies_another_state(statement)
    text = "" if adds_no_text else statement.text
    recording, text = recorded_state_and_text(head, text)
    is_answered = recording is not None and recording.answers
    decision = _decision_in(statement) if is_answered else None
    if is_answered and any(is_rather_to_come(head, day) for day in head.days):
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(sentence))
    if decision is not None and decision.day in statement.tail.pieces:
        text = ""
    if recording is StateCommand.ACCEPT and _adds_nothing(statement.tail):
        text = ""
    if recording is None and _speaks_of_no_body(sentence):
        # "25. Not done. Names."
        return None
    if recording is None:
        is_a_refusal = denies(head) or refused_as_it_is(head) is not None or stands_still(head)
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(sentence)) if is_a_refusal else None
    return _offered_of(head, recording, text, decision)


# "Yes no 15", and not "yes, no problem with 15"
_SAYS_YES_AND_NO = re.compile(
    r"(?:yes|yep|yeah|y)\W+(?:and |or )?(?:no|nope)\b(?! (?:problem|objection|issue|worr|concern|need|change))"
)


def _denies_a_body(sentence: Sentence) -> bool:
    """Whether it says of which body it is not: "Sussex, not Essex, have accepted 25"."""
    return len(sentence.names) > 1 and any(
        before.key == "not" and after.kind is PieceKind.NAME for before, after in pairwise(sentence.pieces)
    )


def _decision_in(statement: Statement) -> Decision | None:
    """Return when an answer was decided, as its beginning tells or a clause after it that tells nothing else."""
    return decision_in(statement.head) or only_says_who_decided(statement.tail)


_OF_A_STATE = re.compile(
    r"(?:please |pls |an? |the |any |tile |heat )*(?:map|maps|chart|charts|graph|graphs|table|tables|spreadsheet|list|lists|picture|breakdown|count"
    r"|summary|overview|percentage|proportion|number|numbers|rate) (?:of|for|showing|by|with)\b"
)


_NEWS = (
    "latest",
    "position",
    "picture",
    "situation",
    "any news",
    "news from",
    "news on",
    "update on",
    "update from",
)


def _asks_for_news(head: Sentence) -> bool:
    """Whether it begins by asking how something stands: "latest from Hampshire on the block"."""
    first = next((piece for piece in head.pieces if piece.key not in ("the", "any")), None)
    return first is not None and first.key.startswith(_NEWS)


def _adds_nothing(tail: Sentence) -> bool:
    """Whether what follows only stresses what was said: "we accept 16, no caveats"."""
    return all(piece.kind is PieceKind.MARK or piece.means(M.NEUTRAL) for piece in tail.pieces)


def _speaks_of_no_body(sentence: Sentence) -> bool:
    """Whether a coordinator says it of nobody: then it asks for a list."""
    is_of_nobody = (
        not sentence.names and not sentence.has(M.OWN, M.MARK) and not sentence.of_kind(PieceKind.UNKNOWN)
    )
    return sentence.asker.is_coordinator and not sentence.asker.bodies and is_of_nobody


def _joins_conditions(sentence: Sentence) -> bool:
    """Whether it lists those of whom two states hold ("complete without evidence", "accepted but not
    started"), since it says neither of whom nor of what."""
    # A coordinator who names no body records nothing.
    records_for_itself = bool(sentence.asker.bodies) or not sentence.asker.is_coordinator
    says_of_what = (sentence.refs and records_for_itself) or sentence.names or sentence.has(M.OWN, M.MARK)
    states = [piece for piece in sentence.pieces if state_of(piece)]
    beside = (M.EVIDENCE, M.OVERDUE, M.CONTACT, M.EXTENSION, M.SILENT)
    return not says_of_what and bool(states) and (sentence.has(*beside) or len(states) > 1)


_BODIES = r"(?:(?:policing|police) )?(?:bodies|bods|forces|pccs|areas|offices|commissioners|members|mayors|regions|those)"

# "A few forces", "two or three bodies", "a good dozen of the others".
_SOME = (
    r"(?:(?:an?|one|half|all|most|much|third|thirds|quarter|quarters|majority|bulk|the|some|several|many|various|numerous|or|at least|about|around|over|more than|nearly|good) |"
    r"(?:couple|few|handful|pair|dozen|number|lot|lots|half|most|third|thirds|quarter|quarters|majority|bulk|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|"
    r"[0-9]+) (?:of (?:the )?)?)*"
)


def _names_many(head: Sentence) -> bool:
    """Whether it lists bodies ("refusals anywhere", "the blocked ones", "a few forces have accepted"); only a
    sentence about a body states something."""
    lists_bodies = re.match(rf"(?:only\b|(?:the |all |any )*{_SOME}{_BODIES}\b)", head.head) is not None or (
        not head.names
        and re.match(
            rf"(?:the |all |any )*(?:mayoral|welsh|english|northern|southern|other|remaining|local) {_BODIES}\b",
            head.head,
        )
        is not None
    )
    return (
        lists_bodies
        or _is_done_by_many(head)
        or head.has(M.LISTED, M.BY_REGION, M.PERCENT)
        or re.search(
            r"\b(?:acceptances|refusals|rejections|completions|responses|answers|blockers|blockages|bottlenecks?|pinch points?|choke points?|problems|problem areas|trouble spots|(?<!\bno )objections|stragglers)\b",
            head.head,
        )
        is not None
    )


def _is_done_by_many(head: Sentence) -> bool:
    """Whether others did it: "15 accepted by a few forces", but not "blocked by two forces", which is a
    reason."""
    by_many = rf"\bby (?:all |the |other |most )*{_SOME}{_BODIES}\b"
    return not head.has(M.BLOCKED) and re.search(by_many, head.head) is not None


def _offered_of(
    head: Sentence, recording: StateCommand, text: str, decision: Decision | None
) -> Understanding | None:
    refs = head.refs
    kinds = (PieceKind.REF, PieceKind.PART, PieceKind.NAME, PieceKind.DAY)
    unknown = [piece for piece in head.left_over(MAY_STAND, kinds) if piece.kind is PieceKind.UNKNOWN]
    unknown = [piece for piece in unknown if not begun_by(piece.key, head.around)]
    if unknown and not refs:
        refs = by_wording(head, unknown)
        if not refs:
            return not_understood(head)
    speaks_of_all = any(
        piece.means(M.EVERYONE) and not (decision and decision.says(piece)) for piece in head.pieces
    )
    if speaks_of_all and not head.names and not _says_it_of_all(head):
        # "Accept 15 for everyone" asks nothing.
        is_order = bool(head.named_refs) and _ORDERS_A_STATE.match(head.lower) is not None
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(head)) if is_order else None
    if _NAMES_MORE.match(text):
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(head))
    if not refs and text and _is_bare_state(head):
        return Asked(
            About.RECOMMENDATION,
            tuple(
                recording.command(str(ref), body.slug, text)
                for body in head.asker.bodies
                for ref in head.around.addressed
            ),
        )
    # "Accept" takes no text, so words around it are no part of its command.
    is_bare = recording is StateCommand.ACCEPT and not text
    if says_a_part_is_done(head):
        text = head.text.strip()
    if decision is not None:
        unknown = [piece for piece in unknown if not decision.says(piece)]
    words = "" if is_bare else _whole_text(head, text, bool(unknown), decision)
    details = decision.details if decision else NOTHING_TYPED
    if parts := head.of_kind(PieceKind.PART):
        details = replace(details, part=parts[0].key)
    if recording is StateCommand.ACCEPT and words:
        return _accepted_with_words(head, refs, words, details)
    return offered(
        head, refs, lambda numbers, slug: with_details(recording.command(numbers, slug, words), details)
    )


def _accepted_with_words(
    head: Sentence, refs: Sequence[Ref], words: str, details: TypedDetails
) -> Understanding:
    """Offer the acceptance, which takes no text, and the words as a note beside it; "subject to funding" takes
    back a part of what is accepted."""
    if any(doubt.doubt is not Doubt.QUESTION_WORD or doubt.first for doubt in doubts_in(words)):
        return NotAnswered(WhyNot.NOT_CERTAIN, nearest(head))
    accepted = offered(
        head,
        refs,
        lambda numbers, slug: with_details(StateCommand.ACCEPT.command(numbers, slug, ""), details),
    )
    noted = offered(head, refs, lambda numbers, slug: with_text(joined("note", numbers, slug), words))
    if isinstance(accepted, Asked) and accepted.without_body:
        # Its text is asked about once its body is known.
        return Asked(accepted.about, (), with_text(accepted.without_body, words))
    if not (isinstance(accepted, Offered) and isinstance(noted, Offered)) or len(refs) != 1:
        return accepted
    return Offered((*accepted.commands, *noted.commands))


_ORDERS_A_STATE = re.compile(
    r"(?:(?:please|pls|can you|could you|just) )*(?:accept|agree to|decline|reject|refuse|complete|finish|close|mark|set|put|record|tick|log)\b"
)


def _is_bare_state(head: Sentence) -> bool:
    """Whether a contact says nothing but a state before its text: "blocked, waiting on the ICB"."""
    content = [
        piece
        for piece in head.pieces
        if not piece.means(M.NEUTRAL, M.OWN) and piece.kind is not PieceKind.MARK
    ]
    return (
        bool(head.asker.bodies)
        and len(content) == 1
        and content[0].means(M.BLOCKED, M.STARTED, M.NOT_STARTED)
    )


def _says_it_of_all(head: Sentence) -> bool:
    """Whether "all of them" are the recommendations: "agree to all of them", and not "everyone agrees to them"."""
    first = next((piece for piece in head.pieces if not piece.means(M.NEUTRAL, M.OWN)), None)
    return bool(head.refs) and not head.named_refs and first is not None and first.means(*STAGES, *ANSWERS)


# "Accepts 15, not 25" says two things.
_NAMES_MORE = re.compile(
    r"(?:but )?(?:not|and|declines?|rejects?|accepts?) (?:rec\w* )?#?[0-9]", re.IGNORECASE
)


def _whole_text(head: Sentence, text: str, says_more: bool, decision: Decision | None) -> str:
    """Return the text; the whole sentence where its head says more, or on which day it was."""
    has_day = decision is None and any("today" not in piece.key for piece in head.days)
    if not says_more and not has_day:
        return text
    return _after_what_is_said(head) or head.text.strip()


def _after_what_is_said(head: Sentence) -> str:
    """Return the words after all that the command holds, where nothing else stands before them: "since last week" of
    "16 under way since last week"."""
    kinds = (PieceKind.REF, PieceKind.NAME, PieceKind.PART)
    command_pieces = [
        piece for piece in head.pieces if piece.kind in kinds or piece.means(*STAGES, *ANSWERS, M.OWN, M.MARK)
    ]
    end = max((piece.end for piece in command_pieces), default=0)
    adds = [piece for piece in head.pieces if piece.kind in (PieceKind.UNKNOWN, PieceKind.DAY)]
    if (
        not command_pieces
        or any(piece.start < end for piece in adds)
        or head.has(M.NOT, M.NO_LONGER, M.EXCEPT)
    ):
        return ""
    return head.text[end:].strip(" ,;:–—-")
