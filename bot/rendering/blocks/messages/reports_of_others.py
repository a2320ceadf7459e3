"""What others reported whom recommendations are addressed to, as messages tell it: without a text."""

from collections.abc import Sequence

from bot.domain.messages.digest import Reported
from bot.rendering import words


def how_reported(report: Reported) -> str:
    """Say by whom and when: reported by the NPCC on 1 Aug 2025; report of 1 Aug 2025 taken back."""
    day = words.short_day(report.on)
    if report.taken_back:
        return f"report of {day} taken back"
    by = "" if report.standing.reported_itself else f" by {report.standing.reporter}"
    return f"reported{by} on {day}"


def counted(reports: Sequence[Reported]) -> str:
    """Count them: 2 reports by others."""
    return f"{words.count(len(reports), 'report')} by others"
