"""What can be typed after `/recs export`."""

from datetime import date

import pytest

from bot.domain.questions.account import Form, Format
from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.grammar.problems import NotUnderstood, WhichMeaning
from bot.domain.questions.grammar.reader import read
from bot.domain.questions.grammar.typed_commands import Export, Ref
from bot.domain.questions.names import Body, Names, ReportName

KENT = Body("E23000032", "kent", "Kent")
STALKING = ReportName("stalking", "The police response to stalking")
NAMES = Names.of([(KENT, ("Kent",))], regions=["Wales"], reports=[STALKING])
TODAY = date(2025, 3, 10)


def typed(text: str) -> TypedCommand:
    return read(text, NAMES, TODAY)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("export", Export()),
        ("export 15", Export(Ref(None, "15"))),
        ("Export R15 XLSX", Export(Ref(None, "15"), format=Format.XLSX)),
        ("export csv stalking 15", Export(Ref("stalking", "15"), format=Format.CSV)),
        ("export stalking excel", Export(STALKING, format=Format.XLSX)),
        ("export kent json internal", Export(body=KENT, format=Format.JSON, form=Form.INTERNAL)),
        ("export 15 for kent, internal", Export(Ref(None, "15"), KENT, form=Form.INTERNAL)),
        ("export published", Export()),
        ("export 15 as at 22 Nov 2024", Export(Ref(None, "15"), as_at=date(2024, 11, 22))),
        ("export as at 22 Nov 2024 docx", Export(as_at=date(2024, 11, 22))),
        ("export word kent as known at 22/11/2024", Export(body=KENT, as_at=date(2024, 11, 22), known=True)),
    ],
)
def test_what_the_account_is_about_its_form_and_its_format_stand_in_any_order(
    text: str, meant: Export
) -> None:
    assert typed(text) == meant


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("export wales", ["export"]),
        ("export 15 16 xlsx", ["export 15 xlsx", "export 16 xlsx"]),
        ("export 15 csv json", ["export 15 csv", "export 15 json"]),
        ("export pdf", ["export docx", "export xlsx", "export ods", "export csv", "export json"]),
        (
            "export 15 PDF",
            ["export 15 docx", "export 15 xlsx", "export 15 ods", "export 15 csv", "export 15 json"],
        ),
    ],
)
def test_more_than_one_account_can_tell_is_asked_back(text: str, suggested: list[str]) -> None:
    with pytest.raises(NotUnderstood) as problem:
        typed(text)
    assert [choice.command for choice in problem.value.suggestions] == suggested


def test_a_name_nearly_right_keeps_the_format() -> None:
    with pytest.raises(WhichMeaning) as problem:
        typed("export kant xlsx internal")
    assert [choice.command for choice in problem.value.options] == ["export body kent xlsx internal"]
