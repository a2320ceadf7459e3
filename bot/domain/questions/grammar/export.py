"""`export 15 docx`, `export kent internal`, `export stalking as at 22 Nov 2024`: an account as a file."""

import dataclasses
from collections.abc import Iterable

from bot.domain.questions.account import Form, Format
from bot.domain.questions.grammar.as_at import without_as_at
from bot.domain.questions.grammar.command import CommandText, choice, command_of
from bot.domain.questions.grammar.lookups import read_status
from bot.domain.questions.grammar.problems import Choice, NotUnderstood, What, WhichBody, WhichMeaning
from bot.domain.questions.grammar.typed_commands import Export, Standing, Status
from bot.domain.questions.names import Body, ReportName
from bot.domain.values import replace

FORMATS = {**{format.value: format for format in Format}, "word": Format.DOCX, "excel": Format.XLSX}
# Kinds of file that people ask for and that an account cannot be.
_OTHER_FILES = frozenset(
    "pdf doc odt rtf txt html xls tsv xml yaml ppt pptx powerpoint".split()  # noqa: SIM905 - a list of words
) - set(FORMATS)
_FORMS = {form.value: form for form in Form}
_AROUND = ".,:;()"
# What needs approval counts only once it is approved.
_APPROVED = "approved"


def read_export(command: CommandText) -> Export:
    rest, then = without_as_at(command, command.rest)
    words = rest.split()
    own = [word for word in words if _own(word) in (*FORMATS, *_FORMS, _APPROVED)]
    formats = {FORMATS[_own(word)] for word in own if _own(word) in FORMATS}
    forms = {_FORMS[_own(word)] for word in own if _own(word) in _FORMS}
    subject = " ".join(word for word in words if word not in own)
    _must_be_a_format(command, words)
    if len(formats) > 1 or len(forms) > 1:
        choices = [choice(command_of("export", subject, _own(word))) for word in own]
        raise command.not_understood(What.LEFT_OVER, own[-1], choices)
    kind = " ".join([*map(_own, own), *([str(then)] if then else [])])
    request = Export(
        format=formats.pop() if formats else Format.DOCX,
        form=forms.pop() if forms else Form.PUBLISHED,
        as_at=then.day if then else None,
        known=bool(then and then.known),
        approved_only=_APPROVED in map(_own, own),
    )
    return _about(request, command, subject, kind) if subject else request


def _must_be_a_format(command: CommandText, words: Iterable[str]) -> None:
    """Raises NotUnderstood, with the formats that there are."""
    words = list(words)
    for word in words:
        if _own(word) in _OTHER_FILES:
            rest = " ".join(other for other in words if other != word and _own(other) not in FORMATS)
            raise command.not_understood(
                What.WHICH_FORMAT, word, [choice(command_of("export", rest, format)) for format in Format]
            )


def _about(request: Export, command: CommandText, subject: str, kind: str) -> Export:
    """Read what the file is about. `kind` is what was typed of the file, for the commands that are
    suggested."""
    try:
        lookup = read_status(replace(command, rest=subject))
    except NotUnderstood as problem:
        raise dataclasses.replace(problem, suggestions=_as(kind, problem.suggestions)) from None
    except (WhichBody, WhichMeaning) as problem:
        raise dataclasses.replace(problem, options=_as(kind, problem.options)) from None
    match lookup:
        case Status() if len(lookup.recommendations) == 1:
            return replace(request, subject=lookup.recommendations[0], body=lookup.body)
        case Status():
            body = lookup.body.slug if lookup.body else ""
            choices = [choice(command_of("export", ref, body, kind)) for ref in lookup.recommendations]
            raise command.not_understood(What.ONE_RECOMMENDATION, suggestions=choices)
        case Standing(subject=ReportName() as report):
            return replace(request, subject=report)
        case Standing(subject=Body() as body_named):
            return replace(request, body=body_named)
        case _:
            raise command.not_understood(What.LEFT_OVER, subject, [choice(command_of("export", kind))])


def _own(word: str) -> str:
    return word.casefold().strip(_AROUND)


def _as(kind: str, options: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(
        Choice(command_of(label, kind) if label == command else label, command_of(command, kind))
        for label, command in options
    )
