"""Who is meant where somebody is asked about by name."""

import re
from dataclasses import replace

from bot.domain.questions.model import Question, Shape
from bot.domain.questions.people_called import those_called
from bot.domain.questions.question_answer import CannotBeAnswered, WhyUnanswered
from bot.domain.questions.written import canonical
from bot.domain.register.people import Person, PersonKey
from storage import people
from storage.database import Connection
from storage.store import Store

_MOST_NEAREST = 4
_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
# A name that can be typed after "by".
_PLAIN_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{0,3}}")


def person_meant(connection: Connection, store: Store, question: Question) -> tuple[Person, str]:
    """Return whom a question is about, and what is typed for nobody but them. Raises CannotBeAnswered."""
    known = people.with_a_role_or_recordings(connection, store)
    keys = _keys_of(question.by, known)
    if not keys:
        raise CannotBeAnswered(
            WhyUnanswered.NOBODY_CALLED,
            canonical(question),
            (Question(shape=Shape.CONTACTS),),
            person=question.by,
        )
    if len(keys) > 1:
        nearest = (replace(question, by=_typed(known[key], known)) for key in keys[:_MOST_NEAREST])
        raise CannotBeAnswered(
            WhyUnanswered.WHICH_PERSON, canonical(question), tuple(nearest), person=question.by
        )
    person = known[keys[0]]
    return person, _typed(person, known)


def _keys_of(name: str, known: dict[PersonKey, Person]) -> tuple[PersonKey, ...]:
    by_id = tuple(key for key in known if key.user_id == name)
    return by_id or those_called(name, {key: person.display_name for key, person in known.items()})


def _typed(person: Person, known: dict[PersonKey, Person]) -> str:
    """Return the name where it is that of one person; else the user id, as a mention has it."""
    names = {key: other.display_name for key, other in known.items()}
    is_typed_so = _PLAIN_NAME.fullmatch(person.display_name) is not None
    is_one = len(those_called(person.display_name, names)) == 1
    return person.display_name if is_typed_so and is_one else person.key.user_id
