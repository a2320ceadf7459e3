"""Commands that ask: a recommendation, a body, a region, a report, deadlines, what is late, what changed."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import TypeVar

from bot.domain.questions.grammar.command import (
    CommandText,
    Subject,
    bodies_in,
    choice,
    command_of,
    subject_of,
    unmistakable,
    without_page,
)
from bot.domain.questions.grammar.problems import Choice, What
from bot.domain.questions.grammar.typed_commands import (
    BodyReturn,
    Changes,
    Contacts,
    Deadlines,
    DigestNext,
    DigestPreview,
    History,
    InRegion,
    Mine,
    MyCalendar,
    Overdue,
    Overview,
    Ref,
    Search,
    Standing,
    Status,
    Waiting,
)
from bot.domain.questions.grammar.typed_recordings import DigestSend
from bot.domain.questions.grammar.words import Kind, Piece, meanings_of, own_form, pieces_of, words_of
from bot.domain.questions.names import Body, Named, Names, Region, ReportName
from bot.domain.questions.written_dates import NotADate, day, span
from bot.domain.refusals.refusal import Refusal

_Kinds = tuple[type[Named], ...]
_EVERY_KIND: _Kinds = (Body, Region, ReportName)
_JOINING = re.compile(r"^(?:(?:for|in|with|from|of|by|on)\s+)+", re.IGNORECASE)
_FORM = re.compile(r"^(?:forms?|workbooks?)\b\s*", re.IGNORECASE)
_SINCE = re.compile(r"^since\s+", re.IGNORECASE)
_BEFORE = re.compile(r"^before\s+", re.IGNORECASE)
_WITHIN = re.compile(r"^(?:(?:within|in|for|the|next)\s+)+", re.IGNORECASE)
# "Search the notes for training", "find me training", "search for the word training"
_SEARCH_FOR = re.compile(
    r"^(?:me\s+(?=\S))?(?:(?:(?:in|through|all)\s+)?(?:(?:all|the|our|any)\s+)*(?:notes|updates|texts|register|entries)\s+for\s+|for\s+)?"
    r"(?:the (?:word|words|phrase|term|terms)\s+)?(?=\S)",
    re.IGNORECASE,
)
# "Find anything mentioning funding"
_ANYTHING = re.compile(
    r"^(?:anything|everything|whatever there is|all there is"
    r"|(?:any |all |the |every |each |the only )?(?:single )?"
    r"(?:notes?|updates?|texts?|comments?|entry|entries|mentions?|references?|occurrences?|instances?|uses?"
    r"|bits?|parts?|places?|one|lines?))"
    r" (?:mentioning|mentions?|that (?:mentions?|says?|talks? about|refers? to|contains?)"
    r"|which (?:mentions?|says?)|where (?:it|they|anyone|someone|somebody) (?:mentions?|says?|talks? about)"
    r"|about|on|containing|referring to|with|saying|of|to)"
    r" (?:the (?:word|words|phrase|term|terms) )?(?=\S)",
    re.IGNORECASE,
)
# "Find advocates in Kent's notes"
_IN_TEXTS_OF = re.compile(
    r"(?P<words>.+) in (?P<name>[^:]+?)(?:'s|\u2019s|s'|s\u2019) (?:notes|updates|texts|answers|entries)",
    re.IGNORECASE,
)
_QUOTES = " \"'“”‘’"
_LONGEST_SEARCH = 100
_LAST_DIGEST = frozenset(("last digest", "the last digest"))

_Meaning = TypeVar("_Meaning", bound=Named)


def read_status(command: CommandText) -> Overview | Status | Standing | InRegion:
    rest, page = without_page(command.rest)
    if not rest:
        return Overview(page)
    meanings = meanings_of(rest, command.names)
    if meanings:
        return Standing(_the_one(command, rest, meanings), page)
    pieces = pieces_of(rest, command.names)
    subject = subject_of(pieces)
    if subject.refs:
        beside = _beside(command, rest, subject)
        if isinstance(beside, Region):
            return InRegion(subject.refs[0], beside)
        return Status(subject.refs, beside, page)
    raise _no_such_name(command, rest, pieces, _EVERY_KIND)


def read_deadlines(command: CommandText) -> Deadlines:
    rest, page = without_page(command.rest)
    if not rest:
        return Deadlines(page=page)
    if rest.casefold() == "all":
        return Deadlines(everything=True, page=page)
    try:
        if _BEFORE.match(rest):
            return Deadlines(before=day(_BEFORE.sub("", rest), command.today, prefer="future"), page=page)
        return Deadlines(within_days=span(_WITHIN.sub("", rest), command.today), page=page)
    except NotADate:
        raise command.not_understood(What.NOT_A_DATE, rest, (choice("deadlines"),)) from None


def read_overdue(command: CommandText) -> Overdue:
    return Overdue(*_ref_or_name(command))


def read_waiting(command: CommandText) -> Waiting:
    return Waiting(*_ref_or_name(command))


def read_changes(command: CommandText) -> Changes:
    rest, page = without_page(command.rest)
    since = _SINCE.sub("", rest)
    if not since or since.casefold() in _LAST_DIGEST:
        return Changes(page=page)
    try:
        return Changes(day(since, command.today, prefer="past"), page)
    except NotADate:
        raise command.not_understood(What.NOT_A_DATE, since, (choice("changes"),)) from None


def read_calendar(command: CommandText) -> MyCalendar:
    if command.rest:
        # The file holds all deadlines of whoever asks; those of one thing can be listed.
        nearest = (choice(f"deadlines {command.rest}"), choice("calendar"))
        raise command.not_understood(What.LEFT_OVER, command.rest, nearest)
    return MyCalendar()


def read_mine(command: CommandText) -> Mine:
    rest, page = without_page(command.rest)
    if rest:
        raise command.not_understood(What.LEFT_OVER, rest, (choice("mine"),))
    return Mine(page)


def read_history(command: CommandText) -> History:
    rest, page = without_page(command.rest)
    rest = _JOINING.sub("", rest)
    pieces = pieces_of(rest, command.names)
    subject = subject_of(pieces)
    if len(subject.refs) > 1:
        options = [choice(command_of("history", ref)) for ref in subject.refs]
        raise command.not_understood(What.ONE_RECOMMENDATION, rest, options)
    if rest and not subject.refs and not subject.names:
        raise _no_such_name(command, rest, pieces, (Body,))
    body = _body_of(command, rest, subject, (Body,))
    return History(subject.refs[0] if subject.refs else None, body, page)


def read_contacts(command: CommandText) -> Contacts:
    rest, page = without_page(command.rest)
    rest = _JOINING.sub("", rest)
    if not rest:
        return Contacts(page=page)
    meanings = tuple(
        meaning for meaning in meanings_of(rest, command.names) if isinstance(meaning, (Body, Region))
    )
    if not meanings:
        raise _no_such_name(command, rest, pieces_of(rest, command.names), (Body, Region))
    return Contacts(_the_one(command, rest, meanings), page)


def read_return(command: CommandText) -> BodyReturn:
    rest = _JOINING.sub("", _FORM.sub("", command.rest))
    if not rest:
        raise command.not_understood(What.WHICH_RETURN)
    bodies = tuple(meaning for meaning in meanings_of(rest, command.names) if isinstance(meaning, Body))
    if not bodies:
        raise _no_such_name(command, rest, pieces_of(rest, command.names), (Body,))
    return BodyReturn(_the_one(command, rest, bodies))


_FINDS_BODIES = re.compile(
    r"(?:(?:me|us|out)\b\s*)*(?:everyone|everybody|anyone|anybody|all|those|who|which|what|why|whether|if|bodies|forces|pccs|the"
    r" (?:bodies|forces|pccs|contact|deadline)s?|how|when|where)\b",
    re.IGNORECASE,
)


def read_search(command: CommandText) -> Search:
    rest, page = without_page(command.rest)
    rest = _SEARCH_FOR.sub("", rest)
    words = " ".join(_ANYTHING.sub("", rest).strip(_QUOTES).split())
    if not words:
        raise command.not_understood(What.WHICH_WORDS)
    if command.verb == "find" and _FINDS_BODIES.match(words):
        # "Find me everyone who is blocked" looks for no words.
        raise command.not_understood(What.WHICH_WORDS, suggestions=(choice(f"search {words}"),))
    if (of_body := _in_texts_of_a_body(words, command.names)) is not None:
        body, own_words = of_body
        return Search(own_words[:_LONGEST_SEARCH], page, body=body)
    pieces = pieces_of(words, command.names)
    if command.verb == "find" and _ANYTHING.match(rest) and pieces[0].kind in (Kind.REF, Kind.NAME):
        # "Find everything on 15" asks for what is known of it.
        raise command.not_understood(What.WHICH_WORDS, suggestions=(choice(f"search {words}"),))
    return Search(words[:_LONGEST_SEARCH], page, pieces[0].ref if len(pieces) == 1 else None)


def _in_texts_of_a_body(words: str, names: Names) -> tuple[Body, str] | None:
    """Return the one body that is named before a colon, and what is searched for in its texts; None for words
    that are searched for everywhere."""
    match = _IN_TEXTS_OF.fullmatch(words)
    name, rest = (match["name"], match["words"]) if match else words.partition(":")[::2]
    own_words = rest.strip(_QUOTES)
    bodies = [meaning for meaning in meanings_of(name.strip(), names) if isinstance(meaning, Body)]
    return (bodies[0], own_words) if own_words and len(bodies) == 1 else None


def read_digest(command: CommandText) -> DigestNext | DigestPreview | DigestSend:
    text = own_form(words_of(command.rest))
    if text in ("", "next"):
        return DigestNext()
    if text == "preview":
        return DigestPreview()
    if text == "send":
        return DigestSend()
    raise command.not_understood(
        What.LEFT_OVER, command.rest, (choice("digest"), choice("digest preview"), choice("digest send"))
    )


def ref_or_name_alone(command: CommandText) -> Ref | Named:
    """Return the one recommendation or the one name that a command is about. Raises NotUnderstood."""
    subject, _, body, region = _ref_or_name(command)
    if subject is None:
        raise command.not_understood(What.WHICH_SUBJECT)
    if body or region:
        raise command.not_understood(What.ONE_SUBJECT, suggestions=_smaller(command, command.rest))
    return subject


def _ref_or_name(command: CommandText) -> tuple[Ref | Named | None, int, Body | None, Region | None]:
    """Return what `overdue` and `waiting` are about, and the page: a recommendation with at most one body or
    region, a name, or everything."""
    rest, page = without_page(command.rest)
    rest = _JOINING.sub("", rest)
    if not rest:
        return None, page, None, None
    meanings = meanings_of(rest, command.names)
    if meanings:
        return _the_one(command, rest, meanings), page, None, None
    pieces = pieces_of(rest, command.names)
    subject = subject_of(pieces)
    if len(subject.refs) == 1:
        beside = _beside(command, rest, subject)
        body, region = (None, beside) if isinstance(beside, Region) else (beside, None)
        return subject.refs[0], page, body, region
    if subject.refs:
        raise command.not_understood(What.LEFT_OVER, rest, _smaller(command, rest))
    raise _no_such_name(command, rest, pieces, _EVERY_KIND)


def _the_one(command: CommandText, name: str, meanings: tuple[_Meaning, ...]) -> _Meaning:
    if len(meanings) > 1:
        raise command.which_meaning(
            name, meanings, lambda option: command_of(command.verb, option), nearly=False
        )
    return meanings[0]


def _beside(command: CommandText, rest: str, subject: Subject) -> Body | Region | None:
    """Return region | None | The body or the region named beside a recommendation, if any; all else that is
    said is a problem."""
    if len(subject.names) != 1 or subject.others:
        return _body_of(command, rest, subject)
    piece = subject.names[0]
    meanings = tuple(meaning for meaning in piece.meanings if isinstance(meaning, (Body, Region)))
    regions = [meaning for meaning in meanings if isinstance(meaning, Region)]
    if not regions:
        return _body_of(command, rest, subject)
    if len(meanings) > 1:
        raise command.which_meaning(
            rest[piece.start : piece.end],
            meanings,
            lambda option: command_of(command.verb, *subject.refs, option),
            nearly=False,
        )
    if len(subject.refs) > 1:
        region = unmistakable(regions[0])
        choices = [choice(command_of(command.verb, ref, region)) for ref in subject.refs]
        raise command.not_understood(What.ONE_RECOMMENDATION, rest, choices)
    return regions[0]


def _body_of(command: CommandText, rest: str, subject: Subject, kinds: _Kinds = _EVERY_KIND) -> Body | None:
    """Return the one body named beside a recommendation, if any; all else that is said is a problem."""
    bodies: list[Body] = []
    for piece in subject.names:
        name = rest[piece.start : piece.end]
        possible = bodies_in(piece)
        if not possible:
            raise command.not_understood(
                What.LEFT_OVER, rest[piece.start : piece.end], _smaller(command, rest, kinds)
            )
        if len(possible) > 1:
            name = rest[piece.start : piece.end]
            raise command.which_body(
                name, possible, lambda slug: command_of(command.verb, *subject.refs, slug), nearly=False
            )
        bodies += [body for body in possible if body not in bodies]
    if subject.others:
        raise _beside_a_recommendation(command, rest, subject, kinds)
    if len(bodies) > 1:
        options = [choice(command_of(command.verb, *subject.refs, body.slug)) for body in bodies]
        raise command.not_understood(What.ONE_BODY, rest, options)
    return bodies[0] if bodies else None


def _beside_a_recommendation(command: CommandText, rest: str, subject: Subject, kinds: _Kinds) -> Refusal:
    name = rest[subject.others[0].start : subject.others[-1].end]
    near = command.names.near(name, (Body, ReportName))
    bodies = [meaning for meaning in near if isinstance(meaning, Body)]
    if bodies and near[0] == bodies[0]:
        return command.which_body(
            name, bodies, lambda slug: command_of(command.verb, *subject.refs, slug), nearly=True
        )
    if near and all(ref.report is None for ref in subject.refs):
        return command.which_meaning(
            name, near, lambda option: command_of(command.verb, option, *subject.refs), nearly=True
        )
    return command.not_understood(What.LEFT_OVER, name, _smaller(command, rest, kinds))


def _no_such_name(
    command: CommandText, name: str, pieces: Sequence[Piece], kinds: tuple[type[Named], ...]
) -> Exception:
    near = command.names.near(name, kinds)
    if near:
        return command.which_meaning(name, near, lambda option: command_of(command.verb, option), nearly=True)
    unknown = [piece for piece in pieces if piece.kind is Kind.OTHER]
    word = name[unknown[0].start : unknown[-1].end] if unknown else name
    return command.not_understood(What.UNKNOWN_NAME, word, _smaller(command, name, kinds))


def _smaller(command: CommandText, rest: str, kinds: _Kinds = _EVERY_KIND) -> list[Choice]:
    """Return what was understood of a command that asks for more: its recommendations and its names, one by
    one."""
    pieces = pieces_of(rest, command.names)
    understood = takewhile(lambda piece: piece.kind is not Kind.OTHER, pieces)
    subject = subject_of(understood if pieces and pieces[0].kind is not Kind.OTHER else pieces)
    names = [
        unmistakable(meaning)
        for piece in subject.names
        for meaning in piece.meanings
        if isinstance(meaning, kinds)
    ]
    parts: tuple[str | Ref, ...] = (*subject.refs, *names)
    return [choice(command_of(command.verb, part)) for part in parts]
