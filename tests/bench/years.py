"""Makes a register as it stands after some years of use: reports that come week by week, and what every body
says of each recommendation from its response to the association's check.

The history is real (`verify-history` takes it) and is written as recbot writes it, a week in each
transaction; what is shown beside it is made from it at the end of each year, as `verify-history` makes it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy import insert, update

from bot.domain.messages.delivery import DeliveryKind
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.register.addressee import Addressee, Answer, Stage
from bot.domain.register.correcting import ADDRESSED_TO
from bot.domain.register.people import ContactKind, Membership, Person, PersonKey, Role
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation, RecommendationKind, Report
from bot.domain.register.replay import Replay
from bot.domain.register.transition import drafted
from bot.domain.register.update import Change, Draft, Update, UpdateKind, Via
from bot.domain.values import replace
from bot.operations.imports.example import load_example
from bot.operations.messages.digest import record_start
from storage import bodies, contents, people, recommendations, shown_state
from storage.appending import Chain
from storage.chain import draft_of
from storage.database import Connection
from storage.store import Store
from storage.tables.deliveries import deliveries
from storage.tables.history import chain_head, updates

BEGAN = date(2025, 1, 6)  # a Monday
WEEKS = 52  # in a year, here
REPORTS_A_YEAR = 40
RECOMMENDATIONS_EACH = 4
MESSAGES_A_WEEK = 50  # a digest, and a reminder or another direct message for each contact
COORDINATOR = PersonKey("T0HOME", "U0CORA")
VIEWER = PersonKey("T0HOME", "U0VIC")
CONTACT = PersonKey("T0HOME", "U0KENT")  # the one who speaks for Kent

_WORDING = (
    "Chief constables and policing bodies should review what is commissioned locally, and say how. " * 3
)
_AFTER_CHRISTMAS = 3  # weeks
_TEXT = "Two ISACs start in April, and the contract for the third is out to tender. " * 3
# What a body records of a recommendation, and how many weeks after its report.
_STEPS = (
    (UpdateKind.RESPONSE, 6),
    (UpdateKind.PROGRESS, 10),
    (UpdateKind.NOTE, 15),
    (UpdateKind.EXPECTED, 20),
    (UpdateKind.PROGRESS, 25),
    (UpdateKind.NOTE, 30),
    (UpdateKind.PROGRESS, 36),
    (UpdateKind.PROGRESS, 44),
    (UpdateKind.CHECK, 48),
)
_COMPLETES = len(_STEPS) - 2  # the place of the step that says so
# A few never complete, and are late for good; every body takes up to some weeks more or less for a step.
_NEVER = 0.01
_LATER = 4


def now_after(years: int) -> datetime:
    """Return the UTC instant at which a register of so many years is asked: on a Monday in January or
    February, two weeks and more after Christmas."""
    return datetime.combine(BEGAN + timedelta(weeks=WEEKS * years + _AFTER_CHRISTMAS), time(10), UTC)


class Decade:
    """A register that grows, a year at a time."""

    def __init__(self, store: Store, *, reports_a_year: int = REPORTS_A_YEAR) -> None:
        """Begin it in an empty, migrated database."""
        self._store = store
        self._reports_a_year = reports_a_year
        self._chance = Random(1)
        self._replay = Replay()
        self._coming: dict[int, list[tuple[UpdateKind, int, str, str]]] = {}
        self.weeks = 0  # that have passed
        began = now_after(0)
        load_example(store, began)
        record_start(store, began)
        with store.begin() as connection:
            for row in connection.execute(updates.select().order_by(updates.c.seq)):
                self._replay.take(Update(row.seq, row.recorded_at, draft_of(row)))
            self._bodies = bodies.everyone(connection)
            self._introduce(connection, began)
            self._show(connection)

    def year(self) -> None:
        """Let a year pass."""
        for _ in range(WEEKS):
            self._week()
        with self._store.begin() as connection:
            self._show(connection)

    def _week(self) -> None:
        monday = BEGAN + timedelta(weeks=self.weeks)
        instant = datetime.combine(monday, time(11), UTC)
        with self._store.begin() as connection:
            chain = Chain(connection)
            for report in self._reports(monday):
                self._add(connection, chain, report, instant)
            steps = self._coming.pop(self.weeks, [])
            self._chance.shuffle(steps)
            drafts = [self._draft(monday, *step) for step in steps]
            for recorded in chain.extend(drafts, instant):
                self._replay.take(recorded)
            self._messages(connection, monday, chain.seq)
        self.weeks += 1

    def _reports(self, monday: date) -> Iterator[Report]:
        """Yield the reports of a week: as many in a year as there should be, evenly spread."""
        before, after = (week * self._reports_a_year // WEEKS for week in (self.weeks, self.weeks + 1))
        for number in range(before, after):
            yield Report(f"report{number + 1}", f"An inspection of subject {number + 1}", "HMICFRS", monday)

    def _add(self, connection: Connection, chain: Chain, report: Report, instant: datetime) -> None:
        recommendations.add_report(connection, report)
        held = contents.change(connection, contents.REPORT, report.key)
        added = Draft(
            UpdateKind.REPORT_ADDED, report.published_on, Via.IMPORT, text=report.title, changes=held
        )
        self._replay.take(chain.append(added, instant))
        for number in range(1, RECOMMENDATIONS_EACH + 1):
            recommendation = Recommendation(
                report=report,
                number=str(number),
                kind=RecommendationKind.ADDRESSED,
                wording=_WORDING,
                respond_by=report.published_on + timedelta(weeks=8),
                due_on=report.published_on + timedelta(weeks=45),
                source=report.title,
            )
            recommendations.add(connection, recommendation)
            named = Change(ADDRESSED_TO, "", " ".join(body.code for body in self._bodies))
            held = contents.change(connection, contents.RECOMMENDATION, recommendation.id)
            draft = replace(
                added,
                kind=UpdateKind.RECOMMENDATION_ADDED,
                recommendation_id=recommendation.id,
                changes=(named, *held),
            )
            self._replay.take(chain.append(draft, instant))
            for body in self._bodies:
                self._plan(recommendation.id, body)

    def _plan(self, recommendation_id: str, body: PolicingBody) -> None:
        steps = _STEPS if self._chance.random() > _NEVER else _STEPS[:_COMPLETES]
        for place, (kind, weeks) in enumerate(steps):
            week = self.weeks + weeks + self._chance.randrange(_LATER)
            self._coming.setdefault(week, []).append((kind, place, recommendation_id, body.code))

    def _draft(
        self, monday: date, kind: UpdateKind, place: int, recommendation_id: str, body_code: str
    ) -> Draft:
        before = self._replay.addressees[recommendation_id, body_code]
        text, evidence = f"{_TEXT}{self._chance.random()}", ""
        if place == _COMPLETES and self._chance.random() < 1 / 2:
            evidence = f"https://example.org/{recommendation_id}"
        draft = Draft(
            kind=kind,
            stands_from=monday,
            via=Via.SLACK,
            by=COORDINATOR if kind is UpdateKind.CHECK else _contact(self._slugs[body_code]),
            recommendation_id=recommendation_id,
            body_code=body_code,
            text=text,
            evidence_url=evidence,
            quotable=self._chance.random() < 1 / 2,
        )
        return drafted(before, self._after(before, kind, place, monday), draft)

    def _after(self, before: Addressee, kind: UpdateKind, place: int, monday: date) -> Addressee:
        if kind is UpdateKind.RESPONSE:
            in_part = self._chance.random() < 1 / 20
            return replace(before, answer=Answer.ACCEPTED_IN_PART if in_part else Answer.ACCEPTED)
        if kind is UpdateKind.EXPECTED:
            return replace(before, expected_on=monday + timedelta(weeks=24))
        if kind is UpdateKind.CHECK:
            return replace(before, stage=Stage.CHECKED)
        if kind is UpdateKind.PROGRESS:
            return replace(before, stage=Stage.COMPLETE if place == _COMPLETES else Stage.IN_PROGRESS)
        return before

    def _introduce(self, connection: Connection, instant: datetime) -> None:
        """Give every body a contact, and somebody the role of a coordinator."""
        self._slugs = {body.code: body.slug for body in self._bodies}
        chain = Chain(connection)
        roles = [(_contact(body.slug), Role.CONTACT, body.code) for body in self._bodies]
        for who, role, body_code in (*roles, (COORDINATOR, Role.COORDINATOR, "")):
            changes = (
                Change(role.value, "", str(who)),
                *((Change("contact kind", "", ContactKind.MAIN),) if body_code else ()),
            )
            draft = Draft(
                UpdateKind.GRANT, instant.date(), Via.IMPORT, body_code=body_code or None, changes=changes
            )
            self._replay.take(chain.append(draft, instant))
        far = instant + timedelta(days=365 * 20)
        for who in (*(who for who, _, _ in roles), COORDINATOR, VIEWER):
            people.remember(connection, Person(who, f"Person {who.user_id}", Membership.MEMBER, far))

    def _messages(self, connection: Connection, monday: date, through: int) -> None:
        """Add what was sent in a week, as it is kept for good."""
        instant = datetime.combine(monday, time(9), UTC)
        names = {column.name for column in deliveries.columns}
        rows = []
        for number in range(MESSAGES_A_WEEK):
            is_digest = number == 0
            rows.append(
                {
                    "key": f"{'digest' if is_digest else 'reminder'}:T0HOME:{monday}:{number}",
                    "kind": (DeliveryKind.DIGEST if is_digest else DeliveryKind.REMINDER).value,
                    "slot_local": f"{monday}T09:00",
                    "channel": "C0COORD" if is_digest else f"U0PERSON{number}",
                    "through_seq": through if is_digest else None,
                    "payload_sha": "0" * 64,
                    "state": DeliveryState.SENT.value,
                    "fence": 1,
                    "owner": "",
                    "attempts": 1,
                    "ts": f"{instant.timestamp():.0f}.{number:06}",
                    "error": "",
                    "created_at": instant,
                    "updated_at": instant,
                }
            )
        assert rows[0].keys() <= names
        connection.execute(insert(deliveries), rows)

    def _show(self, connection: Connection) -> None:
        """Make everything that is shown beside the history anew from it."""
        folded = shown_state.Folded(connection, self._replay)
        for table in shown_state.SHOWN:
            rows = list(table.rows(folded).values())
            if table.table is chain_head:
                connection.execute(update(chain_head).values(names_seq=self._replay.names_seq))
                continue
            connection.execute(table.table.delete())
            if rows:
                connection.execute(insert(table.table), [dict(row) for row in rows])


def _contact(slug: str) -> PersonKey:
    return CONTACT if slug == "kent" else PersonKey("T0HOME", f"U0{slug.upper().replace('-', '')}")
