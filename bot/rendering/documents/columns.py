"""The columns of the account, the same in every format: `docs/export-format.md` says what each holds.

Their names and their order are kept: people build on them."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Generic, TypeVar

from msgspec import Struct

from bot.domain.questions.account import Account, Chapter, Entry
from bot.domain.register.addressee import ANSWERS_IN_ORDER, Addressee, Answer, Duty, Stage
from bot.domain.register.approval import Approval
from bot.domain.register.details import follows, seen_on
from bot.domain.register.part_states import states_of
from bot.domain.register.published_response import Step, comments_by
from bot.domain.register.update import Update
from bot.rendering import wordings
from bot.rendering.blocks.questions.updates import what_changed
from bot.rendering.documents.sentences import form, of_party, predecessors

Value = str | int | date | datetime | None
Row = TypeVar("Row")


class Column(Struct, Generic[Row], frozen=True):
    """`name` is as in CSV and JSON, `width` in characters as a sheet shows it."""

    name: str
    value: Callable[[Account, Row], Value]
    width: int = 14

    @property
    def heading(self) -> str:
        """As a person reads it: "body_code" is "Body code"."""
        return self.name.replace("_", " ").capitalize()


class ExportedUpdate(Struct, frozen=True):
    """An update of an entry."""

    entry: Entry
    update: Update


def _words(update: Update | None) -> str:
    return printable(update.draft.text) if update else ""


def part_states(addressee: Addressee) -> str:
    """Write the states of parts as imports read them: a: complete; b: in progress."""
    return "; ".join(f"{label}: {stage}" for label, stage in states_of(addressee).items())


def _evidence(entry: Entry) -> str:
    standing = [update for update in (entry.response, entry.progress) if update]
    links = {update.seq: update.draft.evidence_url for update in standing}
    for update in entry.updates:
        # A link that stands in place of a dead one is given behind it.
        if follows(update) in links and not update.undone:
            links[update.seq] = update.draft.evidence_url
    texts = links.values()
    return printable(" ".join(dict.fromkeys(url for url in texts if url)))


def _approval(approval: Approval | None) -> str:
    return approval.state.value if approval else ""


def _seen_on(update: Update) -> date | None:
    return seen_on(update) if update.draft.evidence_url else None


REGISTER: tuple[Column[Entry], ...] = (
    Column("form", lambda account, _: form(account), 12),
    Column("as_at", lambda account, _: account.day, 12),
    Column("report", lambda _, entry: entry.recommendation.report.key),
    Column("recommendation", lambda _, entry: entry.recommendation.number, 17),
    Column("recommendation_status", lambda _, entry: entry.recommendation.status.value, 17),
    Column("body_code", lambda _, entry: entry.body.code, 12),
    Column("body", lambda _, entry: entry.body.short_name, 18),
    Column("body_name", lambda _, entry: entry.body.name, 26),
    Column("region", lambda _, entry: entry.body.region, 18),
    Column("country", lambda _, entry: entry.body.country, 10),
    Column("response", lambda _, entry: entry.addressee.answer.value, 16),
    Column("response_on", lambda _, entry: entry.response_on, 13),
    Column("response_text", lambda _, entry: _words(entry.response), 36),
    Column("progress", lambda _, entry: entry.addressee.stage.value),
    Column("progress_on", lambda _, entry: entry.progress_on, 13),
    Column("progress_text", lambda _, entry: _words(entry.progress), 36),
    Column("parts_addressed", lambda _, entry: " ".join(entry.addressee.parts_addressed)),
    Column("respond_by", lambda _, entry: entry.addressee.respond_by, 13),
    Column("due_on", lambda _, entry: entry.addressee.due_on, 13),
    Column("due_on_stated", lambda _, entry: entry.recommendation.due_on, 13),
    Column("response_overdue_days", lambda _, entry: entry.overdue_by(Duty.RESPONSE), 12),
    Column("action_overdue_days", lambda _, entry: entry.overdue_by(Duty.ACTION), 12),
    Column("evidence", lambda _, entry: _evidence(entry), 30),
    Column("moved_on", lambda _, entry: entry.addressee.moved_on, 13),
    Column("update_count", lambda _, entry: len(entry.updates), 9),
    Column("body_last_day", lambda _, entry: entry.body.last_day, 13),
    Column("successor", lambda _, entry: entry.successor_name, 20),
    Column("expected_on", lambda _, entry: entry.addressee.expected_on, 13),
    Column("expectation_moves", lambda _, entry: entry.addressee.expectation_moves, 12),
    Column("extensions", lambda _, entry: entry.addressee.slips, 11),
    Column("extension_days", lambda _, entry: entry.addressee.slip_days, 11),
    Column("closed_on", lambda _, entry: entry.addressee.closed_on, 13),
    Column("closing_level", lambda _, entry: entry.addressee.closing_level, 10),
    Column("closing_source", lambda _, entry: _words(entry.closing), 30),
    Column("predecessors", lambda _, entry: printable(predecessors(entry)), 40),
    Column("response_approval", lambda _, entry: _approval(entry.approvals.answer), 13),
    Column("progress_approval", lambda _, entry: _approval(entry.approvals.completion), 13),
    Column("short_form", lambda _, entry: printable(entry.recommendation.short_form), 26),
    Column("themes", lambda _, entry: " ".join(entry.recommendation.themes), 18),
    Column("priority", lambda _, entry: "yes" if entry.recommendation.priority else "", 10),
    Column("part_states", lambda _, entry: part_states(entry.addressee), 24),
    Column("body_type", lambda _, entry: entry.body.kind, 14),
    Column("official_code", lambda _, entry: entry.body.shown_code, 13),
)


def _published(step: Step) -> Callable[[Account, Entry], Update | None]:
    def update(account: Account, entry: Entry) -> Update | None:
        published_response = account.published_response(entry)
        return published_response.steps.get(step) if published_response else None

    return update


_invited, _responded, _copied = map(_published, Step)


def _publish_by(account: Account, entry: Entry) -> date | None:
    published_response = account.published_response(entry)
    return published_response.publish_by if published_response else None


def _day_of(update: Update | None) -> date | None:
    return update.draft.stands_from if update else None


def _invited_by(account: Account, entry: Entry) -> date | None:
    invited = _invited(account, entry)
    return comments_by(invited) if invited else None


def _published_at(account: Account, entry: Entry) -> str:
    responded = _responded(account, entry)
    return printable(responded.draft.evidence_url) if responded else ""


# Behind the others where a report of the account asks for published responses; else nobody has them.
PUBLICATION: tuple[Column[Entry], ...] = (
    Column("publish_by", _publish_by, 13),
    Column("comments_invited_by", _invited_by, 13),
    Column("published_on", lambda account, entry: _day_of(_responded(account, entry)), 13),
    Column("published_at", _published_at, 30),
    Column("copied_on", lambda account, entry: _day_of(_copied(account, entry)), 13),
    Column("copied_to", lambda account, entry: _words(_copied(account, entry)), 30),
)


def register_columns(account: Account) -> tuple[Column[Entry], ...]:
    """Return the columns of an account's rows."""
    return (*REGISTER, *PUBLICATION) if account.published_responses else REGISTER


