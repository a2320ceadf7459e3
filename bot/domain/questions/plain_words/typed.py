"""What was typed after `/recs`: a command where it is one, else a question about the register, else plain words."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from rapidfuzz.distance import OSA

from bot.domain.free_text import for_slack, from_slack
from bot.domain.questions.grammar import reader
from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.grammar.problems import NotUnderstood, What, WhichBody, WhichMeaning
from bot.domain.questions.grammar.words import Kind, pieces_of
from bot.domain.questions.grammar.written_questions import read_question
from bot.domain.questions.model import Question, Shape, Theme
from bot.domain.questions.names import Names, ReportName
from bot.domain.questions.plain_words.surroundings import Asker, Surroundings
from bot.domain.questions.plain_words.understanding import (
    About,
    Answerable,
    Asked,
    NotAnswered,
    Offered,
    SaidPlainly,
    Understanding,
    WhyNot,
)
from bot.domain.questions.sense import MakesNoSense, Why
from bot.domain.questions.written import canonical
from bot.domain.refusals.addressees import BodyRequired
from bot.domain.refusals.refusal import Refusal

# What is said of an order that is not plain: its own buttons say the same as was typed.
_OF_THE_GATE = (What.NOT_CERTAIN, What.NOT_STARTED, What.WHICH_DETAILS)
# They ask what is meant of a command that is whole.
_SAY_ENOUGH = (What.QUOTED, What.SAYS_NOTHING, What.NOT_MEANT, What.OTHER_PLACE)
# Orders that take no text: their words are a sentence's.
_READ_AS_A_SENTENCE = ("remind", "undo", "extend", "grant")
# As a command they say what somebody else did; in a sentence, what the body itself did.
_OF_OTHERS = ("close",)
# What an order lacks: to say that says more than a lookup of what it names.
_LACKING = (
    What.WHICH_DATE,
    What.WHICH_REPORT,
    What.WHICH_UPDATE,
    What.WHICH_GROUND,
    What.WHICH_PERSON,
    What.WHICH_ROLE,
)
# Typing errors in a verb, above which another word was meant: "define" is not "decline".
_ERRORS = 1
_ERRORS_IN_LONG_WORDS = 2
_LONG = 7


def read_command_or_question(raw: str, names: Names, today: date) -> TypedCommand | Question:
    """Return the command that `raw`, as Slack sent it, is, or the question about the register.

    A sentence is neither. Raises what `reader.read` raises, and MakesNoSense."""
    try:
        return reader.read(raw, names, today, answers_questions=False)
    except (NotUnderstood, WhichBody, WhichMeaning) as problem:
        try:
            question = read_question(reader.without_own_name(raw), names, today)
        except MakesNoSense:
            raise
        except Refusal:
            raise problem from None
        if _counts_what_a_theme_is_of(raw, question) or _OF_ALL_BODIES.search(raw.casefold()):
            raise problem from None
        return _as_a_command(question, names, today) or question


_JOINING_WORDS = frozenset(("of", "on", "for", "in", "the", "with", "as", "a"))


def short_form_of(raw: str, command: TypedCommand | Question) -> str:
    """Return how a question is typed shortly that was asked with the small words of a sentence ("csv of 25"); empty
    where it has none that its short form lacks."""
    if not isinstance(command, Question):
        return ""
    short_form = canonical(command)
    small_words = _JOINING_WORDS & _words_in(from_slack(reader.without_own_name(raw)))
    return short_form if small_words - _words_in(short_form) else ""


def _words_in(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.casefold()))


# In "how many of the 43 accepted 16" the number is no recommendation's.
_OF_ALL_BODIES = re.compile(r"\b(?:all|(?:out )?of(?: the)?) 43\b")


def _as_a_command(question: Question, names: Names, today: date) -> TypedCommand | None:
    """Return the command that asks just how something stands ("HIOW status" is `hampshire`); None for any other
    question."""
    if question != Question(question.scope):
        return None
    try:
        return reader.read(for_slack(canonical(question)), names, today, answers_questions=False)
    except Refusal:
        return None


def _counts_what_a_theme_is_of(raw: str, question: Question) -> bool:
    """Whether things are counted that a theme is called after: "how many victims in Kent" asks for no recommendations."""
    themes = (condition.word for condition in question.conditions if isinstance(condition, Theme))
    return any(re.search(rf"\bhow many (?:\w+ )?{re.escape(theme)}", raw.casefold()) for theme in themes)


def understand_instead(
    problem: Refusal, raw: str, asker: Asker, around: Surroundings
) -> Understanding | None:
    """Return what `raw` asks for in plain words, where `problem` is that it is no command.

    None where the problem's own words and buttons say more."""
    raw = reader.without_own_name(raw)
    if isinstance(problem, NotUnderstood) and problem.what in _SAY_ENOUGH:
        return None
    return _in_plain_words(problem, raw, asker, around)


