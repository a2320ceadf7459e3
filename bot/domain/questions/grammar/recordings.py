"""Commands that record: `accept 15`, `decline 15 kent: why`, `progress 15 blocked: on what`, `note 15: text`.

A body is read only where nothing but the command's own words, recommendations and names stands before the
colon or the end; otherwise all that follows the recommendations is the text. Nothing is guessed: what is
nearly a name is asked."""

import re
from collections.abc import Iterable
from itertools import takewhile

from msgspec import Struct

from bot.domain.free_text import checked
from bot.domain.questions.grammar.certainty import doubts_in, is_a_text, says_only_yes
from bot.domain.questions.grammar.command import (
    CommandText,
    TakesText,
    bodies_in,
    choice,
    command_of,
    subject_of,
)
from bot.domain.questions.grammar.empty_texts import says_nothing, was_not_meant
from bot.domain.questions.grammar.other_places import other_place_in
from bot.domain.questions.grammar.problems import Choice, What
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import Note, Progress, Respond, Undo, UpdateForm
from bot.domain.questions.grammar.words import (
    FOR_WHOM,
    NO_VICTIM,
    Kind,
    Piece,
    at_colon,
    own_form,
    pieces_of,
    words_of,
)
from bot.domain.questions.names import Body, ReportName
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.state_words import STAGES
from bot.domain.values import replace

_BEFORE_TEXT = re.compile(r"[\s,;]*(?:[-–—]\s+)?")
# A misspelt name is a few words; more than that is a text.
_LONGEST_MISSPELT = 4


class RecordingCommand(Struct, frozen=True):
    """What a recording command says: `own` are the words of its own that stood before the text, and
    `no_victim` tells that "no victim" stood there: the writer confirms that none can be identified."""

    refs: tuple[Ref, ...]
    body: Body | None
    own: tuple[str, ...]
    text: str
    by_colon: bool
    no_victim: bool = False


def read_acceptance(command: CommandText) -> Respond:
    recording = read_recording(command, takes_text=False)
    if recording.text and not says_only_yes(recording.text):
        subject: tuple[str | Ref, ...] = (*recording.refs, _slug(recording.body))
        raise command.not_understood(
            What.NO_TEXT_TAKEN,
            recording.text,
            (
                choice(command_of(command.verb, *subject)),
                choice(command_of("partly", *subject, text=recording.text)),
            ),
        )
    # A text that says no more than "we agree" adds nothing to the answer.
    return _respond(command, Answer.ACCEPTED, replace(recording, text=""))


def read_partly(command: CommandText) -> Respond:
    recording = read_recording(command, ("accept", "accepted", "agree", "agreed"))
    return _respond(command, Answer.ACCEPTED_IN_PART, recording)


def read_decline(command: CommandText) -> Respond:
    recording = read_recording(command)
    return _respond(command, Answer.NOT_ACCEPTED, recording)


# "Progress in Essex" and "update from Essex" ask how it goes there.
_HOW_IT_GOES = re.compile(r"(?:in|at|of|on|from|across|with|by)\b(?! progress)", re.IGNORECASE)
_UPDATE_FROM = re.compile(r"(?:on|from|about)\b", re.IGNORECASE)


def read_progress(command: CommandText) -> Progress | UpdateForm:
    if not command.details.part and (form := _form_for_all(command, STAGES)):
        if form.stage is None and _HOW_IT_GOES.match(command.rest):
            raise command.not_understood(What.WHICH_RECOMMENDATION)
        return form
    return _progress(command, read_recording(command, STAGES))


def read_stage(command: CommandText) -> Progress:
    """Read a command whose verb is the stage itself: `complete 15`, `started 15: text`."""
    recording = read_recording(command, STAGES)
    stages = tuple(dict.fromkeys((command.verb, *recording.own)))
    return _progress(command, replace(recording, own=stages))


def read_note(command: CommandText) -> Note:
    recording = read_recording(command, single=True)
    return Note(
        recording.refs[0],
        recording.body,
        checked(recording.text, "note"),
        recording.no_victim,
        command.details.details,
    )


