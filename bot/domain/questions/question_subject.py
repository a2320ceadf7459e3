"""Of what a question is asked, by the names that are shown."""

from msgspec import Struct

from bot.domain.register.recommendation import Recommendation

# More than a first sentence names, where everything is asked about and nothing chosen.
MOST_NAMED = 20


class QuestionSubject(Struct, frozen=True):
    """Of what was asked, by the names that are shown; empty where nothing narrows it."""

    recommendations: tuple[Recommendation, ...] = ()
    part: str = ""  # the label of the part of the only recommendation that alone is asked about
    report_keys: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    # By which recommendations were chosen: themes, and "priority".
    chosen_by: tuple[str, ...] = ()
    # How many recommendations are asked of bodies there.
    size: int = 0
    # How many recommendations there are after those named, where they are too many to name.
    unnamed: int = 0


EVERYTHING = QuestionSubject()
