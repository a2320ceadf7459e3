"""The demo's stage: the workspace, its clock and cast, and the real bot in it with the shipped example."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.standin.cast import CHANNEL, COORDINATOR, enter
from bot.standin.moved_clock import MovedClock
from bot.standin.page.site import Site
from bot.standin.people import Person
from bot.standin.real_bot import RealBot, settings_of
from bot.standin.stand_in import StandIn
from bot.standin.tour import BEGINS, JUST_BEFORE_NINE

# Who speaks for whom when the page opens.
_GRANTS = ("/recs grant @kim kent", "/recs grant @ed essex")


@dataclass(frozen=True)
class Stage:
    slack: StandIn
    clock: MovedClock
    cast: Mapping[str, Person]
    bot: RealBot
    published: Path  # where the bot writes the site for everybody

    def start(self) -> None:
        """Install the bot and start it. Raises BotFailed."""
        self.slack.install(self.bot.manifest())
        self.bot.load_example()
        # Loading takes a while; the digest of nine is owed only by a bot that was there before nine.
        self.clock.move_to(BEGINS)
        self.bot.start()
        self.bot.wait_until_connected(self.slack)

    def open_page(self) -> str:
        """Start everything, and return the page's address. Kent and Essex have their contacts, and in two
        seconds the digest comes."""
        for grant in _GRANTS:
            self.cast["cora"].types(grant, CHANNEL)
        site = Site(self.slack, self.clock, self.cast, self.bot.caught_up_at, self.published)
        self.slack.serve_also(site.routes)
        self.clock.move_to(JUST_BEFORE_NINE)
        return site.address


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """Set everything up with a bot that is not started yet; it is stopped at the end. Everything is kept in
    `folder`."""
    clock = MovedClock(folder / "clock", BEGINS)
    with StandIn(now=clock.now) as slack:
        published = folder / "published"
        settings = settings_of(slack, folder, clock.path, COORDINATOR, CHANNEL)
        bot = RealBot(folder, settings | {"RECBOT_PUBLISH_DIR": str(published)})
        try:
            yield Stage(slack, clock, enter(slack), bot, published)
        finally:
            bot.stop()
