"""The letter: what it says first, what it holds, and how it is made up."""

import json
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Letter
from docx.oxml.ns import qn

from bot.domain.questions.account import Chapter
from bot.domain.questions.grammar.typed_recordings import ReportOfParty
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.recommendation import RecommendationStatus
from bot.domain.values import replace
from bot.operations.recording import party
from bot.rendering.documents import sentences
from bot.rendering.documents.word_xml import Links, paragraph
from storage import recommendations, tallies
from tests.accounts import QUOTED, SECRET, made
from tests.cast import ALICE, CORA, VIC, Register, a_recommendation, an_addressee, occasion, tally_of


def opened(path: Path) -> Letter:
    return Document(str(path))


def words_in(letter: Letter) -> str:
    cells = [cell.text for table in letter.tables for row in table.rows for cell in row.cells]
    return "\n".join([part.text for part in letter.paragraphs] + cells)


def a_chapter(*answers: Answer) -> Chapter:
    names = ("Gwent", "Kent", "Essex", "Surrey")
    addressees = tuple(
        an_addressee(name, answer=answer) for name, answer in zip(names, answers, strict=False)
    )
    accepted = tuple(an_addressee(f"Body {number:02}") for number in range(43 - len(addressees)))
    everyone = (*addressees, *accepted)
    return Chapter(a_recommendation(), everyone, tally_of(everyone), iter(()))


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ((), "43 of 43 policing bodies accepted recommendation 15."),
        (
            (Answer.AWAITING, Answer.AWAITING),
            "41 of 43 policing bodies accepted recommendation 15; Gwent and Kent have not yet responded.",
        ),
        (
            (Answer.AWAITING, Answer.NOT_ACCEPTED, Answer.ACCEPTED_IN_PART),
            "40 of 43 policing bodies accepted recommendation 15; Essex accepted it in part;"
            " Kent did not accept it; Gwent has not yet responded.",
        ),
    ],
)
def test_the_first_sentence_can_be_sent_alone(answers: tuple[Answer, ...], sentence: str) -> None:
    assert sentences.how_it_stands(a_chapter(*answers)) == sentence


def test_many_who_have_not_responded_are_counted() -> None:
    everyone = tuple(an_addressee(f"Body {number:02}", answer=Answer.AWAITING) for number in range(13))
    chapter = Chapter(a_recommendation(), everyone, tally_of(everyone), iter(()))
    assert sentences.how_it_stands(chapter) == (
        "0 of 13 policing bodies accepted recommendation 15; 13 have not yet responded."
    )


def test_complete_and_checked_are_told_apart() -> None:
    stages = (Stage.COMPLETE, Stage.CHECKED, Stage.IN_PROGRESS, Stage.BLOCKED)
    addressees = tuple(an_addressee(stage.value, stage=stage) for stage in stages)
    chapter = Chapter(a_recommendation(), addressees, tally_of(addressees), iter(()))
    assert sentences.how_far(chapter) == (
        "Progress: 2 complete, of which 1 checked by the association; 1 in progress; 1 blocked."
    )


def test_what_has_ended_says_so() -> None:
    recommendation = a_recommendation(status=RecommendationStatus.SUPERSEDED, superseded_by="stalking-28")
    assert sentences.ended(recommendation) == "This recommendation has been superseded by stalking 28."
    withdrawn = a_recommendation(status=RecommendationStatus.WITHDRAWN)
    assert sentences.ended(withdrawn) == "This recommendation has been withdrawn."


def test_the_letter_tells_each_recommendation_as_the_register_counts_it(
    register: Register, tmp_path: Path
) -> None:
    letter = opened(made(register, "export", tmp_path, VIC))
    with register.store.reading() as connection:
        own = tallies.of(connection, ["stalking-15"])["stalking-15"]
    headings = [part.text for part in letter.paragraphs if part.style and part.style.name == "Heading 2"]
    assert headings == [f"Recommendation {number}" for number in (15, 16, 25, 27)]
    first = [part.text for part in letter.paragraphs if part.style and part.style.name == "First"]
    assert first[0] == (
        f"{own.accepted} of {own.addressed} policing bodies accepted recommendation 15;"
        " Essex accepted it in part; Surrey did not accept it."
    )
    assert first[3] == (
        "129 of 129 answers are in to recommendations 15, 16 and 25, on which recommendation 27 rests."
    )
    table = letter.tables[0]
    assert len(table.rows) == 1 + own.addressed
    responses = [row.cells[1].text.split("\n")[0] for row in table.rows[1:]]
    assert responses.count("Accepted") == own.accepted == 41


def test_only_the_internal_form_holds_what_may_not_be_quoted_and_says_so_on_every_page(
    register: Register, tmp_path: Path
) -> None:
    published = opened(made(register, "export kent", tmp_path, VIC))
    internal = opened(made(register, "export kent internal", tmp_path, ALICE))
    assert QUOTED in words_in(published)
    assert SECRET not in words_in(published)
    assert "Alice Ames" not in words_in(published)
    assert SECRET in words_in(internal)
    assert "Alice Ames" in words_in(internal)
    marked = "Internal: not for publication"
    assert internal.sections[0].header.paragraphs[0].text.startswith(marked)
    assert marked not in published.sections[0].header.paragraphs[0].text


