"""A check of a bundle, written from the README that lies in it alone. It shares no code with recbot."""

import csv
import hashlib
import hmac
import json
import re
from pathlib import Path

_HEADING = re.compile(r"== Update (\d+),.* (\d+) characters\n")


def faults(folder: Path, fingerprint: str = "") -> list[str]:
    """Return what does not hold, in words; nothing where the bundle is as it was made."""
    try:
        return list(_faults(folder, fingerprint))
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        return [f"cannot be read: {type(error).__name__}"]


def _faults(folder: Path, fingerprint: str) -> list[str]:
    problems = []
    listed = (folder / "SHA256SUMS").read_bytes()
    if fingerprint and hashlib.sha256(listed).hexdigest() != fingerprint:
        problems.append("fingerprint")
    sums: dict[str, str] = {}
    for line in listed.decode().splitlines():
        digest, name = line.split("  ", 1)
        sums[name] = digest
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    del there["SHA256SUMS"]
    if set(sums) != set(there):
        problems.append("files")
    for name, path in there.items():
        if hashlib.sha256(path.read_bytes()).hexdigest() != sums.get(name):
            problems.append(f"hash of {name}")
    chain = _table(folder / "chain.csv")
    if [row["update"] for row in chain] != [str(number) for number in range(1, len(chain) + 1)]:
        problems.append("gap in the chain")
    readme = " ".join((folder / "README.txt").read_text(encoding="utf-8").split())
    if f"from 1 to {len(chain)}. The last hash is {chain[-1]['hash']}." not in readme:
        problems.append("end of the chain")
    return problems + _updates(folder, ["0" * 64, *(row["hash"] for row in chain)], chain)


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _updates(folder: Path, hashes: list[str], chain: list[dict[str, str]]) -> list[str]:
    problems = []
    texts = {}
    seqs = []
    with (folder / "updates.jsonl").open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            update = json.loads(line)
            seq, entry = update["seq"], json.loads(update["entry"])
            seqs.append(seq)
            made = hashlib.sha256((hashes[seq - 1] + update["entry"]).encode()).hexdigest()
            if not made == update["hash"] == hashes[seq] or entry["seq"] != seq:
                problems.append(f"update {seq}")
            if update["words"] is not None:
                salt, words = bytes.fromhex(update["words"]["salt"]), update["words"]["text"]
                if hmac.digest(salt, words.encode(), "sha256").hex() != entry["words_digest"]:
                    problems.append(f"words of update {seq}")
                texts[seq] = json.loads(words)[0]
    if seqs != [int(row["update"]) for row in chain if row["held"] == "yes"]:
        problems.append("updates held")
    if _texts(folder / "texts.txt") != {seq: text for seq, text in texts.items() if text}:
        problems.append("texts.txt")
    table = _table(folder / "updates.csv")
    shown = [(int(row["update"]), row["text"]) for row in table]
    if any(text not in (texts.get(seq, ""), f"'{texts.get(seq, '')}") for seq, text in shown):
        problems.append("updates.csv")
    return problems if [seq for seq, _ in shown] == seqs else [*problems, "updates.csv"]


def _texts(path: Path) -> dict[int, str]:
    rest = path.read_bytes().decode()
    texts = {}
    while rest:
        heading = _HEADING.match(rest)
        if heading is None:
            raise ValueError(rest[:40])
        end = heading.end() + int(heading[2])
        texts[int(heading[1])] = rest[heading.end() : end]
        if rest[end : end + 2] != "\n\n":
            raise ValueError(rest[end : end + 2])
        rest = rest[end + 2 :]
    return texts