def read_update(command: CommandText) -> UpdateForm:
    if form := _form_for_all(command, ()):
        if _UPDATE_FROM.match(command.rest):
            raise command.not_understood(What.WHICH_RECOMMENDATION)
        return form
    recording = read_recording(command)
    return UpdateForm(recording.refs, recording.body, checked(recording.text, "note"))


def _form_for_all(command: CommandText, own_words: Iterable[str]) -> UpdateForm | None:
    """Return the form for all that is open where no recommendation is named: `update kent`, `progress in
    progress: two ISACs start`. It records nothing until it is sent.

    Returns None for what says anything else."""
    head, text = at_colon(command.rest)
    pieces = pieces_of(head, command.names, own_words)
    subject = subject_of(pieces)
    bodies = [body for piece in subject.names for body in bodies_in(piece)]
    stages = {STAGES[word] for word in subject.own}
    if subject.refs or len(bodies) > 1 or len(stages) > 1 or not all(map(_is_filling, pieces)):
        return None
    return UpdateForm(
        (), bodies[0] if bodies else None, checked(text or "", "note"), stages.pop() if stages else None
    )


def _is_filling(piece: Piece) -> bool:
    """Return whether a piece says nothing that the form would not take up."""
    if piece.kind is Kind.NAME:
        return bool(bodies_in(piece))
    return piece.kind in (Kind.OWN, Kind.FILLER)


def read_undo(command: CommandText) -> Undo:
    if command.rest:
        raise command.not_understood(What.LEFT_OVER, command.rest, (choice("history"), choice("help undo")))
    return Undo()


def _respond(command: CommandText, answer: Answer, recording: RecordingCommand) -> Respond:
    return Respond(
        answer,
        recording.refs,
        recording.body,
        checked(recording.text, "reason"),
        recording.no_victim,
        command.details.details,
    )


def _progress(command: CommandText, recording: RecordingCommand) -> Progress:
    stages = {STAGES[word] for word in recording.own}
    subject: tuple[str | Ref, ...] = (*recording.refs, _slug(recording.body))
    if len(stages) != 1:
        raise command.not_understood(
            What.WHICH_STAGE, " ".join(recording.own), _stages_offered(recording, stages, subject)
        )
    stage = stages.pop()
    if stage.is_done and recording.text and not recording.by_colon:
        # "complete 15 but for Medway" may mean the opposite of complete.
        raise command.not_understood(
            What.COLON_MISSING,
            recording.text,
            (
                choice(command_of(stage, *subject, text=recording.text)),
                choice(command_of("progress", *subject, Stage.IN_PROGRESS, text=recording.text)),
            ),
        )
    part = command.details.part
    if part and len(recording.refs) > 1:
        commands = (
            choice(command_of("progress", ref, _slug(recording.body), stage, text=recording.text))
            for ref in recording.refs
        )
        raise command.not_understood(What.ONE_RECOMMENDATION, suggestions=commands)
    text, details = checked(recording.text, "text"), command.details.details
    return Progress(stage, recording.refs, recording.body, text, recording.no_victim, details, part=part)


def _stages_offered(
    recording: RecordingCommand, stages: set[Stage], subject: tuple[str | Ref, ...]
) -> list[Choice]:
    """Return commands with one stage each; the form and a lookup where the words may say another."""
    stage_said, text = (None, recording.text) if stages else _stage_in_text(recording.text)
    if Stage.NOT_STARTED in stages or not _is_plain(stage_said, text, recording.text):
        form = command_of("update", recording.refs[0], _slug(recording.body), text=recording.text)
        return [choice(form), *(choice(command_of(ref, _slug(recording.body))) for ref in recording.refs)]
    offered_stages = (stage_said,) if stage_said else sorted(stages) or (Stage.IN_PROGRESS, Stage.COMPLETE)
    return [choice(command_of("progress", *subject, stage, text=text)) for stage in offered_stages]


def _is_plain(stage: Stage | None, text: str, whole: str) -> bool:
    """Return whether nothing in a text may change the stage that it begins with, or is asked for."""
    if stage is None or stage.is_done:
        return not doubts_in(whole)
    return not doubts_in(text) or is_a_text(text, fewest=1)


