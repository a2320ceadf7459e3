"""The receipt: for whom it was recorded, what now stands, and all that was recorded with it."""

from collections.abc import Sequence
from datetime import date

from bot.domain.questions.receipts import Recorded, StepBack
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import MOVES_STAGE, UNDO_WINDOW, Update, UpdateKind
from bot.rendering import due_dates, terms, words
from bot.rendering.blocks.buttons import allow_publishing, stop_publishing, undo
from bot.rendering.blocks.questions.lists import titles, written
from bot.rendering.blocks.questions.updates import details, what_changed
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import HEADLINE, Block, Screen, actions, as_written, screen, small


def recorded(receipt: Recorded) -> Screen:
    """Show the receipt of what was typed or sent in a form; **Undo** takes back all of it."""
    updates = _updates(receipt)
    texts = dict.fromkeys(update.draft.text for update in updates if update.draft.text)
    headline, beneath = with_steps_back(f"Recorded for {receipt.body_name}: {what_stands(receipt)}.", receipt)
    return screen(
        headline,
        *written(beneath),
        *(as_written(text, "“", "”") for text in texts),
        *written(_details(receipt)),
        *written(_for_approval(receipt)),
        *written(_what_is_next(receipt)),
        small(_small_print(receipt)),
        actions(undo(updates[0].seq, f"Undo {cited(updates)}: {_titles(receipt)}"), _publishing(updates)),
    )


def taken_back(receipt: Recorded) -> Screen:
    # Of several updates on one recommendation the first is the last to be taken back.
    stand = {
        recommendation.id: (recommendation, addressee)
        for recommendation, addressee, _ in reversed(receipt.items)
    }
    alike: dict[str, list[Recommendation]] = {}
    for recommendation, addressee in reversed(stand.values()):
        state = f"{terms.answer(addressee.answer)} and {terms.stage(addressee.stage)}"
        alike.setdefault(state, []).append(recommendation)
    stands = words.both(
        [
            f"{titles(recommendations)} {'is' if len(recommendations) == 1 else 'are'} {state}"
            for state, recommendations in alike.items()
        ]
    )
    return screen(
        f"Taken back for {receipt.body_name}: {stands}, as before.",
        undoing_stays(),
    )


def undoing_stays() -> Block:
    return small("Both the recording and its undoing stay in the history.")


def with_steps_back(first: str, receipt: Recorded) -> tuple[str, list[str]]:
    """Add how far the body was before to the first sentence: beside it where there is room, else below."""
    progress = steps_back([step for step in receipt.steps_back if isinstance(step.was, Stage)])
    answers = steps_back([step for step in receipt.steps_back if isinstance(step.was, Answer)])
    whole = " ".join([first, *progress])
    return (whole, answers) if len(whole) <= HEADLINE else (first, [*progress, *answers])


def steps_back(steps: Sequence[StepBack]) -> list[str]:
    """Say what had gone further before: Stalking 15 and 16 were complete since 12 March 2025."""
    alike: dict[tuple[Answer | Stage, date | None], list[Recommendation]] = {}
    for step in steps:
        alike.setdefault((step.was, step.since), []).append(step.recommendation)
    return [_were(recommendations, was, since) for (was, since), recommendations in alike.items()]


def _were(recommendations: list[Recommendation], was: Answer | Stage, since: date | None) -> str:
    were = "was" if len(recommendations) == 1 else "were"
    state = terms.stage(was) if isinstance(was, Stage) else terms.answer(was)
    since_when = f" since {words.day(since)}" if since else " before"
    return f"{words.capital(titles(recommendations))} {were} {state}{since_when}."


def what_stands(receipt: Recorded) -> str:
    """Say how it stands now: stalking 15 and 16 are in progress; stalking 25 is not accepted and blocked,
    with a note on it."""
    alike: dict[str, list[Recommendation]] = {}
    for recommendation, state in _states(receipt).values():
        alike.setdefault(state, []).append(recommendation)
    stands = [
        f"{titles(alike[state])} {'is' if len(alike[state]) == 1 else 'are'} {state}"
        for state in alike
        if state
    ]
    stands += [
        f"{recommendation.title}, {what_changed(update)}"
        for recommendation, _, update in receipt.items
        if update.draft.kind is UpdateKind.PART
    ]
    notes = [row for row in receipt.items if row[2].draft.kind is UpdateKind.NOTE]
    has_text = any(update.draft.text for _, _, update in notes)
    noun = "a note" if has_text else "details"
    noted = f"{noun} on {titles(recommendation for recommendation, _, _ in notes)}" if notes else ""
    return ", with ".join(part for part in ("; ".join(stands), noted) if part)


