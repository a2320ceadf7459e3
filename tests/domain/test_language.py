"""Which of the two languages a text was written in."""

import pytest

from bot.domain.language import Language, language_of


@pytest.mark.parametrize(
    "text",
    [
        "Mae'r gwasanaeth newydd wedi dechrau ym mis Ebrill.",
        "Rydym yn gweithio gyda'n partneriaid ar yr adolygiad.",
        "Bydd dau eiriolwr yn dechrau cyn hir.",
        "Nid oes gwasanaeth arbenigol yn yr ardal eto.",
        "Mae’r gwaith ar y gweill",
    ],
)
def test_welsh_is_known(text: str) -> None:
    assert language_of(text) is Language.WELSH


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12/3",
        "two ISACs start in April",
        "We meet in Ynys Môn with Heddlu Gogledd Cymru every month to review what is missing.",
        "The commissioner has agreed, and the service is to open in Pen-y-bont ar Ogwr in June.",
        "мама",
    ],
)
def test_everything_else_counts_as_english(text: str) -> None:
    assert language_of(text) is Language.ENGLISH
