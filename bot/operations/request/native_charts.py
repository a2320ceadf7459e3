"""Whether Slack draws charts in the workspace: its own block is not rolled out everywhere, and a message with
one is refused where it is not."""

from dataclasses import dataclass

# In seconds: after a refusal it is tried again a day later.
TRIED_AGAIN_AFTER = 24 * 3600.0


@dataclass
class NativeCharts:
    """Remembers a refusal for a day, so that not every chart is refused first."""

    _refused_at: float | None = None  # in seconds of the monotonic clock

    def may_be_tried(self, now: float) -> bool:
        """Whether a chart is worth a try at a moment of the monotonic clock, in seconds."""
        return self._refused_at is None or now - self._refused_at >= TRIED_AGAIN_AFTER

    def were_refused(self, now: float) -> None:
        """Note that Slack refused a chart just now."""
        self._refused_at = now
