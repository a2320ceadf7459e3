"""`/recs changes`: what changed, newest first, day by day."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.domain.calendar import LONDON, london_date
from bot.domain.questions.answers import ChangeList, ToldChange
from bot.domain.register.update import UpdateKind, excerpt
from bot.rendering import words
from bot.rendering.blocks.questions.lists import end_of_page, titles, which_page, written
from bot.rendering.blocks.questions.updates import author, from_to, what_changed
from bot.rendering.origins import handover, how_many_ended
from bot.rendering.screen import Screen, screen, small


def changes(result: ChangeList) -> Screen:
    return screen(
        _headline(result),
        *written(_handovers(result)),
        *written(_lines(result)),
        small(_hidden(result.hidden)) if result.hidden else None,
        *end_of_page(result.typed, result.page),
    )


def _headline(result: ChangeList) -> str:
    sentence = _sentence(result)
    return (
        f"{words.capital(result.subject)}: {sentence[:1].lower()}{sentence[1:]}"
        if result.subject
        else sentence
    )


def _sentence(result: ChangeList) -> str:
    ends = how_many_ended(result.handovers)
    if not result.total and not result.notes and not result.reports:
        return f"{ends} {_since(result)}." if ends else f"Nothing has changed {_since(result)}."
    changed = f"{words.count(result.total, 'change')} with {words.bodies(result.bodies)}"
    noted = words.count(result.notes, "note")
    reported = f"{words.count(result.reports, 'report')} by others"
    counts = ((result.total, changed), (result.notes, noted), (result.reports, reported))
    count_words = words.both([text for number, text in counts if number])
    also = f"; {ends}" if ends else ""
    return f"{count_words} {_since(result)}{which_page(result.page)}{also}."


def _handovers(result: ChangeList) -> list[str]:
    """Say on the first page who stands in whose place now."""
    if result.page.number > 1:
        return []
    return [f"{handover(taken_over)}." for taken_over in result.handovers]


def _hidden(n: int) -> str:
    notes = "1 note is" if n == 1 else f"{n:,} notes are"
    return f"{notes} not shown: only the body's contacts and the coordinators can read them."


def _since(result: ChangeList) -> str:
    if result.since is not None and result.until is not None:
        return f"from {words.day(result.since)} to {words.day(result.until)}"
    if result.since is not None:
        return f"since {result.since:%A} {words.day(result.since)}"
    if result.since_digest is not None:
        instant = result.since_digest.astimezone(LONDON)
        return f"since the digest of {words.day(instant.date())}, {instant:%H:%M}"
    return "since recbot began, as no digest has been posted yet"


def _lines(result: ChangeList) -> list[str]:
    texts = []
    for day, told_changes in groupby(
        result.changes, key=lambda told_change: london_date(told_change.update.recorded_at)
    ):
        texts.append(words.day(day))
        texts += [f"  {_line(together)}" for together in _recorded_together(list(told_changes))]
    return texts


def _recorded_together(told_changes: Sequence[ToldChange]) -> Iterator[list[ToldChange]]:
    """Part changes into those of one command, which is one change of several recommendations."""
    for _, together in groupby(told_changes, key=_request):
        yield list(together)


def _request(change: ToldChange) -> object:
    request = change.update.draft.request
    return (request.key, _what(change)) if request else change.update.seq


def _what(change: ToldChange) -> str:
    """Say what changed: from not started to complete; a note is called so."""
    kind = change.update.draft.kind
    if not change.values:
        return what_changed(change.update)
    return from_to(change.values, reopened=kind is UpdateKind.REOPEN, taken_back=change.taken_back)


def _line(together: list[ToldChange]) -> str:
    change = together[-1]
    view, update = change.view, change.update
    about = titles(
        told_change.view.recommendation
        for told_change in reversed(together)
        if told_change.view.recommendation
    )
    quoted = f" “{excerpt(update.draft.text)}”" if update.draft.text else ""
    author_of = f" · {author(update)}" if update.author_name else ""
    time_of_day = f"{update.recorded_at.astimezone(LONDON):%H:%M}"
    # What others reported, who are no body, begins with the recommendation.
    subject = f"{view.body_name}: {about} " if view.body_name else f"{about}: "
    return f"{time_of_day} · {subject}{_what(change)}{author_of}{quoted}"
