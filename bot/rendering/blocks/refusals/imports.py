"""What a file cannot be imported for."""

from typing import assert_never

from bot.domain.register.imports import NotImportable
from bot.rendering.blocks.refusals.wording import Wording

ImportRefusal = NotImportable


def wording(refusal: ImportRefusal) -> Wording:
    match refusal:
        case NotImportable():
            return Wording(refusal.text)
        case _:
            assert_never(refusal)