def _in_plain_words(problem: Refusal, raw: str, asker: Asker, around: Surroundings) -> Understanding | None:
    understood = _understand()(raw, asker, around)
    if _BEGINS_WITH_A_LINK.match(raw):
        # What a link calls itself is no order of the person's.
        return understood
    if isinstance(problem, MakesNoSense):
        # "Map wales": a map of each recommendation in Wales.
        is_asked = isinstance(understood, Asked) and problem.why is Why.WHICH_RECOMMENDATION
        return understood if is_asked or isinstance(understood, Offered) else None
    if isinstance(understood, Answerable) and _drops_its_verb(raw, understood, around):
        return None
    row = reader.verb_of(raw)
    if row is not None and row.name == "copy" and _names_a_report_first(raw, around):
        # It lacks to whom it was copied, and asks for no copy of anything.
        return None
    if row is not None and row.name in ("calendar", "letter") and _asks_for_it(understood, row.name):
        return understood
    if _COUNTS_BODIES.search(raw.casefold()) and isinstance(understood, NotAnswered):
        # In "15 bodies have accepted" the number is no recommendation's.
        return understood
    if row is not None and row.name == "calendar" and not _lists_deadlines(understood):
        return None
    if isinstance(problem, (WhichBody, WhichMeaning)):
        takes_no_text = isinstance(problem, WhichBody) and not problem.as_text
        if (
            takes_no_text
            and row
            and isinstance(understood, Offered)
            and _all_begin_with(understood, row.name)
        ):
            # "Check Kent's 15"
            return understood
        return _instead_of_which(problem, understood, is_order=row is not None and row.writes)
    if row is not None and row.writes:
        if isinstance(understood, NotAnswered) and _FOR_ALL.search(raw.casefold()):
            # Nothing is recorded for everybody at once.
            return understood
        return _after_an_order(problem, understood, row.name, records_for_itself=bool(asker.bodies))
    if isinstance(understood, NotAnswered) and understood.why is WhyNot.NOT_UNDERSTOOD:
        has_more_to_offer = bool(understood.nearest) and not _says_what_to_do(problem)
        return understood if has_more_to_offer or _suggests_another_word(problem, around) else None
    return understood


def understand_person(
    raw: str, asker: Asker, around: Surroundings, people: Mapping[str, str]
) -> Understanding | None:
    """Return what `raw` asks of a person; `people` are the names of those the register knows, by user id."""
    from bot.domain.questions.plain_words.people_asked_about import about_a_person  # noqa: PLC0415

    return about_a_person(reader.without_own_name(raw), asker, around, people)


def recordings_in(raw: str, asker: Asker, around: Surroundings) -> tuple[str, ...]:
    """Return what `raw` would record, as Slack would send it, for each report that may be meant by its number."""
    understood = _understand()(reader.without_own_name(raw), asker, around)
    if not isinstance(understood, Asked) or understood.about is not About.REPORT:
        return ()
    return SaidPlainly(understood, raw).commands


def load_reader() -> None:
    """Load what reads plain words, so that the first question in them need not wait for it."""
    _understand()


def _understand() -> Callable[[str, Asker, Surroundings], Understanding]:
    # It takes a seventh of recbot's start, and a command does without it.
    from bot.domain.questions.plain_words.reader import understand  # noqa: PLC0415

    return understand


