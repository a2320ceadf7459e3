"""The pools of threads on which work is done after the answer, apart from each other, so that a slow upload
or Home holds up no form."""

from msgspec import Struct, field

from bot.runtime.pool import Pool


class Queues(Struct, frozen=True):
    replies: Pool = field(default_factory=lambda: Pool("replies", threads=6, most=200))
    forms: Pool = field(default_factory=lambda: Pool("forms", threads=6, most=60))
    homes: Pool = field(default_factory=lambda: Pool("homes", threads=3, most=1_000, most_of_owner=1))
    files: Pool = field(default_factory=lambda: Pool("files", threads=2, most=50, most_of_owner=2))
    chores: Pool = field(default_factory=lambda: Pool("chores", threads=1, most=100))

    def waiting(self) -> dict[str, int]:
        """Return how many pieces of work wait, by queue."""
        return {
            pool.name: pool.waiting
            for pool in (self.replies, self.forms, self.homes, self.files, self.chores)
        }

    def close(self, until: float) -> None:
        """Take nothing new, and finish what is under way until an instant of the monotonic clock."""
        self.replies.close(until)
        self.forms.close(until)
        # Whoever waits for a file that is not begun is told so by the message that was written before.
        self.files.close(until, begins_more=False)
        self.homes.close(until)
        self.chores.close(until)