def _stage_in_text(text: str) -> tuple[Stage | None, str]:
    """Return the stage in `progress 15: blocked, no funding`, where it stands on the wrong side of the colon,
    and the text without it."""
    words = words_of(text, 2)
    for taken in range(len(words), 0, -1):
        if stage := STAGES.get(own_form(words[:taken])):
            return stage, text[words[taken - 1].end :].lstrip(" ,;:.-–—\n")
    return None, text


def read_recording(
    command: CommandText, own_words: Iterable[str] = (), single: bool = False, takes_text: bool = True
) -> RecordingCommand:
    """Read who is meant and what is said; with `single`, about one recommendation alone.

    A text that says nothing, and a place that is no body's, are asked about."""
    recording = _read_recording(command, own_words, single, takes_text)
    if command.row.opens_form or not recording.text:
        return recording
    without_text = command_of(command.verb, *recording.refs, _slug(recording.body), *recording.own)
    if was_not_meant(recording.text):
        raise command.not_understood(What.NOT_MEANT, recording.text, map(choice, map(str, recording.refs)))
    # Signs alone are a note that somebody may have wanted.
    is_a_note_in_signs = command.row.name == "note" and not any(map(str.isalnum, recording.text))
    if says_nothing(recording.text) and not is_a_note_in_signs:
        raise command.not_understood(What.SAYS_NOTHING, recording.text, (choice(without_text),))
    if place := _other_place(command, recording):
        lookups = [choice(str(ref)) for ref in recording.refs]
        raise command.not_understood(What.OTHER_PLACE, place, lookups)
    return recording


def _other_place(command: CommandText, recording: RecordingCommand) -> str:
    """Return the words that stand where a body does and are none: a town, or a few before the colon.

    After the colon a town is no text of an answer, or of what is complete; something can be blocked by one.
    A note may say anything."""
    if command.row.text is TakesText.ANYHOW:
        return ""
    is_done_or_answered = command.row.name in ("decline", "partly", "accept", "complete")
    may_be_for_it = not recording.by_colon or is_done_or_answered
    if may_be_for_it and (place := other_place_in(recording.text)):
        return place
    _, text = at_colon(command.rest)
    if recording.by_colon or text is None:
        return ""
    words = recording.text.partition(":")[0].strip()
    return other_place_in(words) or (words if _IS_FOR_SOMEBODY.match(words) else "")


# "Decline 15 for Midsomer: no money"
_IS_FOR_SOMEBODY = re.compile(r"(?:for|on behalf of) (?:the )?[\w'’-]+(?: [\w'’-]+)?$", re.IGNORECASE)


def _read_recording(
    command: CommandText, own_words: Iterable[str], single: bool, takes_text: bool
) -> RecordingCommand:
    head, text = at_colon(command.rest)
    by_colon, tail = text is not None, text or ""
    confirmed = NO_VICTIM.search(head) if by_colon else None
    head = head[: confirmed.start()] if confirmed else head
    pieces = pieces_of(head, command.names, own_words)
    if all(_is_recognised(piece) for piece in pieces):
        recording = _named(command, pieces, tail, single, by_colon)
        return replace(recording, no_victim=confirmed is not None)
    _refuse_misspelt(command, head, pieces, tail, takes_text)
    if command.details.are_there:
        # What stands beside details may be their own words or the beginning of a text.
        colon_choices = _with_colon(command, pieces)
        raise command.not_understood(What.COLON_MISSING, suggestions=colon_choices)
    return _unnamed(command, pieces, single)


def _is_recognised(piece: Piece) -> bool:
    """Whether a piece says what is recorded, or for whom. A region does not: nothing can be recorded for
    one."""
    if piece.kind is Kind.NAME:
        return any(isinstance(meaning, (Body, ReportName)) for meaning in piece.meanings)
    return piece.kind is not Kind.OTHER


