"""How a body or a region stands across the live recommendations."""

from collections.abc import Iterable, Sequence

from bot.domain.questions.answers import BodyCounts, BodyOverview, RegionOverview, StandingRow
from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body, Region
from bot.domain.questions.pages import Page
from bot.domain.register.addressee import Addressee
from bot.domain.register.due import due_of, nearest_of
from bot.domain.register.people import Actor, Request
from bot.operations.register.lineage import reads_for
from bot.operations.register.now import RegisterNow
from bot.operations.register.register import Register
from bot.operations.register.scope import LookupScope
from bot.operations.register.subjects import answerable
from bot.operations.request import actors
from storage.store import Store

PAGE = 15


def body(store: Store, request: Request, body: Body, page: int) -> BodyOverview:
    """Return a body's addressees: what is owed first, by its deadline, then what is done. Raises
    CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        return body_in(RegisterNow(connection, request.today), actor, body, page)


def chosen(store: Store, request: Request, refs: Sequence[Ref], body: Body, page: int) -> BodyOverview:
    """Return several recommendations with one body.

    Raises NotAddressed, NotRecordable, UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        return chosen_in(RegisterNow(connection, request.today), actor, refs, body, page)


def region(store: Store, request: Request, region: Region, page: int) -> RegionOverview:
    """Return how a region stands, recommendation by recommendation, as a report has them. Raises
    CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        return region_in(RegisterNow(connection, request.today), region, page)


def body_in(register: Register, reader: Actor, body: Body, page: int) -> BodyOverview:
    """Return how a body stands. Raises NoSuchBodyThen in the past."""
    register.must_have_body(body)
    codes = (body.code,)
    sums = register.sums(codes)
    if not sums.addressed and (left := register.left_by(body)):
        return _left(register, reader, body, left, page)
    current_page = Page.at(page, sums.addressed, PAGE)
    page_rows = register.page_of_bodies(codes, limit=PAGE, offset=current_page.first)
    return BodyOverview(
        body_name=register.name_of(body),
        rows=standings(register, page_rows, reader),
        sums=sums,
        next_due=register.next_due(LookupScope(codes=codes)),
        today=register.day,
        typed=unmistakable(body),
        page=current_page,
        published_responses=register.published_responses(codes) if current_page.number == 1 else (),
    )


def _left(
    register: Register, reader: Actor, body: Body, rows: Sequence[Addressee], page: int
) -> BodyOverview:
    """Return what a body had said of everything when it ended, and who stands in its place."""
    current_page = Page.at(page, len(rows), PAGE)
    page_rows = current_page.of(rows)
    stated = register.recommendations([row.recommendation_id for row in page_rows])
    endings = [register.ending(row, stated[row.recommendation_id]) for row in page_rows]
    heirs = dict.fromkeys(ending.heir_name for ending in endings if ending)
    ending = next(filter(None, endings), None)
    # What was divided is read by whoever records for the heir of each piece, one by one.
    if ending and len(heirs) == 1:
        reader = reads_for(reader, ending.heir_code, [body.code])
    return BodyOverview(
        body_name=register.name_of(body),
        rows=standings(register, page_rows, reader),
        sums=BodyCounts.of(rows, register.day),
        next_due=None,
        today=register.day,
        typed=unmistakable(body),
        page=current_page,
        ending=ending,
        heirs=tuple(heirs),
    )


def chosen_in(register: Register, reader: Actor, refs: Iterable[Ref], body: Body, page: int) -> BodyOverview:
    """Return how a body stands with recommendations that were named. Raises NotAddressed, NotRecordable,
    UnknownRecommendation, WhichReport, and in the past NotPublishedYet, NoSuchBodyThen."""
    by_id = {
        recommendation.id: recommendation for recommendation in (answerable(register, ref) for ref in refs)
    }
    rows = [register.with_body(recommendation, body) for recommendation in by_id.values()]
    current_page = Page.at(page, len(rows), PAGE)
    return BodyOverview(
        body_name=register.name_of(body),
        rows=standings(register, current_page.of(rows), reader),
        sums=BodyCounts.of(rows, register.day),
        next_due=min((due.deadline for due in nearest_of(due_of(rows), register.day)), default=None),
        today=register.day,
        typed=command_of("status", *(recommendation.title for recommendation in by_id.values()), body.slug),
        page=current_page,
    )


def region_in(register: Register, region: Region, page: int) -> RegionOverview:
    names = register.bodies_of(region)
    codes = tuple(names)
    current_page = Page.at(page, register.count_recommendations_of_bodies(codes), PAGE)
    page_ids = register.recommendations_of_bodies(codes, limit=PAGE, offset=current_page.first)
    recommendations = register.recommendations(page_ids)
    with_bodies: dict[str, list[Addressee]] = {id_: [] for id_ in page_ids}
    for addressee in register.with_bodies(page_ids, codes):
        if addressee.live:
            with_bodies[addressee.recommendation_id].append(addressee)
    return RegionOverview(
        name=region.name,
        body_names=tuple(names[code] for code in codes if register.bodies()[code].exists_on(register.day)),
        rows=tuple((recommendations[id_], tuple(rows)) for id_, rows in with_bodies.items()),
        sums=register.sums(codes),
        next_due=register.next_due(LookupScope(codes=codes)),
        today=register.day,
        typed=unmistakable(region),
        page=current_page,
    )


def standings(register: Register, addressees: Iterable[Addressee], reader: Actor) -> tuple[StandingRow, ...]:
    """Return addressees with their recommendations and their latest updates, as the reader may read them."""
    rows = tuple(addressees)
    recommendations = register.recommendations({row.recommendation_id for row in rows})
    latest = register.last_of_each(rows, reader)
    asked_until = register.asked_until(rows)
    before = register.predecessors(rows, reader)
    last_words = register.read_updates(filter(None, map(_last_words, rows)), reader)
    return tuple(
        StandingRow(
            recommendations[row.recommendation_id],
            row,
            last_words.get(_last_words(row) or 0, latest.get(key)),
            asked_until.get(key),
            before.get(key, ()),
        )
        for row in rows
        for key in [(row.recommendation_id, row.body_code)]
    )


def _last_words(row: Addressee) -> int | None:
    """Return the last update by which a body that has ended stands as it does; None for a body that goes
    on."""
    seqs = [seq for seq in (row.response_seq, row.progress_seq) if seq]
    return max(seqs, default=None) if row.passed_to else None
