"""Of what a question was asked, in words."""

from bot.domain.questions.question_subject import QuestionSubject
from bot.rendering import words
from bot.rendering.blocks.questions.lists import titles


def recommendations_of(subject: QuestionSubject) -> str:
    """Name the recommendations asked about: stalking 15 and 16; stalking 15 and 16 (victims); the 3
    recommendations of stalking."""
    if subject.part:
        return f"part ({subject.part}) of {titles(subject.recommendations)}"
    if subject.recommendations:
        chosen_by = f" ({words.both(subject.chosen_by)})" if subject.chosen_by else ""
        return f"{titles(subject.recommendations, subject.unnamed)}{chosen_by}"
    count_words = words.count(subject.size, "recommendation")
    return f"the {count_words}{f' of {words.both(subject.report_keys)}' if subject.report_keys else ''}"


def narrowed(subject: QuestionSubject) -> str:
    """Name the recommendations asked about; empty for all that are live."""
    return recommendations_of(subject) if subject.recommendations or subject.report_keys else ""


def places_of(subject: QuestionSubject) -> str:
    """Name the places asked about: Kent and Surrey; Wales except Gwent; empty for all bodies."""
    places = words.both(subject.places)
    return f"{places or 'all'} except {words.both(subject.excepted)}" if subject.excepted else places


def about(subject: QuestionSubject) -> str:
    """Say what was asked about, with the word before it: for stalking 15, Kent and Surrey; empty for
    everything."""
    parts = [narrowed(subject), places_of(subject)]
    subject_words = ", ".join(part for part in parts if part)
    return f"for {subject_words}" if subject_words else ""
