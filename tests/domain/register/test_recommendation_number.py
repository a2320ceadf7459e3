import pytest

from bot.domain.register.recommendation_number import LONGEST_NUMBER, parse_number, place_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("15", "15"),
        (" 15 ", "15"),
        ("015", "15"),
        ("3A", "3a"),
        ("4.1", "4.1"),
        ("8.2b", "8.2b"),
        ("4.10", "4.10"),
        ("04.1.2", "4.1.2"),
        ("999.99.99z", "999.99.99z"),
    ],
)
def test_a_number_is_read_as_reports_print_it(text: str, number: str) -> None:
    assert parse_number(text) == number
    assert len(number) <= LONGEST_NUMBER


@pytest.mark.parametrize(
    "text", ["", "0", "0.5", "1000", "4.", ".1", "4..1", "4.1.2.3", "4.123", "3ab", "a3", "4,1", "30.04.2025"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_numbers_stand_in_the_order_of_the_report() -> None:
    ordered = ["1", "1a", "1b", "2", "3", "3a", "4", "4.1", "4.1a", "4.2", "4.10", "5", "10", "11", "12"]
    by_letters = sorted(ordered)
    assert sorted(by_letters, key=place_of) == ordered
    assert sorted(["first", "15", "2"], key=place_of) == ["2", "15", "first"]
    assert place_of("999.99.99z") < place_of("first") < 2**31
