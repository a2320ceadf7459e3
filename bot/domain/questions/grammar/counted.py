"""What a number may count: "15 referrals" and "25 new cases" name no recommendation."""

import re

from bot.domain.questions.grammar.certainty import words_in

COUNTED = words_in(
    "bodies forces pccs commissioners areas offices members people pages officers staff colleagues"
    " volunteers trainees recruits applicants candidates delegates attendees participants visitors"
    " councillors mps callers clients families survivors victims suspects offenders perpetrators witnesses"
    " children women men girls boys pupils students schools cases referrals interviews investigations"
    " inquiries enquiries complaints calls incidents crimes offences arrests charges convictions"
    " prosecutions orders warrants hearings searches meetings sessions workshops courses modules visits"
    " audits inspections surveys questionnaires forms letters emails leaflets posters copies documents"
    " applications bids tenders contracts grants services providers partners suppliers charities agencies"
    " teams units hubs sites posts roles vacancies jobs advocates minutes hours days weeks months years"
    " miles pounds thousand million percent"
)
DESCRIBING = words_in(
    "new more other further extra additional different separate local young open old repeat trained"
)
# "15 referrals", "25 new cases"
_AFTER_A_NUMBER = re.compile(
    rf"\s+(?:(?:{'|'.join(sorted(DESCRIBING))}) )*(?P<counted>[a-z]+)\b(?!['\u2019])", re.IGNORECASE
)


def counted_after(text: str, place: int) -> str:
    """Return the word that a number before `place` counts; empty where it counts nothing that is known."""
    match = _AFTER_A_NUMBER.match(text, place)
    return match["counted"] if match and match["counted"].casefold() in COUNTED else ""
