"""Why a date was not moved, or not recorded as expected."""

from typing import assert_never

from bot.domain.refusals.deadlines import AskedAlready, NothingToDecide
from bot.domain.register.addressee import DateNotLater, ExpectedInThePast, NothingToExpect, Stage
from bot.domain.register.recommendation import name_of_id
from bot.domain.register.update import UNDO_WINDOW
from bot.rendering import terms, words
from bot.rendering.blocks.refusals.wording import RefusalContext, Wording

DeadlineRefusal = AskedAlready | NothingToDecide | DateNotLater | NothingToExpect | ExpectedInThePast


def wording(refusal: DeadlineRefusal, context: RefusalContext) -> Wording:
    match refusal:
        case AskedAlready():
            return Wording(
                f"{refusal.body_name} has asked for more time on {refusal.recommendation} already:"
                f" until {words.day(refusal.until)}.",
                f"It waits for a decision; {context.who} can decide it."
                f" /recs undo takes your own request back within {UNDO_WINDOW}.",
            )
        case NothingToDecide():
            return Wording("There is nothing to decide: the request was taken back.")
        case DateNotLater():
            return _date_not_later(refusal)
        case NothingToExpect():
            return _nothing_to_expect(refusal)
        case ExpectedInThePast():
            return Wording(
                f"{words.day(refusal.day)} has passed, so it cannot be expected; nothing was recorded.",
                "Type a day that is still to come.",
            )
        case _:
            assert_never(refusal)


def _nothing_to_expect(refusal: NothingToExpect) -> Wording:
    title = words.capital(name_of_id(refusal.recommendation_id).title)
    stands = refusal.stage if refusal.answer.facts.asks_for_action else refusal.answer
    state = terms.stage(stands) if isinstance(stands, Stage) else terms.answer(stands)
    return Wording(
        f"{title} is {state} for {refusal.body_name}, so nothing is expected any more.",
        "Nothing was recorded.",
    )


def _date_not_later(refusal: DateNotLater) -> Wording:
    about = f"{words.capital(name_of_id(refusal.recommendation_id).title)}, {refusal.body_name}"
    if refusal.due_on is None:
        return Wording(f"{about}: there is no deadline to extend.")
    return Wording(
        f"{about}: it is due {words.day(refusal.due_on)}, and the new date must be later.",
        "Nothing was changed.",
    )
