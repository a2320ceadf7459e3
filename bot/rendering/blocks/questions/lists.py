"""What the lookups' lists share: lines as written, titles, deadlines in a sentence, the buttons below."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate

from bot.domain.questions.answers import Deadline, OverdueSummary
from bot.domain.questions.pages import Page
from bot.domain.questions.written import on_page
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.recommendation import Recommendation, RecommendationName
from bot.rendering import terms, words
from bot.rendering.blocks.buttons import more, share
from bot.rendering.mrkdwn import cut
from bot.rendering.screen import Block, actions, in_sections, plain_section, small

_LONGEST_LINE = 1000
# In bytes: of all lines together, and what each may take however many there are.
_SIZE_OF_LINES = 36_000
_LEAST_OF_LINE = 600
# In characters, twice of which leave room in a first sentence for the rest of it.
_ROOM_FOR_TITLES = 200


def written(texts: Iterable[str]) -> list[Block]:
    """Return lines of plain text, whoever wrote the words in them, in as many sections as they need."""
    all_lines = list(texts)
    share = max(_LEAST_OF_LINE, _SIZE_OF_LINES // max(1, len(all_lines)))
    shortened = (cut(line, _LONGEST_LINE, share) for line in all_lines)
    return [plain_section("\n".join(section)) for section in in_sections(shortened)]


def list_buttons(typed: str, page: int = 1, *, has_more: bool = False) -> Block | None:
    """Offer **Share in channel** for this page, and **More** for the next."""
    return actions(share(on_page(typed, page)), more(typed, page + 1) if has_more else None)


def end_of_page(typed: str, page: Page) -> list[Block | None]:
    """Return how many more there are, **Share in channel** and **More**."""
    return [and_more(page.more), list_buttons(typed, page.number, has_more=page.has_more)]


def and_more(n: int) -> Block | None:
    """Say at the end of a list how many did not fit on the page."""
    return small(f"… {n:,} more.") if n else None


def which_page(page: Page) -> str:
    """Say of a further page which one it is; nothing of the first."""
    return f" (page {page.number} of {page.pages})" if page.number > 1 else ""


def titles(recommendations: Iterable[Recommendation | RecommendationName], unnamed: int = 0) -> str:
    """Name recommendations: stalking 15, 16 and 25. Where more follow than can be named, these may be left
    `unnamed`, and are counted."""
    numbers: dict[str, list[str]] = {}
    for recommendation in recommendations:
        in_report = numbers.setdefault(recommendation.report_key, [])
        if recommendation.number not in in_report:
            in_report.append(recommendation.number)
    parts = [
        f"{key} {number}" if place == 0 else number
        for key, texts in numbers.items()
        for place, number in enumerate(texts)
    ]
    most_titles = min(words.NAMES_SHOWN, _that_fit(parts))
    if not unnamed and len(parts) <= most_titles:
        return words.both(parts)
    return words.names(parts, most_titles, len(parts) + unnamed)


def _that_fit(parts: Sequence[str]) -> int:
    """Return how many titles a first sentence has room for; at least one."""
    ends = accumulate(len(part) + len(", ") for part in parts)
    return max(1, sum(end <= _ROOM_FOR_TITLES for end in ends))


def duties(nearest: Sequence[Deadline]) -> str:
    """Name duties: stalking 15 and 16; the response to stalking 25."""
    by_duty = {
        duty: [deadline.recommendation for deadline in nearest if deadline.duty is duty] for duty in Duty
    }
    response = f"the response to {titles(by_duty[Duty.RESPONSE])}" if by_duty[Duty.RESPONSE] else ""
    return words.both([part for part in (response, titles(by_duty[Duty.ACTION])) if part])


def next_deadline(nearest: Sequence[Deadline], today: date) -> str:
    """Return a sentence: The next deadline is stalking 15 on 27 March 2025, in 17 days."""
    if not nearest:
        return "There is no deadline ahead for anything still owed."
    day = nearest[0].on
    return f"The next deadline is {duties(nearest)} on {words.day(day)}, {in_days(day, today)}."


def open_with(body_names: Sequence[str], rows: int) -> str:
    """Count what is open: Essex and Kent have 8 recommendations open. Each row of a list counts as one,
    however much is owed there."""
    have = "has" if len(body_names) == 1 else "have"
    return f"{words.both(body_names)} {have} {words.count(rows, 'recommendation')} open"


def in_days(day: date, today: date) -> str:
    """Say how far away a day is: today; tomorrow; in 17 days; 3 days ago."""
    left = (day - today).days
    if left < 0:
        return f"{words.days(-left)} ago"
    return ("today", "tomorrow")[left] if left < 2 else f"in {words.days(left)}"


def what_is_ahead(next_due: date | None, late: OverdueSummary, today: date) -> str:
    """Return the end of a first sentence: 3 recommendations are overdue; next due 27 March 2025 (17 days
    …)."""
    if next_due is None:
        return overdue_since(late) if late.recommendations else "no deadline is ahead"
    ahead = f"next due {words.day(next_due)} ({words.time_left(next_due, today)})"
    return f"{are_overdue(late)}; {ahead}" if late.recommendations else ahead


def are_overdue(late: OverdueSummary) -> str:
    """Count what is overdue: 3 recommendations are overdue."""
    are = "is" if late.recommendations == 1 else "are"
    return f"{words.count(late.recommendations, 'recommendation')} {are} overdue"


def overdue_since(late: OverdueSummary) -> str:
    """Count what is overdue, and since when: 3 recommendations are overdue, the oldest since 27 March
    2025."""
    the_oldest = "" if late.recommendations == 1 else ", the oldest"
    return f"{are_overdue(late)}{the_oldest} since {words.day(late.oldest)}" if late.oldest else ""


def body_names(addressees: Sequence[Addressee], most: int | None = None) -> str:
    """Name `most` bodies at the most, or all, with "(blocked)" behind those that are stuck."""
    all_names = [
        f"{addressee.body_name} ({terms.stage(addressee.stage)})"
        if addressee.stage.is_stuck
        else addressee.body_name
        for addressee in addressees
    ]
    return words.names(all_names, len(all_names) if most is None else most)
