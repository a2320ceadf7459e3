"""The receipt: for whom it was recorded, what now stands, and all that was recorded with it."""

from collections.abc import Sequence
from datetime import date

from bot.domain.questions.answers import Recorded, StepBack
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.update import MOVES_STAGE, UNDO_WINDOW, Update, UpdateKind
from bot.rendering import terms, words
from bot.rendering.blocks.buttons import allow_publishing, stop_publishing, undo
from bot.rendering.blocks.questions.lists import written
from bot.rendering.blocks.questions.updates import details
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import HEADLINE, Block, Screen, actions, as_written, screen, small


def recorded(receipt: Recorded) -> Screen:
    """Whether it was typed or sent in a form; **Undo** takes back all of it."""
    updates = _updates(receipt)
    texts = dict.fromkeys(update.draft.text for update in updates if update.draft.text)
    further = dict.fromkeys(piece for update in updates for piece in _further(update))
    headline, beneath = with_steps_back(f"Recorded for {receipt.body_name}: {what_stands(receipt)}.", receipt)
    return screen(
        headline,
        *written(beneath),
        *(as_written(text, "“", "”") for text in texts),
        *written([words.capital(" · ".join(further))] if further else []),
        small(_small_print(receipt)),
        actions(undo(updates[0].seq, f"Undo {cited(updates)}: {_titles(receipt)}"), _publishing(updates)),
    )


def taken_back(receipt: Recorded) -> Screen:
    # Of several updates on one recommendation the first is the last to be taken back.
    stand = {
        recommendation.id: (recommendation.title, addressee)
        for recommendation, addressee, _ in reversed(receipt.items)
    }
    stands = words.both(
        [
            f"{title} is {terms.answer(addressee.answer)} and {terms.stage(addressee.stage)}"
            for title, addressee in reversed(stand.values())
        ]
    )
    return screen(
        f"Taken back for {receipt.body_name}: {stands}, as before.",
        small("Both the recording and its undoing stay in the history."),
    )


def with_steps_back(first: str, receipt: Recorded) -> tuple[str, list[str]]:
    """The first sentence, then how far the body was before: beside it where there is room, else below."""
    progress = steps_back([step for step in receipt.steps_back if isinstance(step.was, Stage)])
    answers = steps_back([step for step in receipt.steps_back if isinstance(step.was, Answer)])
    whole = " ".join([first, *progress])
    return (whole, answers) if len(whole) <= HEADLINE else (first, [*progress, *answers])


def steps_back(steps: Sequence[StepBack]) -> list[str]:
    """Stalking 15 and stalking 16 were complete since 12 March 2025."""
    titles: dict[tuple[Answer | Stage, date | None], list[str]] = {}
    for step in steps:
        titles.setdefault((step.was, step.since), []).append(step.recommendation.title)
    return [_were(of_titles, was, since) for (was, since), of_titles in titles.items()]


def _were(titles: list[str], was: Answer | Stage, since: date | None) -> str:
    were = "was" if len(titles) == 1 else "were"
    state = terms.stage(was) if isinstance(was, Stage) else terms.answer(was)
    when = f" since {words.day(since)}" if since else " before"
    return f"{words.capital(words.both(titles))} {were} {state}{when}."


def what_stands(receipt: Recorded) -> str:
    """stalking 15 and 16 are in progress; stalking 16 is not accepted and blocked, with a note on it."""
    titles = _titles(receipt)
    kinds = {update.draft.kind for update in _updates(receipt)}
    addressee = receipt.items[-1][1]
    now = [
        terms.answer(addressee.answer) if UpdateKind.RESPONSE in kinds else "",
        terms.stage(addressee.stage) if kinds.intersection(MOVES_STAGE) else "",
    ]
    stands = words.both([word for word in now if word])
    are = "is" if len({recommendation.id for recommendation, _, _ in receipt.items}) == 1 else "are"
    has_text = any(update.draft.text for update in _updates(receipt) if update.draft.kind is UpdateKind.NOTE)
    noun = "a note" if has_text else "details"
    noted = f"{noun} on {titles}" if UpdateKind.NOTE in kinds else ""
    return ", with ".join(part for part in (f"{titles} {are} {stands}" if stands else "", noted) if part)


def _updates(receipt: Recorded) -> list[Update]:
    return [update for _, _, update in receipt.items]


def _titles(receipt: Recorded) -> str:
    return words.both(list(dict.fromkeys(recommendation.title for recommendation, _, _ in receipt.items)))


def _further(update: Update) -> list[str]:
    return [*details(update), *(["may be published"] if update.is_published else [])]


def _publishing(updates: list[Update]) -> Block | None:
    """Where there is a text: **Allow publishing**, or the way back from it."""
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
