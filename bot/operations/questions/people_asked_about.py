"""Who is meant where somebody is asked about by name."""

from bot.domain.questions.model import MYSELF, Question, Shape
from bot.domain.questions.people_called import those_called, typed_for
from bot.domain.questions.question_answer import MOST_NEAREST, CannotBeAnswered, WhyUnanswered
from bot.domain.questions.written import canonical
from bot.domain.register.people import Person, PersonKey
from bot.domain.values import replace
from storage import people
from storage.database import Connection
from storage.store import Store


def person_meant(
    connection: Connection, store: Store, asker: PersonKey, question: Question
) -> tuple[Person, str]:
    """Return whom a question is about, and what is typed for nobody but them. Raises CannotBeAnswered."""
    known = people.with_a_role_or_recordings(connection, store)
    names = {key.user_id: person.display_name for key, person in known.items()}
    if question.by.casefold() == MYSELF and (oneself := people.get(connection, asker)) is not None:
        return oneself, typed_for(asker.user_id, names) if asker in known else MYSELF
    keys = _keys_of(question.by, known)
    if not keys:
        raise CannotBeAnswered(
            WhyUnanswered.NOBODY_CALLED,
            canonical(question),
            (Question(shape=Shape.CONTACTS),),
            person=question.by,
        )
    if len(keys) > 1:
        nearest = (replace(question, by=typed_for(key.user_id, names)) for key in keys[:MOST_NEAREST])
        raise CannotBeAnswered(
            WhyUnanswered.WHICH_PERSON, canonical(question), tuple(nearest), person=question.by
        )
    person = known[keys[0]]
    return person, typed_for(person.key.user_id, names)


def _keys_of(name: str, known: dict[PersonKey, Person]) -> tuple[PersonKey, ...]:
    by_id = tuple(key for key in known if key.user_id == name)
    return by_id or those_called(name, {key: person.display_name for key, person in known.items()})
