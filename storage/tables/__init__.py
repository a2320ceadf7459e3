"""The tables of the register, a room for each noun. `storage/migrations` builds them; a test holds the two
together.

Whoever imports one loads them all, so that `metadata` is always whole."""

from storage.tables import addressees, bodies, deliveries, history, people, reports, tallies

__all__ = ["addressees", "bodies", "deliveries", "history", "people", "reports", "tallies"]
