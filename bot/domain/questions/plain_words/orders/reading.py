"""Orders but those that record an answer or progress: undo, a note, more time, a reminder, the digest, forms.

Each is offered as its command, to whoever may do it."""

import re
from collections.abc import Callable

from bot.domain.questions.plain_words.each_its_own import each_its_own
from bot.domain.questions.plain_words.joined_statements import statements_in
from bot.domain.questions.plain_words.orders.asking_or_ordering import (
    asks_before_its_text,
    orders_although_it_seems_to_ask,
)
from bot.domain.questions.plain_words.orders.deadlines import (
    asks_for_more_time,
    expecting,
    extending,
)
from bot.domain.questions.plain_words.orders.done_in_part import done_in_part
from bot.domain.questions.plain_words.orders.given_the_go import given_the_go
from bot.domain.questions.plain_words.orders.held_up import cannot_do_it, held_up_by
from bot.domain.questions.plain_words.orders.lead_ins import (
    as_done,
    without_how_it_came,
    without_how_it_was_told,
    without_what_leads_to_it,
    without_who_called,
)
from bot.domain.questions.plain_words.orders.longer import asking_for_longer
from bot.domain.questions.plain_words.orders.messages import (
    asking_a_body,
    being_away,
    puts_out_or_holds_back,
    reminding,
    sending_the_digest,
)
from bot.domain.questions.plain_words.orders.not_complete_after_all import come_undone, not_complete_after_all
from bot.domain.questions.plain_words.orders.notes import form, noting, noting_that, telling_of, waiting_for
from bot.domain.questions.plain_words.orders.open_again import opening_again
from bot.domain.questions.plain_words.orders.register_upkeep import (
    adding,
    checking,
    closing,
    correcting,
    correcting_at_once,
    erasing,
    importing,
    letting_quote,
    marking_as_checked,
    refusing_more_time,
    reopening,
    signing_off,
    taking_back,
    undoing,
    withdrawing,
)
from bot.domain.questions.plain_words.orders.requests_beside import without_a_request_to_record
from bot.domain.questions.plain_words.orders.sending_back import sending_back
from bot.domain.questions.plain_words.orders.told_in_two_clauses import (
    with_its_order_first,
    with_the_answer_after_its_decision,
    without_what_is_open,
    without_whom_it_is_not,
)
from bot.domain.questions.plain_words.places import not_understood
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.statements.offering import recording_of
from bot.domain.questions.plain_words.understanding import Understanding


def order_in(sentence: Sentence) -> Understanding | None:
    """Offer what a sentence orders or states; None for a question that is no polite order."""
    if (taken_back := taking_back(sentence)) is not None:
        return taken_back
    sentence = as_done(_without_what_is_around_it(sentence))
    if not sentence.has_question_mark and (closed := closing(sentence)):
        return closed
    for order in _WHATEVER_IT_SEEMS:
        if (understood := order(sentence)) is not None:
            return understood
    if asks_for_more_time(sentence) and (until := extending(sentence)) is not None:
        return until
    if not sentence.has_question_mark and (expected := expecting(sentence)) is not None:
        return expected
    if (note := telling_of(sentence)) is not None:
        return note
    if (sent := sending_the_digest(sentence)) is not None and (
        sentence.says(r"^(?:please |pls )?(?:can|could) \w+ ") or puts_out_or_holds_back(sentence)
    ):
        return sent
    if (
        asks_before_its_text(sentence)
        and not sentence.asks_politely
        and not orders_although_it_seems_to_ask(sentence)
    ):
        return None
    sentence = sentence.as_a_statement()
    if len(sentence.named_refs) > 1 and _TAKES_ONE.match(sentence.lower):
        # Each would be half of what is wanted.
        return not_understood(sentence)
    for order in _ORDERS:
        if (understood := order(sentence)) is not None:
            return understood
    return None


def _without_what_is_around_it(sentence: Sentence) -> Sentence:
    """Return an order or a statement without how it is led to, who rang, and by what means it came."""
    sentence = without_whom_it_is_not(without_a_request_to_record(sentence))
    sentence = without_who_called(without_what_leads_to_it(sentence))
    sentence = without_how_it_was_told(without_how_it_came(sentence))
    sentence = without_what_is_open(sentence)
    return with_its_order_first(with_the_answer_after_its_decision(sentence))


# These are orders although some of their words may ask.
_WHATEVER_IT_SEEMS: tuple[Callable[[Sentence], Understanding | None], ...] = (
    correcting_at_once,
    letting_quote,
    refusing_more_time,
    marking_as_checked,
    asking_a_body,
    opening_again,
    done_in_part,
    held_up_by,
    cannot_do_it,
)
_TAKES_ONE = re.compile(
    r"(?:please |pls |can you |could you )?(?:extend|reopen|re-open|withdraw|retire|scrap|drop|note|jot|move|push)\b[^:]*$"
)
_ORDERS: tuple[Callable[[Sentence], Understanding | None], ...] = (
    undoing,
    being_away,
    sending_the_digest,
    adding,
    form,
    noting,
    noting_that,
    extending,
    expecting,
    importing,
    sending_back,
    asking_for_longer,
    reminding,
    checking,
    signing_off,
    reopening,
    not_complete_after_all,
    come_undone,
    withdrawing,
    correcting,
    erasing,
    waiting_for,
    given_the_go,
    each_its_own,
    statements_in,
    recording_of,
)
