"""The bank holidays of England and Wales, reckoned by hand to hold the product's library to.

The rules are those of the Banking and Financial Dealings Act 1971, schedule 1, and of proclamations under it;
the days that were moved or added are those that GOV.UK lists at https://www.gov.uk/bank-holidays."""

from datetime import date, timedelta

MONDAY, SATURDAY, SUNDAY = 0, 5, 6

# Moved for an anniversary or a jubilee: from the day in the rule to the day it was kept.
MOVED = {
    date(2002, 5, 27): date(2002, 6, 4),  # Golden Jubilee
    date(2012, 5, 28): date(2012, 6, 4),  # Diamond Jubilee
    date(2020, 5, 4): date(2020, 5, 8),  # 75 years of VE Day
    date(2022, 5, 30): date(2022, 6, 2),  # Platinum Jubilee
}
ADDED = (
    date(2002, 6, 3),  # Golden Jubilee
    date(2011, 4, 29),  # royal wedding
    date(2012, 6, 5),  # Diamond Jubilee
    date(2022, 6, 3),  # Platinum Jubilee
    date(2022, 9, 19),  # funeral of Queen Elizabeth II
    date(2023, 5, 8),  # coronation of King Charles III
)


def bank_holidays(year: int) -> set[date]:
    easter = easter_sunday(year)
    by_rule = {
        new_year(year),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        first_monday(year, 5),
        last_monday(year, 5),
        last_monday(year, 8),
        *christmas(year),
    }
    observed = {MOVED.get(day, day) for day in by_rule}
    return observed | {day for day in ADDED if day.year == year}


def easter_sunday(year: int) -> date:
    """Gauss's rule for the Gregorian calendar, as Meeus, Jones and Butcher wrote it without exceptions."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_shift + 15) % 30
    leaps, year_rest = divmod(in_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - epact - year_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def new_year(year: int) -> date:
    day = date(year, 1, 1)
    return day if day.weekday() < SATURDAY else monday_after(day)


def christmas(year: int) -> set[date]:
    """Christmas Day and Boxing Day; for each that falls on a weekend, the next day that is free."""
    days = (date(year, 12, 25), date(year, 12, 26))
    holidays = {day for day in days if day.weekday() < SATURDAY}
    for day in days:
        if day.weekday() >= SATURDAY:
            substitute = monday_after(day)
            while substitute in holidays:
                substitute += timedelta(days=1)
            holidays.add(substitute)
    return holidays


def monday_after(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7)


def last_monday(year: int, month: int) -> date:
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() - MONDAY) % 7)