_FOR_ALL = re.compile(r"\b(?:for|by|on behalf of) (?:all|every(?:one|body)?|each|the lot)\b")
_COUNTS_BODIES = re.compile(
    r"\b[0-9]+ (?:of (?:the |us\b|them\b|those\b|43\b)|(?:\w+ )?(?:bodies|forces|pccs|commissioners|areas|offices|members|people)\b)"
)


# Verbs that are no word for how something stands, with their other forms: nothing else can be meant by them.
_ORDERS = re.compile(
    r"\b(?:extend|ask|correct|return|calendar|ics|publish|remind|grant|revoke|withdraw|undo)\b"
)


def _drops_its_verb(raw: str, understood: Answerable, around: Surroundings) -> bool:
    """Whether a verb stands beside nothing but numbers and names, and the answer would say nothing of it:
    "norfolk extend 25"."""
    verb = _ORDERS.search(raw.casefold())
    if verb is None or verb[0] in understood.command:
        return False
    rest = from_slack(f"{raw[: verb.start()]} {raw[verb.end() :]}")
    known = (Kind.REF, Kind.NAME, Kind.FILLER, Kind.OWN)
    return all(piece.kind in known for piece in pieces_of(rest, around.names))


def _names_a_report_first(raw: str, around: Surroundings) -> bool:
    """Whether a report stands right after the verb: "copy stalking kent on 22 Nov 2024"."""
    _, *rest = from_slack(raw).split(maxsplit=1)
    pieces = pieces_of("".join(rest), around.names)
    return bool(pieces) and any(isinstance(name, ReportName) for name in pieces[0].meanings)


def _asks_for_it(understood: Understanding, verb: str) -> bool:
    return isinstance(understood, Answerable) and understood.command == verb


_BEGINS_WITH_A_LINK = re.compile(r"\s*<https?:")


def _lists_deadlines(understood: Understanding) -> bool:
    question = understood.question if isinstance(understood, Answerable) else None
    return question is not None and question.shape is Shape.DEADLINES


def _all_begin_with(understood: Offered | Asked, verb: str) -> bool:
    return all(command.startswith(f"{verb} ") for command in understood.commands)


def _instead_of_which(
    problem: WhichBody | WhichMeaning, understood: Understanding, is_order: bool
) -> Understanding | None:
    """Ask which of several things a name is, with every other word of the sentence, as plain words do."""
    if isinstance(understood, Asked) and not is_order:
        return understood
    if problem.nearly and not is_order and isinstance(understood, Offered):
        # "Surrey backs 16" names nobody beside Surrey.
        return understood
    return _answer_only(understood) if problem.nearly or not is_order else None


def _answer_only(understood: Understanding) -> Understanding | None:
    return understood if isinstance(understood, Answerable) else None


def _after_an_order(
    problem: Refusal, understood: Understanding, verb: str, *, records_for_itself: bool
) -> Understanding | None:
    """Offer a text that begins with a recording verb as an order, or answer it where it asks."""
    if isinstance(understood, Answerable) and understood.command.split(" ")[0] == "help":
        return understood
    if isinstance(problem, BodyRequired):
        # It is a command, and asks nothing.
        return understood if isinstance(understood, Offered) else None
    if verb == "ask" and isinstance(problem, NotUnderstood) and problem.what is What.COLON_MISSING:
        return understood if isinstance(understood, Offered) else None
    if not isinstance(problem, NotUnderstood) or problem.what is What.QUESTION:
        # "Undo what I just recorded" asks nothing either.
        is_order = isinstance(understood, Offered) and (
            not isinstance(problem, NotUnderstood)
            or understood.commands == ("undo",)
            or _all_begin_with(understood, "note")
        )
        # In "remind everyone who is late" the "who" asks nothing.
        is_reminder = verb == "remind" and isinstance(understood, (Offered, Asked))
        is_question = (
            verb == "check" and isinstance(understood, Offered) and _all_begin_with(understood, "ask")
        )
        return understood if is_order or is_reminder or is_question else _answer_only(understood)
    if verb in _OF_OTHERS and not isinstance(understood, Answerable):
        if _says_the_same(understood, verb):
            return understood
        # "Close 15 for us" is what the body itself did.
        return understood if records_for_itself and isinstance(understood, Offered) else None
    if (
        problem.what is What.WHICH_DATE
        and isinstance(understood, Asked)
        and _all_begin_with(understood, verb)
    ):
        # "Extension please, 15" lacks its body, or which of two reports is meant, as well as its day.
        return understood if understood.about is not About.DAY else None
    if problem.what in _OF_THE_GATE and verb not in _READ_AS_A_SENTENCE:
        lists = not records_for_itself and _lists_a_state(understood)
        says_it = _says_the_same(understood, verb) or _says_several(understood, verb)
        return understood if lists or _asks_of_all(understood) or says_it else None
    if problem.what in _LACKING and isinstance(understood, Answerable):
        return understood if _asks_of_all(understood) else None
    if isinstance(understood, NotAnswered):
        return understood if understood.why is WhyNot.NOT_YOURS else None
    return understood