def test_headings_of_tables_are_repeated_pages_numbered_and_the_language_british(
    register: Register, tmp_path: Path
) -> None:
    letter = opened(made(register, "export", tmp_path))
    for table in letter.tables:
        first, *others = table.rows
        assert first._tr.trPr is not None
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.find(f".//{qn('w:tblHeader')}") is None for row in others)
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
    fields = letter.sections[0].footer._element.iter(qn("w:fldSimple"))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]
    assert {lang.get(qn("w:val")) for lang in letter.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert letter.core_properties.language == "en-GB"
    assert letter.core_properties.title == "All live recommendations: the account as at 10 March 2025"


def test_only_http_addresses_are_links_and_each_shows_where_it_leads() -> None:
    links = Links()
    shown = links.run('https://example.org/a?b=1&c="2"')
    assert 'r:id="link1"' in shown
    assert "https://example.org/a?b=1&amp;c=" in shown
    assert "w:hyperlink" not in links.run("javascript:alert(1)")
    assert links.relationships().count("<Relationship ") == 1
    assert "&quot;2&quot;" in links.relationships()


def test_text_is_written_as_it_is_and_reads_from_its_own_side() -> None:
    assert "&lt;w:p&gt;" in paragraph("<w:p>")
    assert "<w:bidi/>" not in paragraph("12 hello مرحبا")
    assert "<w:bidi/>" in paragraph("12 مرحبا hello")
    assert "\x0b" not in paragraph("a\x0bb")
    assert paragraph("a\nb").count("<w:br/>") == 1


def test_a_text_of_3000_characters_is_whole(register: Register, tmp_path: Path) -> None:
    long = "A text. " * 374 + "the end."
    register.says(CORA, f"note 25 kent: {long}")
    assert long in words_in(opened(made(register, "export 25 internal", tmp_path)))


def test_an_empty_register_says_so(empty: Register, tmp_path: Path) -> None:
    letter = opened(made(empty, "export", tmp_path))
    assert "The register holds no recommendation" in words_in(letter)


def test_it_is_called_by_what_it_is_about(register: Register, tmp_path: Path) -> None:
    typed = {
        "export": "account-2025-03-10.docx",
        "export 15 kent internal": "account-stalking-15-kent-2025-03-10-internal.docx",
        "export stalking csv as at 22 Nov 2024": f"account-stalking-{date(2024, 11, 22)}.csv",
    }
    assert [made(register, name, tmp_path).name for name in typed] == list(typed.values())


def test_the_file_is_whole(register: Register, tmp_path: Path) -> None:
    with ZipFile(made(register, "export internal", tmp_path)) as file:
        assert file.testzip() is None
        assert len(file.namelist()) == len(set(file.namelist()))


def test_only_the_official_wording_is_set_as_a_quotation(register: Register, tmp_path: Path) -> None:
    ours = opened(made(register, "export 15", tmp_path, VIC))
    assert "Quote" not in {part.style.name for part in ours.paragraphs if part.style}
    assert "In our words: Find out" in words_in(ours)
    with register.store.begin() as connection:
        stated = recommendations.get(connection, "stalking-15")
        assert stated
        recommendations.correct(connection, replace(stated, quoted_from="the report, page 97"))
    official = opened(made(register, "export 15", tmp_path, VIC))
    quoted = [part.text for part in official.paragraphs if part.style and part.style.name == "Quote"]
    assert quoted[0] == f"“{stated.wording}”"
    assert "Quoted from the report, page 97." in words_in(official)


def test_what_others_reported_stands_below_the_bodies(register: Register, tmp_path: Path) -> None:
    typed = "party 16 NPCC reported on 3 Mar 2025 evidence https://a.uk/b “Progress”: half have"
    command = register.read(typed)
    assert isinstance(command, ReportOfParty)
    party.report(register.store, occasion(CORA), command)
    line = "Chief constables: the NPCC reported on 3 March 2025: half have (Progress, https://a.uk/b)"
    assert line in words_in(opened(made(register, "export 16", tmp_path, VIC)))
    assert line not in words_in(opened(made(register, "export 16 as at 2 Mar 2025", tmp_path, VIC)))
    (summary,) = json.loads(made(register, "export 16 json", tmp_path, VIC).read_text(encoding="utf-8"))[
        "recommendations"
    ]
    assert (summary["others_reported"], summary["addressed"]) == (line, 43)


def charts_in(letter: Letter) -> list[str]:
    """The alt texts of its pictures."""
    return [drawn.get("descr") for drawn in letter.element.iter(qn("wp:docPr"))]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("export 15", "stalking 15"),
        ("export stalking", "stalking"),
        ("export", "stalking"),
        ("export 15 as at 22 Nov 2024", "stalking 15"),
        ("export 15 kent", ""),
        ("export kent", ""),
        ("export 27", ""),
    ],
)
def test_progress_over_time_stands_in_it_as_a_chart(
    register: Register, tmp_path: Path, typed: str, name: str
) -> None:
    texts = charts_in(opened(made(register, typed, tmp_path)))
    assert len(texts) == bool(name)
    if name:
        assert texts[0].startswith(f"Line chart of {name}, by week, 29 September 2024 to ")
        accepted = "43 on 22 Nov 2024" if "as at" in typed else "43 on 24 Nov 2024, 41 on 10 Mar 2025"
        assert f"Accepted: 0 on 29 Sep 2024, {accepted}." in texts[0]