UPDATES: tuple[Column[ExportedUpdate], ...] = (
    Column("form", lambda account, _: form(account), 12),
    Column("update", lambda _, exported: exported.update.seq, 9),
    Column("report", lambda _, exported: exported.entry.recommendation.report.key),
    Column("recommendation", lambda _, exported: exported.entry.recommendation.number, 17),
    Column("body_code", lambda _, exported: exported.entry.body.code, 12),
    Column("body", lambda _, exported: exported.entry.body.short_name, 18),
    Column("kind", lambda _, exported: exported.update.draft.kind.value, 16),
    Column("change", lambda _, exported: printable(what_changed(exported.update)), 28),
    Column("stands_from", lambda _, exported: exported.update.draft.stands_from, 13),
    Column("recorded_at", lambda _, exported: exported.update.recorded_at, 18),
    Column("text", lambda _, exported: _words(exported.update), 50),
    Column("text_status", lambda _, exported: text_status(exported.update), 20),
    Column("evidence", lambda _, exported: printable(exported.update.draft.evidence_url), 30),
    Column("decided_by", lambda _, exported: printable(exported.update.draft.decided_by), 24),
    Column("source", lambda _, exported: printable(exported.update.draft.source), 24),
    Column("recorded_by", lambda _, exported: printable(exported.update.author_name), 20),
    Column("on_behalf", lambda _, exported: "yes" if exported.update.draft.on_behalf else "", 10),
    Column("taken_back", lambda _, exported: "yes" if exported.update.undone else "", 10),
    Column("about_update", lambda _, exported: exported.update.draft.about_seq, 9),
    Column("evidence_title", lambda _, exported: printable(exported.update.draft.evidence_title), 30),
    Column("evidence_seen_on", lambda _, exported: _seen_on(exported.update), 13),
    Column("evidence_follows", lambda _, exported: follows(exported.update), 9),
)


