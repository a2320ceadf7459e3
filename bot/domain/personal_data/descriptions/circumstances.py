"""Find somebody in a case who is told by circumstances alone: "the woman with the alpacas near Hay".

No single pattern finds such a text. Each sentence is weighed: whether it is about one person (`subjects.py`), and how
many different things it tells of that person (`evidence.py`)."""

import re
from collections.abc import Iterator

from bot.domain.personal_data.descriptions.evidence import weight
from bot.domain.personal_data.descriptions.subjects import is_about_a_job, is_about_one_person
from bot.domain.personal_data.sentences import Span

# From this weight on a sentence tells who somebody is.
_ENOUGH = 3
# People at work are spoken of who are in no case.
_ENOUGH_OF_A_JOB = 4
_SENTENCE = re.compile(r"[^.!?\n]{1,600}(?:[.!?](?!\s)[^.!?\n]{0,600}){0,20}")
# The full stop behind these ends no sentence.
_ABBREVIATED = re.compile(
    r"\b(vic|susp|wit|perp|compl|mr|mrs|ms|dr|st|yr|yrs|approx|incl|dept|def|off)\.", re.IGNORECASE
)


def circumstances(text: str) -> Iterator[Span]:
    """Yield the spans of sentences that tell by circumstances who somebody is."""
    for sentence in _SENTENCE.finditer(_ABBREVIATED.sub(r"\1 ", text)):
        if is_about_one_person(sentence[0]):
            enough = _ENOUGH
        elif is_about_a_job(sentence[0]):
            enough = _ENOUGH_OF_A_JOB
        else:
            continue
        if weight(sentence[0]) >= enough:
            yield sentence.span()
