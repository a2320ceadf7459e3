"""The asker's deadlines: of their own bodies, or of all live recommendations where they have none."""

from bot.domain.questions.deadline_calendar import DeadlineCalendar, of_all, of_bodies
from bot.domain.register.people import Request
from bot.operations.register.now import RegisterNow
from bot.operations.request import actors
from storage import addressees
from storage.chain import head
from storage.store import Store


def deadline_calendar(store: Store, request: Request) -> DeadlineCalendar:
    """Return the deadlines of the asker's bodies, or of everything. Raises CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        live = {
            recommendation.id: recommendation
            for recommendation in RegisterNow(connection, request.today).live()
        }
        codes = sorted(actor.speaks_for) if actor.is_contact else None
        rows = addressees.of_recommendations(connection, live, codes) if live else ()
        laid_out = of_all if codes is None else of_bodies
        return DeadlineCalendar(
            home_team=store.home_team,
            bodies=tuple(sorted(actor.speaks_for.values())) if codes else (),
            entries=laid_out(rows, live, request.today),
            made_at=request.instant,
            through_seq=head(connection)[0],
        )