def _named(
    command: CommandText, pieces: tuple[Piece, ...], text: str, single: bool, by_colon: bool
) -> RecordingCommand:
    """Read a command in which nothing stands before the colon or the end but what can be read."""
    subject = subject_of(pieces)
    if not subject.refs:
        raise command.not_understood(What.WHICH_RECOMMENDATION)
    verb_and_refs: tuple[str | Ref, ...] = (command.verb, *subject.refs)
    if single and len(subject.refs) > 1:
        raise command.not_understood(
            What.ONE_RECOMMENDATION,
            suggestions=[choice(command_of(command.verb, ref, text=text)) for ref in subject.refs],
        )
    bodies: list[Body] = []
    for piece in subject.names:
        possible = bodies_in(piece)
        if len(possible) > 1:
            raise command.which_body(
                command.rest[piece.start : piece.end],
                possible,
                lambda slug: command_of(*verb_and_refs, slug, *subject.own, text=text),
                nearly=False,
            )
        bodies += [body for body in possible if body not in bodies]
    if len(bodies) > 1:
        raise command.not_understood(
            What.ONE_BODY,
            suggestions=[
                choice(command_of(*verb_and_refs, body.slug, *subject.own, text=text)) for body in bodies
            ],
        )
    return RecordingCommand(subject.refs, bodies[0] if bodies else None, subject.own, text, by_colon)


def _unnamed(command: CommandText, pieces: tuple[Piece, ...], single: bool) -> RecordingCommand:
    """Read a command in which other words stand there: all that follows the recommendations and own words is
    the text."""
    before = _before_text(pieces, single)
    subject = subject_of(before)
    text = _text_after(command.rest, before)
    if not subject.refs:
        raise command.not_understood(What.WHICH_RECOMMENDATION, suggestions=_with_colon(command, pieces))
    if name := _may_be_for_a_body(command, pieces, before, is_note=single):
        # "decline 15 for Surrey, Bob is away": is it Surrey's answer, or does the reason begin with its name?
        says_why = _text_after(command.rest, [name]).lstrip(": ")
        raise command.not_understood(
            What.COLON_MISSING,
            text,
            (
                *(
                    choice(command_of(command.verb, *subject.refs, body.slug, *subject.own, text=says_why))
                    for body in bodies_in(name)
                ),
                choice(command_of(command.verb, *subject.refs, *subject.own, text=text)),
            ),
        )
    if len(subject.refs) > 1:
        # "decline 15 16 of our teams …": is 16 a recommendation, or does the reason begin with it?
        first, *others = subject.refs
        raise command.not_understood(
            What.COLON_MISSING,
            text,
            (
                choice(command_of(command.verb, *subject.refs, *subject.own, text=text)),
                choice(
                    command_of(command.verb, first, text=" ".join([*(ref.number for ref in others), text]))
                ),
            ),
        )
    return RecordingCommand(subject.refs, None, subject.own, text, by_colon=False)


_PARTED = re.compile(r"\s*(?:[,;.]|[-–—]\s)")
# "Note 15 from Essex: …" may be for Essex, or begin with its name; only a colon at once after it says either.
_LEADS_TO_A_BODY = re.compile(
    r"\W*(?:from|re|regarding|about|by|per|via|at|obo|o/b/o)\s+(?:the )?", re.IGNORECASE
)
_AT_COLON = re.compile(r"\s*:")
_POSSESSIVE = re.compile(r"(.+)['’]s?")


def _may_be_for_a_body(
    command: CommandText, pieces: tuple[Piece, ...], before: list[Piece], *, is_note: bool
) -> Piece | None:
    """Return the name that a text begins with and that may say for which body it is: "15 for Surrey, Bob is
    away".

    A note begins with any words, and names a body so only after "for", or where a comma parts its name."""
    if not command.row.takes_details or STAGES.get(command.verb) is Stage.COMPLETE:
        # What a body calls complete is asked about with any text.
        return None
    named = next((piece for piece in pieces[len(before) :] if bodies_in(piece)), None)
    lead = command.rest[before[-1].end : named.start] if named else ""
    if named and _LEADS_TO_A_BODY.fullmatch(lead) and _AT_COLON.match(command.rest, named.end):
        return named
    after = (piece for piece in pieces[len(before) :] if piece.kind is not Kind.FILLER)
    first = next(after, None)
    if first is None:
        return None
    if match := _POSSESSIVE.fullmatch(command.rest, first.start, first.end):
        # "decline 16 Surrey's decision"
        first = replace(first, kind=Kind.NAME, meanings=command.names.exact(match[1]))
    if first.kind is not Kind.NAME or not bodies_in(first):
        return None
    lead = command.rest[before[-1].end : first.start]
    if FOR_WHOM.fullmatch(lead):
        return first
    if lead.strip(" ,;-–—"):
        return None
    return first if not is_note or _PARTED.match(command.rest, first.end) else None


