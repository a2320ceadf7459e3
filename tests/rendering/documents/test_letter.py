"""The letter as a Word file: what it says and in which order, and how its annex is made up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn

from bot.domain.register.letter_frame import FrameTexts
from bot.operations.questions import letter as operation
from bot.operations.recording import published_response, report_setting
from bot.operations.recording.letter_frame import save_frame
from bot.operations.recording.quoting import allow_quoting
from bot.rendering.documents import letter as document
from storage import chain
from tests.cast import BOB, CORA, ED, Register, occasion, stalking_case
from tests.operations.questions.test_letter import command

# Facts of the association's letter of 22 November 2024 (published on GOV.UK); the words are ours.
FRAME = FrameTexts(
    addressees=(
        "Rachel Watson\nDirector General, IOPC\n\nAndy Cooke QPM DL\nChief Inspector of Constabulary\n\n"
        "Sir Andy Marsh QPM\nChief Executive Officer, College of Policing\n\nBy email"
    ),
    subject="Answer to the super-complaint on stalking",
    opening="The Suzy Lamplugh Trust complained in November 2022.\n\nYou wrote on 24 September.",
    position="Others have a part in this too. Money for victims' services is not certain.",
    closing="Thank you for the report.",
    signatory="Emily Spurrell",
    office="APCC Chair\nPCC for Merseyside",
)


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = stalking_case(sqlite_url)
    save_frame(made.store, occasion(CORA), "stalking", FRAME, seen_version=0)
    yield made
    made.store.database.close()


def written(register: Register, folder: Path, typed: str = "letter stalking as at 22 Nov 2024") -> Word:
    letter = operation.letter(register.store, occasion(CORA), command(register, typed))
    path = folder / document.name_of(letter)
    document.write(letter, path)
    return Document(str(path))


def paragraphs(word: Word) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs if paragraph.text]


def in_order(texts: list[str], whole: list[str]) -> bool:
    """Whether each of the texts stands in a paragraph, each after the one before."""
    rest = iter(whole)
    return all(any(text in line for line in rest) for text in texts)


def test_it_says_what_the_letter_of_22_november_2024_said_in_its_order(
    register: Register, tmp_path: Path
) -> None:
    word = written(register, tmp_path)
    accepted = "All 43 policing bodies accepted the recommendation."
    assert in_order(
        [
            "Rachel Watson",
            "Andy Cooke QPM DL",
            "Sir Andy Marsh QPM",
            "By email",
            "22 November 2024",
            "Dear colleagues",
            "Answer to the super-complaint on stalking",
            "The Suzy Lamplugh Trust complained in November 2022.",
            "You wrote on 24 September",
            "All 43 policing bodies responded to recommendations 15, 16 and 25."
            " This letter is also the answer to recommendation 27",
            "Recommendation 15",
            "By 27 March 2025: Find out whether victims of stalking",
            "(a) To do: Put in place the services",
            accepted,
            "Recommendation 16",
            "By 27 March 2025: Commissioners and chief constables",
            accepted,
            "Recommendation 25",
            "By 27 March 2025: Look for better ways",
            "(c) To consider:",
            accepted,
            "Others have a part in this too.",
            "Thank you for the report.",
            "Yours sincerely,",
            "Emily Spurrell",
            "APCC Chair\nPCC for Merseyside",
            "Annex: the answers in full",
        ],
        paragraphs(word),
    )
    assert "[" not in "".join(paragraphs(word))


def test_its_headings_are_real_and_its_pages_are_numbered(register: Register, tmp_path: Path) -> None:
    word = written(register, tmp_path)
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in word.paragraphs
        if paragraph.style is not None and str(paragraph.style.name).startswith("Heading")
    ]
    assert headings[:4] == [
        ("Heading 1", "Answer to the super-complaint on stalking"),
        ("Heading 2", "Recommendation 15"),
        ("Heading 2", "Recommendation 16"),
        ("Heading 2", "Recommendation 25"),
    ]
    (section,) = word.sections
    assert section.different_first_page_header_footer
    for footer in (section.footer, section.first_page_footer):
        fields = [field.get(qn("w:instr")) for field in footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
    assert section.header.paragraphs[0].text == "Answer to the super-complaint on stalking, 22 November 2024"
    assert word.core_properties.title == "Answer to the super-complaint on stalking"


def test_where_all_stand_alike_that_is_said_once(register: Register, tmp_path: Path) -> None:
    word = written(register, tmp_path)
    assert word.tables == []
    alike = "The same for all 43: response accepted, 22 Nov 2024; progress not started; due 27 Mar 2025."
    assert paragraphs(word).count(alike) == 3


def test_exceptions_stand_with_their_reasons_where_these_may_be_published(
    register: Register, tmp_path: Path
) -> None:
    seq = register.says(ED, "partly 15: one service of two")
    allow_quoting(register.store, occasion(ED), [seq])
    register.says(BOB, "decline 15: it is done otherwise")
    whole = paragraphs(written(register, tmp_path, "letter"))
    assert in_order(
        [
            "41 of 43 policing bodies accepted the recommendation; Essex accepted it in part;"
            " Surrey did not accept it.",
            "Essex accepted it in part: “one service of two”",
            "Surrey did not accept it. Its reason has not been published.",
        ],
        whole,
    )
    assert "it is done otherwise" not in "".join(whole)


def test_a_table_has_what_differs_its_headings_on_each_page_and_no_broken_row(
    register: Register, tmp_path: Path
) -> None:
    register.says(BOB, "complete 15: all is in place")
    (table,) = written(register, tmp_path, "letter").tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Policing body", "Progress"]
    assert len(rows) == 44
    assert ["Surrey", "Complete, 10 Mar 2025"] in rows
    for column in zip(*rows[1:], strict=True):
        assert len(set(column)) > 1
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None


def test_each_recommendation_has_its_map_which_says_what_it_shows(register: Register, tmp_path: Path) -> None:
    word = written(register, tmp_path)
    pictures = list(word.element.iter(qn("wp:docPr")))
    assert [picture.get("descr", "").partition(":")[0] for picture in pictures] == [
        f"Map of 43 areas for stalking {number}" for number in (15, 16, 25)
    ]
    assert len({picture.get("id") for picture in pictures}) == 3
    assert [shape.width.cm for shape in word.inline_shapes] == [pytest.approx(14, abs=0.1)] * 3


def test_what_is_not_written_yet_stands_in_square_brackets(register: Register, tmp_path: Path) -> None:
    save_frame(register.store, occasion(CORA), "stalking", FrameTexts(), seen_version=1)
    whole = paragraphs(written(register, tmp_path))
    assert [line for line in whole if line.startswith("[")] == [
        "[addressees]",
        "[opening]",
        "[closing]",
        "[signatory]",
        "[signatory's office]",
    ]


def test_it_carries_the_historys_anchor_on_a_line_of_its_own(register: Register, tmp_path: Path) -> None:
    texts = paragraphs(written(register, tmp_path, "letter stalking"))
    (line,) = (text for text in texts if text.startswith("The history's anchor: "))
    with register.store.reading() as connection:
        seq, hash_ = chain.head(connection)
    assert line.startswith(f"The history's anchor: {seq},{hash_[:16]}")
    assert texts.index(line) > texts.index("Annex: the answers in full")


def test_it_says_who_has_published_their_response_where_the_report_asks_for_it(
    register: Register, tmp_path: Path
) -> None:
    before = paragraphs(written(register, tmp_path, "letter stalking"))
    assert not any("published" in line for line in before if "may be published" not in line)
    report_setting.set_report(
        register.store,
        occasion(CORA),
        register.read("set stalking published by 17 Mar 2025"),  # type: ignore[arg-type]
    )
    published_response.record_step(
        register.store,
        occasion(BOB),
        register.read("publish stalking https://surrey.example.org/response"),  # type: ignore[arg-type]
    )
    assert in_order(
        [
            "1 of 43 policing bodies has published its response; the report asks for it by 17 March 2025.",
            "Published responses",
            "Surrey: response published on 10 Mar 2025, https://surrey.example.org/response",
        ],
        paragraphs(written(register, tmp_path, "letter stalking")),
    )
