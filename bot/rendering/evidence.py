"""What stands around a link to evidence, on screen and in a document."""

from bot.domain.register.details import follows, seen_on
from bot.domain.register.update import Update
from bot.rendering import words


def around_link(update: Update) -> tuple[str, str]:
    """Return what stands before the link of an update, and after it: “Minutes”, and (seen 10 Mar 2025)."""
    title = update.draft.evidence_title
    seen, dead = seen_on(update), follows(update)
    notes = [
        f"seen {words.short_day(seen)}" if seen else "",
        f"in place of the link of update {dead}" if dead else "",
    ]
    about = "; ".join(note for note in notes if note)
    return f"“{title}”, " if title else "", f" ({about})" if about else ""
