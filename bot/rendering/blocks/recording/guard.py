"""What is said when a text looks as if it identified a victim: what was found, and the two ways on."""

from collections.abc import Sequence

from bot.domain.free_text import for_slack, from_slack
from bot.domain.personal_data.kinds import Finding, Kind
from bot.rendering import words

_SHOWN = 3
_KINDS = {
    Kind.PHONE: "a phone number",
    Kind.EMAIL: "an e-mail address",
    Kind.ADDRESS: "an address",
    Kind.DATE_OF_BIRTH: "a date of birth",
    Kind.NATIONAL_INSURANCE: "a National Insurance number",
    Kind.NHS_NUMBER: "an NHS number",
    Kind.REFERENCE: "a crime or case reference",
    Kind.VEHICLE: "a number plate",
    Kind.DOCUMENT: "a passport, account or device number",
    Kind.HANDLE: "a name on social media",
    Kind.PICTURE: "a link to a photograph or footage",
    Kind.NAME: "the name of a victim, a suspect or somebody near them",
    Kind.DESCRIPTION: "details that tell who somebody is",
}


def kind_alone(kind: Kind) -> str:
    """Return the kind without its article: phone number."""
    return _KINDS[kind].removeprefix("a ").removeprefix("an ")


def found_in_words(findings: Sequence[Finding]) -> str:
    """Say what was found: a phone number: “07700 900123”"""
    quoted_findings = [f"{_KINDS[finding.kind]}: “{finding.words}”" for finding in findings[:_SHOWN]]
    if len(findings) > _SHOWN:
        quoted_findings.append(f"{len(findings) - _SHOWN} more")
    return words.both(quoted_findings)


def confirming(typed: str, text: str) -> str:
    """Return the command that was typed, as Slack sent it, with the words by which its writer confirms the
    text; empty where the command does not end in the text."""
    plain = from_slack(typed)
    if not text:
        # What was found stands in a detail, and there is no text after it.
        return for_slack(f"{plain.rstrip(' :：')} no victim:")
    if not plain.endswith(text):
        return ""
    head = plain[: -len(text)].rstrip(" \n:：,;-–—")
    return for_slack(f"{head} no victim: {text}")
