"""Row 37: words that may not be published are nowhere in the published site, after permissions were given and
taken at random, updates undone and words erased; all that may be is there."""

import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from bot.domain.register.redaction import Ground
from bot.operations.recording import redact
from bot.operations.recording.quoting import allow_quoting, stop_quoting
from tests.cast import CORA, NOW, Register, occasion, stalking_case, undone
from tests.prove.size import size
from tests.published import everything, faults_of, published

pytestmark = pytest.mark.prove

PERMISSIONS = size(100, 1_000)
LOOKED_AT = size(2, 4)  # how often the site is written meanwhile
NAMES = (b"Cora", b"Alice", b"Byrne", b"U0CORA", b"U0ALICE")
TYPED = (
    "note {number} {body} evidence https://{canary}.example.org/minutes “{canary} minutes”: {canary} met us",
    "note {number} {body} decided by {canary}: {canary} chose the provider",
    "progress {number} {body} in progress: {canary} begins",
    "progress {number} {body} blocked: waits for {canary}",
    "complete {number} {body}: {canary} is done",
    "partly {number} {body}: {canary} only",
    "decline {number} {body}: {canary} instead",
)


@dataclass
class Texts:
    """What was recorded, by the number of its update, each with a word that stands nowhere else."""

    register: Register
    random: Random
    canaries: dict[int, str] = field(default_factory=dict)
    allowed: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)  # taken back or erased

    def record(self) -> None:
        canary = "kanari" + "".join(self.random.choices(string.ascii_lowercase, k=12))
        body = self.random.choice(list(self.register.bodies))
        typed = self.random.choice(TYPED).format(
            number=self.random.choice((15, 16, 25)), body=body, canary=canary
        )
        seq = self.register.says(CORA, typed, NOW)
        self.canaries[seq] = canary
        if self.random.random() < 0.1:
            undone(self.register.store, occasion(CORA, NOW), seq)
            self.gone.add(seq)

    def permit(self) -> None:
        """Give or take a permission of something that still stands."""
        standing = [seq for seq in self.canaries if seq not in self.gone]
        seq = self.random.choice(standing)
        if seq in self.allowed:
            stop_quoting(self.register.store, occasion(CORA), [seq])
            self.allowed.discard(seq)
        else:
            allow_quoting(self.register.store, occasion(CORA), [seq])
            self.allowed.add(seq)

    def erase(self) -> None:
        seq = self.random.choice([seq for seq in self.canaries if seq not in self.gone])
        redact.redact(self.register.store, occasion(CORA), seq, Ground.VICTIM, lambda *_: {})
        self.gone.add(seq)

    @property
    def published(self) -> set[str]:
        return {self.canaries[seq] for seq in self.allowed - self.gone}

    @property
    def withheld(self) -> set[str]:
        return set(self.canaries.values()) - self.published


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    made = stalking_case(database_url)
    yield made
    made.store.database.close()


def test_what_may_not_be_published_is_nowhere_in_the_site(register: Register, tmp_path: Path) -> None:
    texts = Texts(register, Random(37))
    looked_at = withheld = 0
    for number in range(1, PERMISSIONS + 1):
        if number % 2:
            texts.record()
        texts.permit()
        if number % 20 == 0:
            texts.erase()
        if number % (PERMISSIONS // LOOKED_AT) == 0:
            for approved_only in (False, True):
                site = published(register, tmp_path, approved_only=approved_only)
                content = everything(site)
                assert [canary for canary in texts.withheld if canary.encode() in content] == []
                assert [canary for canary in texts.published if canary.encode() not in content] == []
                assert [name for name in NAMES if name in content] == []
                looked_at += 1
            withheld = len(texts.withheld)
            assert faults_of(site) == []
    print(
        f"{PERMISSIONS} permissions given and taken on {len(texts.canaries)} texts: in {looked_at} sites"
        f" 0 bytes of those withheld ({withheld} at the end), and all of the {len(texts.published)} published"
    )
