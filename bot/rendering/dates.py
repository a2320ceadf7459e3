"""What is wrong with a date that somebody wrote, in one sentence and what to do."""

import calendar

from bot.domain.questions.written_dates import NoSuchDay, NotADate, OtherWeekday
from bot.rendering import words

_MONTHS_IN_A_YEAR = 12


def what_is_wrong(refusal: NotADate) -> str:
    """Say what is wrong with a date; empty where nothing more is known than that it is no date."""
    match refusal:
        case NoSuchDay() if not 1 <= refusal.month <= _MONTHS_IN_A_YEAR:
            return f"There is no month {refusal.month}: the day comes first, then the month."
        case NoSuchDay():
            month = calendar.month_name[refusal.month]
            return f"There is no {refusal.day_of_month} {month} {refusal.year}."
        case OtherWeekday():
            weekday = calendar.day_name[refusal.day.weekday()]
            return f"{words.day(refusal.day)} is a {weekday}, not a {refusal.written_weekday}."
    return ""
