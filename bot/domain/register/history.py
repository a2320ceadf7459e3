"""The chain that shows whether anybody rewrote the history: each update's hash covers the one before.

Free words lie outside the hash, behind a salted digest, so that a text can lawfully be erased and the
chain still holds."""

import hashlib
import hmac
import json
from collections.abc import Mapping

GENESIS = "0" * 64
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(values: Mapping[str, object] | list[str]) -> bytes:
    """Write values in one way, so that the same values always have the same hash."""
    return _CANONICAL.encode(values).encode()


def words_digest(salt: str, text: str, evidence_url: str, decided_by: str, evidence_title: str = "") -> str:
    """Return hMAC-SHA256 of the free words under a random salt (32 hex digits); without the salt, which is
    erased together with the words, a name cannot be guessed from the digest."""
    words = sealed_words(text, evidence_url, decided_by, evidence_title)
    return hmac.new(bytes.fromhex(salt), words, hashlib.sha256).hexdigest()


def sealed_words(text: str, evidence_url: str, decided_by: str, evidence_title: str) -> bytes:
    """Return the free words as their digest covers them."""
    # Without a title it is what it was before links had titles.
    return canonical([text, evidence_url, decided_by, *([evidence_title] if evidence_title else [])])


def link(prev: str, entry: Mapping[str, object]) -> str:
    """Return the hash of an entry that follows the one whose hash is `prev`."""
    return hashlib.sha256(prev.encode() + canonical(entry)).hexdigest()
