"""The shipped example says what its sources say."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
import yaml

from bot.domain.questions.names import Region
from tests.domain.shipped_names import EXAMPLE, NAMES, body, other_names, rows

ROWS = rows()
STALKING: dict[str, Any] = yaml.safe_load((EXAMPLE / "stalking.yaml").read_text(encoding="utf-8"))
RECOMMENDATIONS = {entry["number"]: entry for entry in STALKING["recommendations"]}


def test_there_are_43_bodies_four_of_them_in_wales() -> None:
    assert len(ROWS) == 43
    assert Counter(row["country"] for row in ROWS) == {"England": 39, "Wales": 4}
    assert {row["country"] for row in ROWS if row["code"].startswith("W")} == {"Wales"}
    assert Counter(row["body_type"] for row in ROWS) == {
        "pcc": 33,
        "pfcc": 4,
        "mayor": 4,
        "mopac": 1,
        "common_council": 1,
    }


@pytest.mark.parametrize("column", ["code", "slug", "short_name"])
def test_no_two_bodies_share(column: str) -> None:
    assert len({row[column].casefold() for row in ROWS}) == 43


def test_no_two_bodies_share_a_tile() -> None:
    assert len({(int(row["tile_row"]), int(row["tile_col"])) for row in ROWS}) == 43


@pytest.mark.parametrize("row", ROWS, ids=[row["slug"] for row in ROWS])
def test_every_name_of_a_body_finds_it(row: dict[str, str]) -> None:
    for name in (row["slug"], row["short_name"], row["code"], *other_names(row)):
        assert body(row["slug"]) in NAMES.bodies_exact(name), name
        if name != "London":
            assert NAMES.bodies_exact(name) == (body(row["slug"]),), name


def test_only_london_and_west_midlands_mean_several_things() -> None:
    spoken = {name for row in ROWS for name in (row["short_name"], *other_names(row), row["region"])}
    assert {name for name in spoken if len(NAMES.exact(name)) > 1} == {
        "London",
        "West Midlands",
        "West Mids",
        "W Mids",
    }


def test_every_region_is_a_name() -> None:
    assert {row["region"] for row in ROWS} == {
        "London",
        "North West",
        "North East",
        "Yorkshire and The Humber",
        "West Midlands",
        "East Midlands",
        "East of England",
        "South East",
        "South West",
        "Wales",
    }
    for row in ROWS:
        assert Region(row["region"]) in NAMES.exact(row["region"])


def test_all_bodies_stood_on_the_day_of_the_letter() -> None:
    assert all(row["first_day"] <= "2024-11-22" and not row["last_day"] for row in ROWS)
    firsts = {row["slug"]: row["first_day"] for row in ROWS}
    assert firsts["kent"] == "2012-11-22"
    assert firsts["metropolitan"] == "2012-01-16"
    assert firsts["south-yorkshire"] == firsts["north-yorkshire"] == "2024-05-07"
    assert firsts["city-of-london"] == ""


def test_the_report_was_published_by_three_on_27_september_2024() -> None:
    report = STALKING["report"]
    assert report["key"] == "stalking"
    assert report["publishers"] == ["IOPC", "HMICFRS", "College of Policing"]
    assert report["published"] == date(2024, 9, 27)


@pytest.mark.parametrize("number", ["15", "16", "25"])
def test_the_addressed_recommendations_have_the_deadlines_stated(number: str) -> None:
    entry = RECOMMENDATIONS[number]
    assert entry["kind"] == "addressed"
    assert (entry["respond_by"], entry["due_on"]) == (date(2024, 11, 22), date(2025, 3, 27))


def test_16_and_25_are_joint_with_chief_constables() -> None:
    joint = {number: entry.get("joint_with") for number, entry in RECOMMENDATIONS.items()}
    assert joint == {"15": None, "16": "chief constables", "25": "chief constables", "27": None}


def test_the_parts_are_of_the_kinds_the_report_gives_them() -> None:
    kinds = {n: [part["kind"] for part in entry.get("parts", [])] for n, entry in RECOMMENDATIONS.items()}
    assert kinds == {"15": ["duty", "consider"], "16": ["duty", "duty"], "25": ["consider"] * 3, "27": []}


def test_27_is_derived_from_the_other_three_and_has_no_deadline() -> None:
    entry = RECOMMENDATIONS["27"]
    assert entry["kind"] == "derived"
    assert entry["derived_from"] == ["15", "16", "25"]
    assert "respond_by" not in entry
    assert "due_on" not in entry


def test_all_bodies_accepted_the_three_on_22_november_2024() -> None:
    acceptances = STALKING["acceptances"]
    assert acceptances["answer"] == "accepted"
    assert acceptances["stands_from"] == date(2024, 11, 22)
    assert acceptances["recommendations"] == ["15", "16", "25"]
    assert acceptances["bodies"] == "all"
    assert acceptances["source"] == "the association's letter of 22 November 2024"


def test_no_wording_is_given_out_as_the_official_one_and_each_has_a_short_form() -> None:
    assert {entry.get("quoted_from") for entry in RECOMMENDATIONS.values()} == {None}
    assert {number: entry["short_form"] for number, entry in RECOMMENDATIONS.items()} == {
        "15": "specialist services for victims",
        "16": "joint review of commissioning",
        "25": "working with partners",
        "27": "one response for all bodies",
    }


def test_themes_are_plain_words_of_ours_and_no_priority_is_made_up() -> None:
    assert {number: entry.get("themes", []) for number, entry in RECOMMENDATIONS.items()} == {
        "15": ["victims"],
        "16": ["partners", "victims"],
        "25": ["partners"],
        "27": [],
    }
    assert not any("priority" in entry for entry in RECOMMENDATIONS.values())