def _states(receipt: Recorded) -> dict[str, tuple[Recommendation, str]]:
    """Return what was recorded of each recommendation, by its id: accepted in part and blocked; nothing by a
    note."""
    kinds: dict[str, set[UpdateKind]] = {}
    for recommendation, _, update in receipt.items:
        kinds.setdefault(recommendation.id, set()).add(update.draft.kind)
    states = {}
    for recommendation, addressee, _ in receipt.items:
        of_one = kinds[recommendation.id]
        now = [
            terms.answer(addressee.answer) if UpdateKind.RESPONSE in of_one else "",
            terms.stage(addressee.stage) if of_one.intersection(MOVES_STAGE) else "",
            due_dates.is_expected(addressee) if UpdateKind.EXPECTED in of_one else "",
        ]
        states[recommendation.id] = recommendation, words.both([word for word in now if word])
    return states


def _for_approval(receipt: Recorded) -> list[str]:
    if receipt.approvers is None:
        return []
    approvers = words.either(receipt.approvers) or "a coordinator, since no other approver is there"
    return [f"It is for approval by {approvers}."]


def _what_is_next(receipt: Recorded) -> list[str]:
    """Say what is left: Kent has 1 more open: stalking 16."""
    left = receipt.still_open
    if left is None:
        return []
    if not left.total:
        return [f"{receipt.body_name} has nothing else open."]
    more = left.total - len(left.first)
    further = f", … {more} more" if more else ""
    return [f"{receipt.body_name} has {left.total:,} more open: {titles(left.first)}{further}."]


def _updates(receipt: Recorded) -> list[Update]:
    return [update for _, _, update in receipt.items]


def _titles(receipt: Recorded) -> str:
    return titles(recommendation for recommendation, _, _ in receipt.items)


def _details(receipt: Recorded) -> list[str]:
    """Say what goes with it: Decided by the Commissioner · evidence: … · stalking 25: part (a) addressed.

    What was not recorded of every recommendation stands with its title."""
    about: dict[str, dict[str, Recommendation]] = {}
    for recommendation, _, update in receipt.items:
        published = ["may be published"] if update.is_published else []
        for piece in (*details(update), *published):
            about.setdefault(piece, {})[recommendation.id] = recommendation
    all_of_them = {recommendation.id for recommendation, _, _ in receipt.items}
    pieces = [
        piece if recommendations.keys() == all_of_them else f"{titles(recommendations.values())}: {piece}"
        for piece, recommendations in about.items()
    ]
    return [words.capital(" · ".join(pieces))] if pieces else []


def _publishing(updates: list[Update]) -> Block | None:
    """Offer **Allow publishing**, or the way back from it, where there is a text."""
    with_text = [update for update in updates if update.draft.text]
    if not with_text:
        return None
    seqs = [update.seq for update in with_text]
    return (
        stop_publishing(seqs) if all(update.is_published for update in with_text) else allow_publishing(seqs)
    )


def cited(updates: list[Update]) -> str:
    numbers = [str(update.seq) for update in updates]
    return f"{'update' if len(numbers) == 1 else 'updates'} {words.both(numbers)}"


def _small_print(receipt: Recorded) -> str:
    updates = _updates(receipt)
    by = inert(receipt.actor.person.display_name)
    behalf = f" on behalf of {inert(receipt.body_name)}" if receipt.on_behalf else ""
    again = " It was recorded already; nothing new was written." if receipt.again else ""
    return (
        f"By {by}{behalf}, {words.moment(updates[0].recorded_at)}, {cited(updates)}.{again}"
        f" You can take it back for {UNDO_WINDOW}."
    )