def _answers(answer: Answer) -> Callable[[Account, Chapter], Value]:
    return lambda _, chapter: chapter.tally.answers.get(answer, 0)


def _stages(stage: Stage) -> Callable[[Account, Chapter], Value]:
    return lambda _, chapter: chapter.tally.stages.get(stage, 0)


def _late(duty: Duty) -> Callable[[Account, Chapter], Value]:
    return lambda account, chapter: sum(
        addressee.is_overdue(duty, account.day) for addressee in chapter.addressees
    )


def _name(state: Answer | Stage) -> str:
    return state.value.replace(" ", "_")


SUMMARY: tuple[Column[Chapter], ...] = (
    Column("form", lambda account, _: form(account), 12),
    Column("as_at", lambda account, _: account.day, 12),
    Column("report", lambda _, chapter: chapter.recommendation.report.key),
    Column("recommendation", lambda _, chapter: chapter.recommendation.number, 17),
    Column("recommendation_status", lambda _, chapter: chapter.recommendation.status.value, 17),
    Column("kind", lambda _, chapter: chapter.recommendation.kind.value),
    Column("wording", lambda _, chapter: printable(chapter.recommendation.wording), 44),
    Column("respond_by", lambda _, chapter: chapter.recommendation.respond_by, 13),
    Column("due_on", lambda _, chapter: chapter.recommendation.due_on, 13),
    Column("addressed", lambda _, chapter: chapter.tally.addressed, 10),
    *(Column(_name(answer), _answers(answer), 10) for answer in ANSWERS_IN_ORDER),
    *(Column(_name(stage), _stages(stage), 10) for stage in Stage if stage is not Stage.CLOSED),
    Column("response_overdue", _late(Duty.RESPONSE), 10),
    Column("action_overdue", _late(Duty.ACTION), 10),
    Column("derived_from", lambda _, chapter: " ".join(chapter.recommendation.derived_from)),
    Column("answers_in", lambda _, chapter: sum(source.tally.responded for source in chapter.sources), 10),
    Column(
        "answers_expected", lambda _, chapter: sum(source.tally.addressed for source in chapter.sources), 10
    ),
    Column("short_form", lambda _, chapter: printable(chapter.recommendation.short_form), 26),
    Column("words_of", lambda _, chapter: wordings.words_of(chapter.recommendation), 14),
    Column("quoted_from", lambda _, chapter: printable(chapter.recommendation.quoted_from), 24),
    Column("joint_with", lambda _, chapter: printable(chapter.recommendation.joint_with), 18),
    Column(
        "also_addressed_to",
        lambda _, chapter: printable("; ".join(chapter.recommendation.others_addressed)),
        24,
    ),
    # Names and their order are kept, so what came later stands here.
    Column(_name(Stage.CLOSED), _stages(Stage.CLOSED), 10),
    Column("others_reported", lambda _, chapter: printable("\n".join(map(of_party, chapter.parties))), 40),
    Column("themes", lambda _, chapter: " ".join(chapter.recommendation.themes), 18),
    Column("priority", lambda _, chapter: "yes" if chapter.recommendation.priority else "", 10),
)


def row(columns: tuple[Column[Row], ...], account: Account, entry: Row) -> Iterator[Value]:
    return (column.value(account, entry) for column in columns)


def text_status(update: Update) -> str:
    if update.words_erased:
        return "erased"
    if update.withheld:
        return "not to be quoted"
    if not update.draft.text:
        return ""
    return "may be quoted" if update.quotable and not update.undone else "not to be quoted"


# What XML 1.0, and so both kinds of office file, cannot hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
