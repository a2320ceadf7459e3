"""What spreadsheets make of a text, and how it is kept from that.

In CSV an apostrophe before a text says that it is to be taken as it stands; a text that begins with one gets
another. In a workbook a character can stand as its number, `_x000D_`."""

import re

# A spreadsheet takes what begins like this for a formula, and some drop what stands before it
# (OWASP, "CSV Injection").
_FORMULA = re.compile("^[\\s\ufeff\u200b]*[=+\\-@\t\r\n\0＝＋－＠]")
# What is shown in place of a value: #N/A, #REF!, #NAME?, #ÜBERLAUF!, #¡VALOR!, Err:502, ####.
_ERROR = re.compile(
    r"\s*(?:#N/A|#NV|#N/D|#N/B|#NB|#GETTING_DATA|#[¡¿]?[A-ZÀ-ÖØ-Þ0-9/_ ]{1,20}[!?]|Err:[0-9]{3}|#{3,})\s*"
)
_CHARACTER = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MARK = "'"


def is_error(text: str) -> bool:
    return _ERROR.fullmatch(text) is not None


def unescaped(text: str) -> str:
    """Return the characters that stand in it as `_x000D_`."""
    if "_x" not in text:
        return text
    characters = _CHARACTER.sub(lambda match: chr(int(match[1], 16)), text)
    return characters.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def escaped(text: str) -> str:
    """Escape it, so that a workbook shows `_x000D_` where these letters are meant."""
    # The last _ of one can be the first of the next.
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text) if "_x" in text else text


def guarded(text: str) -> str:
    """Guard it for CSV: with an apostrophe where it would be taken for anything but this text."""
    is_safe = not (
        text.startswith(_MARK) or _FORMULA.match(text) or is_error(text) or unescaped(text) != text
    )
    return text if is_safe else _MARK + text


def unguarded(text: str) -> str:
    """Return the text that was guarded."""
    if text.startswith(_MARK) and guarded(text[1:]) == text:
        return text[1:]
    return text
