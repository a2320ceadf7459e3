"""`grant @user kent` (`second`), `grant @sam @kim surrey, sussex`, `grant @user coordinator`,
`revoke @user kent`: who may record.

Each person must be one whom Slack resolved to an id, so these read Slack's own text, not the plain one."""

import re
from collections.abc import Iterable

from msgspec import Struct

from bot.domain.free_text import from_slack
from bot.domain.questions.grammar.command import CommandText, Subject, bodies_in, subject_of
from bot.domain.questions.grammar.problems import Choice, What, WhichBody
from bot.domain.questions.grammar.typed_commands import Mention
from bot.domain.questions.grammar.typed_recordings import Grant, Revoke
from bot.domain.questions.grammar.words import pieces_of, words_of
from bot.domain.questions.names import Body, Region
from bot.domain.register.people import CONTACT_KIND_WORDS, ContactKind, Role

MENTION = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|([^<>|]{0,200}))?>")
_COORDINATOR = ("coordinator", "co ordinator")
_KINDS = CONTACT_KIND_WORDS
_OWN_WORDS = (*_COORDINATOR, *_KINDS, "contact", "anyway", "as a", "a", "from")


# Slack is asked about each of them before the answer is due.
MOST_PEOPLE = 6


class _Rights(Struct, frozen=True):
    people: tuple[Mention, ...]
    role: Role
    bodies: tuple[Body, ...]
    kind: ContactKind | None
    anyway: bool


def read_grant(command: CommandText) -> Grant:
    rights = _read(command, several=True)
    if rights.anyway:
        raise command.not_understood(What.LEFT_OVER, "anyway")
    return Grant(rights.people, rights.role, rights.bodies, rights.kind)


def read_revoke(command: CommandText) -> Revoke:
    rights = _read(command, several=False)
    if rights.kind:
        raise command.not_understood(What.LEFT_OVER, rights.kind)
    (person,), body = rights.people, next(iter(rights.bodies), None)
    return Revoke(person, rights.role, body, rights.anyway)


def _read(command: CommandText, *, several: bool) -> _Rights:
    """Read whom and for which body; with `several`, any number of each."""
    people, written = _people(command, MOST_PEOPLE if several else 1)
    plain = from_slack(MENTION.sub(" ", command.raw))
    rest = plain[words_of(plain, 1)[0].end :].strip()
    subject = subject_of(pieces_of(rest, command.names, _OWN_WORDS))
    kinds = [_KINDS[word] for word in subject.own if word in _KINDS]
    written = " ".join((written, *kinds))
    if subject.refs:
        raise command.not_understood(What.LEFT_OVER, str(subject.refs[0]))
    bodies = _bodies(command, subject, rest, written)
    if len(bodies) > 1 and not several:
        options = _options(command, written, list(bodies))
        raise command.not_understood(What.ONE_BODY, suggestions=options)
    coordinator = any(word in _COORDINATOR for word in subject.own)
    if coordinator == bool(bodies) or any(not bodies_in(piece) for piece in subject.names):
        raise command.not_understood(What.WHICH_ROLE)
    if len(kinds) > (1 if bodies else 0):
        raise command.not_understood(What.WHICH_ROLE)
    return _Rights(
        people,
        Role.COORDINATOR if coordinator else Role.CONTACT,
        bodies,
        kind=kinds[0] if kinds else None,
        anyway="anyway" in subject.own,
    )


def _bodies(command: CommandText, subject: Subject, rest: str, written: str) -> tuple[Body, ...]:
    """Return the bodies that are named in `rest`; `written` is what stands before them in a suggestion.

    Raises WhichBody for what is several bodies or nearly one, NotUnderstood for a region and for what is no
    name."""
    bodies = tuple(dict.fromkeys(body for piece in subject.names for body in bodies_in(piece)))
    for piece in subject.names:
        if not bodies_in(piece) and isinstance(region := piece.meanings[0], Region):
            raise command.not_understood(What.ONE_BY_ONE, region.name)
    if subject.others:
        name = rest[subject.others[0].start : subject.others[-1].end]
        near = [meaning for meaning in command.names.near(name, (Body,)) if isinstance(meaning, Body)]
        if near:
            raise _which_body(command, " ".join((written, *_slugs(bodies))), name, near, nearly=True)
        raise command.not_understood(What.LEFT_OVER, name)
    for piece in subject.names:
        possible = bodies_in(piece)
        if len(possible) > 1:
            others = _slugs(body for body in bodies if body not in possible)
            name = rest[piece.start : piece.end]
            raise _which_body(command, " ".join((written, *others)), name, list(possible), nearly=False)
    return bodies


def _people(command: CommandText, most: int) -> tuple[tuple[Mention, ...], str]:
    """Return the people mentioned, each once, and their mentions as Slack wrote them."""
    mentions = {match[1]: match for match in MENTION.finditer(command.raw)}
    if not mentions:
        raise command.not_understood(What.WHICH_PERSON)
    if len(mentions) > most:
        raise command.not_understood(What.ONE_PERSON if most == 1 else What.TOO_MANY_PEOPLE)
    people = tuple(Mention(match[1], from_slack(match[2] or "")) for match in mentions.values())
    return people, " ".join(match[0] for match in mentions.values())


def _slugs(bodies: Iterable[Body]) -> list[str]:
    return [body.slug for body in bodies]


def _which_body(command: CommandText, written: str, name: str, bodies: list[Body], nearly: bool) -> WhichBody:
    return WhichBody(name, command.typed, command.row.usage, _options(command, written, bodies), nearly)


def _options(command: CommandText, written: str, bodies: list[Body]) -> tuple[Choice, ...]:
    return tuple(Choice(body.short_name, f"{command.verb} {written} {body.slug}") for body in bodies)
