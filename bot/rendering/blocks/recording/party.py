"""`/recs party 16 NPCC reported on 1 Aug 2025: text`: what is kept of it, and what then stands."""

from bot.domain.register.party import PartyReported, PartyStanding
from bot.rendering import words
from bot.rendering.blocks.buttons import undo
from bot.rendering.blocks.questions.lists import written
from bot.rendering.blocks.questions.updates import evidence
from bot.rendering.blocks.recording.recorded import undoing_stays
from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Screen, actions, as_written, screen, small


def reported(result: PartyReported) -> Screen:
    """Show the receipt with **Undo**. Where a later report stands, it says so."""
    recommendation, standing = result.recommendation, result.standing
    update = standing.update
    text = update.draft.text if update else ""
    headline = f"Recorded on {recommendation.title}: {what_stands(standing)}."
    if update and update.seq != result.seq:
        headline = f"Recorded on {recommendation.title}; what stands is later: {what_stands(standing)}."
    return screen(
        headline,
        as_written(text, "“", "”") if text else None,
        *written(map(words.capital, evidence(update) if update else ())),
        small(
            f"Update {result.seq}. Everybody may read it; it is counted with no body."
            f" `/recs {inert(recommendation.title)}` shows all."
        ),
        actions(undo(result.seq, f"Undo update {result.seq}: {recommendation.title}")),
    )


def taken_back(result: PartyReported) -> Screen:
    return screen(
        f"Taken back on {result.recommendation.title}: {what_stands(result.standing)}, as before.",
        undoing_stays(),
    )


def what_stands(standing: PartyStanding) -> str:
    """Say what stands: the NPCC reported for chief constables on 1 August 2025; nothing is reported of chief
    constables"""
    if standing.update is None:
        return f"nothing is reported of {standing.name}"
    on = words.day(standing.update.draft.stands_from)
    for_whom = "" if standing.reported_itself else f" for {standing.name}"
    return f"{standing.reporter} reported{for_whom} on {on}"
