"""`rename kent to Mayor of Kent, type mayor, from 8 May 2028: source`: what a body is called, and is."""

import re
from collections.abc import Sequence

from bot.domain.free_text import checked
from bot.domain.questions.grammar.command import CommandText, choice, command_of
from bot.domain.questions.grammar.endings import ANYWAY, DAY, LONGEST_SOURCE, WITHDRAWN, named_in, without
from bot.domain.questions.grammar.problems import What
from bot.domain.questions.grammar.typed_commands import ShowBody
from bot.domain.questions.grammar.typed_recordings import ChangeBody
from bot.domain.questions.grammar.words import at_colon
from bot.domain.questions.written_dates import NotADate, day
from bot.domain.register.body_facts import BodyFact
from bot.domain.register.policing_body import BodyKind

_KIND = re.compile(r"\b(?:type|kind)\s+(" + "|".join(BodyKind) + r")\b", re.IGNORECASE)
_CODE = re.compile(r"\bcode\s+([A-Z]*\d[A-Z0-9]{1,19})\b", re.IGNORECASE)
_FROM = re.compile(rf"\bfrom\s+{DAY.pattern}", re.IGNORECASE)
_NAMES = re.compile(r"\b(short name|name|to)\b", re.IGNORECASE)
_AROUND = " ,;\"'“”‘’"


def read_rename(command: CommandText) -> ShowBody | ChangeBody:
    """Read what a body is to be called. Raises NotUnderstood with what is missing."""
    head, source = at_colon(command.rest)
    head, confirmed = without(ANYWAY, head)
    head, withdrawn = without(WITHDRAWN, head)
    head, written = without(_FROM, head)
    head, kind = without(_KIND, head)
    head, code = without(_CODE, head)
    of_whom, *names = _NAMES.split(head)
    body, refs = named_in(command, of_whom)
    if refs:
        raise command.not_understood(What.LEFT_OVER, str(refs[0]), [choice(f"bodies {body.slug}")])
    facts = _facts(names, kind, code)
    if "" in facts.values():
        raise command.not_understood(What.LEFT_OVER, names[-2], [choice(f"bodies {body.slug}")])
    if not facts and not withdrawn:
        if written or source or confirmed:
            raise command.not_understood(What.LEFT_OVER, command.rest, [choice(f"bodies {body.slug}")])
        return ShowBody(body)
    try:
        from_day = day(written[1], command.today, "future") if written else None
    except NotADate:
        raise command.not_understood(What.NOT_A_DATE, written[1] if written else "") from None
    return ChangeBody(
        body=body,
        facts=tuple(sorted(facts.items())),
        from_day=from_day,
        source=checked(source or "", "source")[:LONGEST_SOURCE],
        is_withdrawn=withdrawn is not None,
        confirmed=confirmed is not None,
    )


def _facts(
    names: Sequence[str], kind: re.Match[str] | None, code: re.Match[str] | None
) -> dict[BodyFact, str]:
    """Return what the body is to be called, and to be; `names` are each a word for what it is, and a name."""
    facts = {
        _FACT_OF[word.lower()]: name.strip(_AROUND)
        for word, name in zip(names[::2], names[1::2], strict=True)
    }
    if kind:
        facts[BodyFact.KIND] = kind[1].lower()
    if code:
        facts[BodyFact.CODE] = code[1].upper()
    return facts


def written_rename(command: ChangeBody) -> str:
    """Write the command as it is typed to confirm it."""
    return command_of(
        "rename",
        command.body.slug,
        *(f"{_WORD_OF[fact]} {value}" for fact, value in command.facts),
        f"from {command.from_day:%d.%m.%Y}" if command.from_day else "",
        "withdrawn" if command.is_withdrawn else "",
        "anyway",
        text=command.source,
    )


_WORD_OF = {
    BodyFact.NAME: "name",
    BodyFact.SHORT_NAME: "short name",
    BodyFact.KIND: "type",
    BodyFact.CODE: "code",
}
_FACT_OF = {word: fact for fact, word in _WORD_OF.items()} | {"to": BodyFact.NAME}
