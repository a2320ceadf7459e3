"""What recbot sends by itself."""

from datetime import datetime

from sqlalchemy import (
    Column,
    Index,
    Integer,
    Named,
    Table,
    Text,
    TypedColumns,
)

from bot.domain.messages.delivery_state import DeliveryState
from storage.tables.metadata import metadata, one_of
from storage.types import UtcDateTime


class DeliveryColumns(TypedColumns):
    key: Named[str] = Column(Text, primary_key=True)  # also in the message's metadata
    kind: Named[str] = Column(Text)  # a DeliveryKind
    slot_local: Named[str] = Column(Text)  # London's minute, as in 2025-03-10T09:00
    channel: Named[str] = Column(Text)  # a channel's id, or a person's
    follows: Named[str | None] = Column(Text)  # the key of the message in whose thread it belongs
    through_seq: Named[int | None] = Column(Integer)  # of a digest or what is followed: the last update told
    payload_json: Named[str | None] = Column(Text)  # what Slack is given; None once it is forgotten
    payload_sha: Named[str] = Column(Text)  # the digest of what Slack was given
    state: Named[str] = Column(Text)  # a DeliveryState
    fence: Named[int] = Column(Integer)  # counts the claims, and the moves to another channel
    owner: Named[str] = Column(Text)  # which process claimed it
    attempts: Named[int] = Column(Integer)  # counts the claims
    first_send_at: Named[datetime | None] = Column(UtcDateTime)  # the first claim
    first_real_at: Named[datetime | None] = Column(UtcDateTime)  # the same, in real time
    not_before: Named[datetime | None] = Column(UtcDateTime)  # real time: the next attempt, or edit
    ts: Named[str | None] = Column(Text)  # Slack's name of the message
    error: Named[str] = Column(Text)  # Slack's code, or a reason of ours
    sweeps: Named[int] = Column(Integer, server_default="0")  # counts the sweeps for duplicates
    sweep_at: Named[datetime | None] = Column(UtcDateTime)  # real time: the next of them
    duplicates: Named[int] = Column(Integer, server_default="0")  # how many were removed
    created_at: Named[datetime] = Column(UtcDateTime)
    updated_at: Named[datetime] = Column(UtcDateTime)
    conversation: Named[str | None] = Column(Text)  # of a message to a person: the direct messages' id (D…)
    says_json: Named[str | None] = Column(Text)  # what it says: hashes of parts, or numbers of updates


deliveries = Table(
    "deliveries",
    metadata,
    DeliveryColumns,
    one_of("state", DeliveryState),
    Index(None, "state", "not_before"),
    Index(None, "kind", "created_at"),
    Index(None, "sweep_at"),
    sqlite_strict=True,
)
