"""`bodies`, and `ending norfolk 30 Apr 2027 to suffolk, decided: source`: the ends of bodies."""

import re

from bot.domain.free_text import checked
from bot.domain.questions.grammar.command import CommandText, bodies_in, choice, command_of, subject_of
from bot.domain.questions.grammar.problems import What
from bot.domain.questions.grammar.typed_commands import ListEndings, Ref, ShowBody
from bot.domain.questions.grammar.typed_recordings import ChangeEnding
from bot.domain.questions.grammar.words import at_colon, pieces_of
from bot.domain.questions.names import Body
from bot.domain.questions.written_dates import NotADate, day
from bot.domain.register.policing_body import Sureness

DAY = re.compile(
    r"\b(?:on\s+)?(\d{1,2}\s+[a-z]{3,9}\.?\s+\d{4}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d{2}-\d{2})\b",
    re.IGNORECASE,
)
_SURE = re.compile(r"\b(" + "|".join(Sureness) + r")\b", re.IGNORECASE)
ANYWAY = re.compile(r"\banyway\b", re.IGNORECASE)
WITHDRAWN = re.compile(r"\b(?:withdrawn|withdraw|continues|goes on)\b", re.IGNORECASE)
_CONTACTS = re.compile(r"\bcontacts\s+(pass|stay)\b", re.IGNORECASE)
_TO = re.compile(r"\s+to\s+", re.IGNORECASE)
LONGEST_SOURCE = 500


def read_bodies(command: CommandText) -> ListEndings | ShowBody:
    if not command.rest:
        return ListEndings()
    body, refs = named_in(command, command.rest)
    if refs:
        raise command.not_understood(What.LEFT_OVER, command.rest, [choice("bodies")])
    return ShowBody(body)


def read_ending(command: CommandText) -> ChangeEnding:
    """Read how a body is to end. Raises NotUnderstood with what is missing."""
    head, source = at_colon(command.rest)
    head, confirmed = without(ANYWAY, head)
    head, sure = without(_SURE, head)
    head, withdrawn = without(WITHDRAWN, head)
    head, contacts = without(_CONTACTS, head)
    head, written = without(DAY, head)
    from_whom, *to_whom = _TO.split(head, maxsplit=1)
    body, refs = named_in(command, from_whom)
    heir = named_in(command, to_whom[0])[0] if to_whom else None
    if not (withdrawn or contacts or heir or written or sure):
        raise command.not_understood(What.WHICH_DATE, suggestions=[choice("bodies")])
    try:
        last_day = day(written[1], command.today, "future") if written else None
    except NotADate:
        raise command.not_understood(What.NOT_A_DATE, written[1] if written else "") from None
    return ChangeEnding(
        body=body,
        last_day=last_day,
        heir=heir,
        sureness=Sureness(sure[1].lower()) if sure else None,
        source=checked(source or "", "source")[:LONGEST_SOURCE],
        refs=refs,
        is_withdrawn=withdrawn is not None,
        contacts_pass=contacts[1].lower() == "pass" if contacts else None,
        confirmed=confirmed is not None,
    )


def written_ending(command: ChangeEnding) -> str:
    """Write the command as it is typed to confirm it."""
    return command_of(
        "ending",
        command.body.slug,
        *map(str, command.refs),
        f"{command.last_day:%d.%m.%Y}" if command.last_day else "",
        *(("to", command.heir.slug) if command.heir else ()),
        command.sureness.value if command.sureness else "",
        "withdrawn" if command.is_withdrawn else "",
        "" if command.contacts_pass is None else f"contacts {'pass' if command.contacts_pass else 'stay'}",
        "anyway",
        text=command.source,
    )


def without(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """Return the text without the first words that the pattern finds, and these."""
    match = pattern.search(text)
    if match is None:
        return text, None
    return f"{text[: match.start()]} {text[match.end() :]}".strip(" ,;"), match


def named_in(command: CommandText, text: str) -> tuple[Body, tuple[Ref, ...]]:
    """Return the only body that is named, and the recommendations beside it. Raises NotUnderstood."""
    subject = subject_of(pieces_of(text.strip(" ,;"), command.names))
    bodies = tuple(dict.fromkeys(body for piece in subject.names for body in bodies_in(piece)))
    if len(bodies) != 1 or subject.others:
        near = bodies or [name for name in command.names.near(text, (Body,)) if isinstance(name, Body)]
        options = [choice(f"contacts {body.slug}") for body in near[:3]]
        raise command.not_understood(What.LEFT_OVER, text.strip() or "nobody", options)
    return bodies[0], subject.refs