def _says_the_same(understood: Understanding, verb: str) -> bool:
    """Whether the same order is offered, with its text parted from it: "not started on 16, awaiting budget",
    "ask Dorset about 15: which provider do you use?"."""
    if not isinstance(understood, Offered) or verb not in _OFFERED_AS:
        return False
    rows = [reader.verb_of(command) for command in understood.commands]
    return all(row is not None and row.name in _OFFERED_AS[verb] for row in rows)


def _says_several(understood: Understanding, verb: str) -> bool:
    """Whether it says the same and something of another recommendation: "accepted 15, still working on 16"."""
    if not isinstance(understood, Offered) or len(understood.commands) < 2:
        return False
    rows = [reader.verb_of(command) for command in understood.commands]
    return any(row is not None and row.name == verb for row in rows)


# As what an order may be offered that is typed with its words in another order.
_OFFERED_AS = {
    "not started": ("not started",),
    "ask": ("ask",),
    "expect": ("expect",),
    "reopen": ("reopen",),
    "accept": ("partly",),
    "close": ("close",),
    "partly": ("partly",),
    "progress": ("blocked",),
    "set": ("progress", "not started", "complete", "blocked", "accept", "partly", "decline", "in progress"),
}


def _lists_a_state(understood: Understanding) -> bool:
    """Whether it lists who is in a state, for somebody who has none of their own: "not started on 25 - list"."""
    question = understood.question if isinstance(understood, Answerable) else None
    return question is not None and bool(question.conditions) and not question.scope.places


def _asks_of_all(understood: Understanding) -> bool:
    """Whether it lists without a number: "complete without evidence" can record nothing."""
    if not isinstance(understood, Answerable) or understood.question is None:
        return False
    conditions = understood.question.conditions
    if understood.question.shape in (Shape.BY_REGION, Shape.BY_REPORT, Shape.PERCENT):
        return True
    return bool(conditions) and (len(conditions) > 1 or not understood.question.scope.recommendations)


def _says_what_to_do(problem: Refusal) -> bool:
    """Whether the problem has buttons of its own, or names the very words that are no date."""
    if not isinstance(problem, NotUnderstood):
        return False
    return bool(problem.suggestions) or problem.what is What.NOT_A_DATE


def _suggests_another_word(problem: Refusal, around: Surroundings) -> bool:
    """Whether the verb that is suggested is too far from the word that was typed to have been meant, or makes no
    command of the rest: "biggest forces on 15" is no digest."""
    if not isinstance(problem, NotUnderstood) or problem.what is not What.UNKNOWN_VERB:
        return False
    commands = [choice.command for choice in problem.suggestions]
    allowed = _ERRORS if len(problem.word) < _LONG else _ERRORS_IN_LONG_WORDS
    is_far = all(
        OSA.distance(problem.word.casefold(), command.split(" ")[0]) > allowed for command in commands
    )
    return is_far or not any(_is_a_command(command, around) for command in commands)


def _is_a_command(command: str, around: Surroundings) -> bool:
    try:
        reader.read(command, around.names, around.today, answers_questions=False)
    except Refusal as problem:
        # What it lacks can be asked.
        return not isinstance(problem, NotUnderstood) or problem.what in (*_LACKING, *_OF_THE_GATE)
    return True
