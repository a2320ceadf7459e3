"""CSV, YAML and JSON as they really are: other separators and letters, broken rows, doubled names."""

import tracemalloc
from pathlib import Path

import pytest

from bot.importing import reading

HEADINGS = ("key", "title", "publishers", "published_on")
ROW = ("a", "A, B", "The IOPC", "2024-09-27")


def written(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def places(path: Path) -> list[tuple[str, int, str]]:
    return [(wrong.place.file, wrong.place.row, wrong.column) for wrong in reading.read(path).faults]


def parted(separator: str) -> str:
    return "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in (HEADINGS, ROW))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_may_be_parted_by_any_of_these(tmp_path: Path, separator: str, encoding: str) -> None:
    (row,) = reading.read(written(tmp_path / "ours.csv", parted(separator), encoding)).rows
    assert getattr(row, "title", "") == "A, B"


def test_the_separator_that_the_first_line_names_is_taken_and_the_line_does_not_count(tmp_path: Path) -> None:
    path = written(tmp_path / "reports.csv", "sep=^\n" + parted("^").replace("2024-09-27", "22/11"))
    assert places(path) == [("reports.csv", 2, "published_on")]


def test_a_letter_of_another_encoding_is_told_with_its_line_and_hides_nothing(tmp_path: Path) -> None:
    content = b"key,title,publishers,published_on\na,Caf\xe9,The IOPC,22/11\n"
    assert places(written(tmp_path / "reports.csv", content)) == [
        ("reports.csv", 2, ""),
        ("reports.csv", 2, "published_on"),
    ]


def test_a_broken_row_hides_none_after_it(tmp_path: Path) -> None:
    content = (
        "key,title,publishers,published_on\n"
        'a,"A" b,The IOPC,2024-09-27\n'
        "b,B,The IOPC,22/11\n"
        'c,"never closed,The IOPC,2024-09-27\n'
        "d,D,The IOPC,31/04/2025\n"
    )
    assert places(written(tmp_path / "reports.csv", content)) == [
        ("reports.csv", 2, ""),
        ("reports.csv", 4, ""),
        ("reports.csv", 3, "published_on"),
        ("reports.csv", 5, "published_on"),
    ]


def test_of_a_folder_what_programs_leave_beside_the_files_is_passed_over(tmp_path: Path) -> None:
    for name in ("._reports.csv", ".~lock.reports.csv#", "~$reports.csv", ".hidden.csv"):
        written(tmp_path / name, b"\0\1")
    written(tmp_path / "readme.txt", "about")
    written(tmp_path / "reports.CSV", parted(","))
    batch = reading.read(tmp_path)
    assert (len(batch.rows), batch.faults) == (1, ())
    assert batch.passed_over == ("The file readme.txt was passed over: it is no CSV file.",)


def test_a_fault_in_one_file_hides_none_in_another(tmp_path: Path) -> None:
    written(tmp_path / "a.csv", "who knows,what\n1,2\n")
    written(tmp_path / "reports.csv", parted(",").replace("2024-09-27", "22/11"))
    assert places(tmp_path) == [("a.csv", 0, ""), ("reports.csv", 2, "published_on")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.json",
            '{"reports": [{"key": "a", "Key": "b", "title": "A", "publishers": "B",'
            ' "published_on": "22/11"}]}',
        ),
        ("a.yaml", "reports:\n- key: a\n  Key: b\n  title: A\n  publishers: B\n  published_on: 22/11\n"),
    ],
)
def test_a_name_that_stands_twice_is_refused_and_hides_nothing(
    tmp_path: Path, name: str, content: str
) -> None:
    assert [column for _, _, column in places(written(tmp_path / name, content))] == ["Key", "published_on"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.json",
            '{"reports": [{"key": "a" "title": "A"}, {"key": "b", "title": "B", "publishers": "C",'
            ' "published_on": "22/11"}]}',
        ),
        (
            "a.yaml",
            'reports:\n- key: "a\n  title: A\n- key: b\n  title: B\n  publishers: C\n  published_on: 22/11\n',
        ),
    ],
)
def test_what_cannot_be_parsed_hides_no_row_that_can(tmp_path: Path, name: str, content: str) -> None:
    columns = [column for _, _, column in places(written(tmp_path / name, content))]
    assert columns == ["", "published_on"]


@pytest.mark.parametrize("bracket", ["{", "["])
@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_what_is_nested_without_end_is_refused_at_once(tmp_path: Path, name: str, bracket: str) -> None:
    assert len(places(written(tmp_path / name, bracket * 100_000))) == 1


def test_a_number_of_json_is_read_as_it_is_written(tmp_path: Path) -> None:
    content = (
        '{"notes": [{"report": "a", "recommendation": 4.10, "body": "Kent",'
        ' "stands_from": "2025-03-03", "text": "b"}]}'
    )
    (row,) = reading.read(written(tmp_path / "a.json", content)).rows
    assert getattr(row, "recommendation", "") == "4.10"


@pytest.mark.parametrize("letter", ["x", '\\"'])
def test_a_long_text_in_json_takes_little_more_memory_than_letters(tmp_path: Path, letter: str) -> None:
    path = written(tmp_path / "a.json", '{"notes": [{"text": "' + letter * 1_000_000 + '"}]}')
    tracemalloc.start()
    try:
        assert (path.name, 1, "text") in places(path)
        assert tracemalloc.get_traced_memory()[1] < 15 * path.stat().st_size
    finally:
        tracemalloc.stop()


def test_of_a_file_that_is_no_yaml_a_hundred_rows_are_refused_and_no_more_read(tmp_path: Path) -> None:
    assert len(places(written(tmp_path / "a.yaml", "notes:\n" + '- text: "a\n' * 1000))) == 101
