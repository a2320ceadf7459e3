"""The guard before every free text that is stored: does it say who a victim is? Only its writer can tell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.domain.personal_data.kinds import Finding
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.update import Change

# Told in the history of whoever confirmed it, without any of the words.
CONFIRMED = Change("no victim", "", "confirmed")


@dataclass
class MayIdentify(Refusal):
    """Something in what was written looks as if it identified a victim, and nobody has said that it does not.

    `texts` are all that was written, by the field it was written in ("" for a command's only text), and
    `findings` what was found in some of them. Nothing of it has been stored."""

    texts: Mapping[str, str]
    findings: Mapping[str, tuple[Finding, ...]]


def must_identify_nobody(text: str, confirmed: bool) -> tuple[Change, ...]:
    """Return the change to record with the text: that its writer confirmed it, where anything was found in
    it.

    Raises MayIdentify where something was found and it is not confirmed."""
    return must_all_identify_nobody({"": text}, confirmed)


def must_all_identify_nobody(texts: Mapping[str, str], confirmed: bool) -> tuple[Change, ...]:
    """Return the changes to record with the texts of a form, by field: that their writer confirmed them,
    where anything was found.

    Raises MayIdentify where something was found and not confirmed."""
    found_by_field = {
        field: field_findings for field, text in texts.items() if (field_findings := findings_in(text))
    }
    if not found_by_field:
        return ()
    if not confirmed:
        raise MayIdentify(texts, found_by_field)
    return (CONFIRMED,)


def findings_in(text: str) -> tuple[Finding, ...]:
    """Return what the check for personal data finds in a text; none in the empty text."""
    return _check()(text) if text else ()


def _check() -> Callable[[str], tuple[Finding, ...]]:
    # Compiling its patterns takes a third of recbot's start, so it is loaded when it is first asked.
    from bot.domain.personal_data.check import findings  # noqa: PLC0415

    return findings


def load_check() -> None:
    """Load the check, so that the first text need not wait for it."""
    _check()