def _before_text(pieces: tuple[Piece, ...], single: bool) -> list[Piece]:
    """Return the recommendations and own words at the beginning, without a joining word after the last of
    them."""
    before = list(takewhile(lambda piece: piece.kind in (Kind.REF, Kind.OWN, Kind.FILLER), pieces))
    if single:
        refs = [place for place, piece in enumerate(before) if piece.kind is Kind.REF]
        before = before[: refs[0] + 1] if refs else before
    while before and before[-1].kind is Kind.FILLER:
        before.pop()
    return before


def _text_after(rest: str, before: list[Piece]) -> str:
    end = before[-1].end if before else 0
    start = _BEFORE_TEXT.match(rest, end)
    return rest[start.end() if start else end :].strip()


def _with_colon(command: CommandText, pieces: tuple[Piece, ...]) -> list[Choice]:
    """Return `note kent 15 met them` with the colon that may have been meant: `note kent 15: met them`."""
    before = list(takewhile(_is_recognised, pieces))
    while before and before[-1].kind not in (Kind.REF, Kind.OWN):
        before.pop()
    if not subject_of(before).refs:
        return []
    head = command.rest[: before[-1].end]
    return [choice(command_of(command.verb, head, text=_text_after(command.rest, before)))]


def _refuse_misspelt(
    command: CommandText, head: str, pieces: tuple[Piece, ...], tail: str, takes_text: bool
) -> None:
    """Refuse words that are not understood and are nearly a name. Raises WhichBody, WhichMeaning."""
    subject = subject_of(pieces)
    name = _misspelt(head, pieces)
    if not subject.refs or not name:
        return
    near = command.names.near(name, (Body, ReportName))
    if near and isinstance(near[0], Body):
        raise command.which_body(
            name,
            [meaning for meaning in near if isinstance(meaning, Body)],
            lambda slug: command_of(command.verb, *subject.refs, slug, *subject.own, text=tail),
            nearly=True,
            as_text=_as_text(command, pieces) if takes_text else "",
        )
    if near and all(ref.report is None for ref in subject.refs):
        bodies = (body.slug for piece in subject.names for body in bodies_in(piece))
        raise command.which_meaning(
            name,
            near,
            lambda option: command_of(command.verb, option, *subject.refs, *bodies, *subject.own, text=tail),
            nearly=True,
        )


def _misspelt(head: str, pieces: tuple[Piece, ...]) -> str:
    """Return the words that are not understood, if they stand together and are few enough for a name."""
    unknown = [place for place, piece in enumerate(pieces) if not _is_recognised(piece)]
    together = pieces[unknown[0] : unknown[-1] + 1]
    if len(together) > _LONGEST_MISSPELT or any(
        _is_recognised(piece) and piece.kind is not Kind.FILLER for piece in together
    ):
        return ""
    name = head[together[0].start : together[-1].end]
    # "hasn't" is near "Hants", but nobody who negates misspells a body.
    return "" if doubts_in(name) or was_not_meant(name) else name


def _as_text(command: CommandText, pieces: tuple[Piece, ...]) -> str:
    """Return the command in which the words are text after all: a colon follows the recommendations at
    once."""
    before = _before_text(pieces, single=False)
    subject = subject_of(before)
    if not subject.refs:
        return ""
    return command_of(command.verb, *subject.refs, *subject.own, text=_text_after(command.rest, before))


def _slug(body: Body | None) -> str:
    return body.slug if body else ""
