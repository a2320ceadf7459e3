"""What recbot is made of, as requirements.lock says.

    python3 deploy/parts.py lock run           the part of the lock that recbot needs to run, with its hashes
    python3 deploy/parts.py lock run demo      that and the part for an extra; a package's name does as well
    python3 deploy/parts.py constraints run    the same versions without hashes, for uv tool and pipx
    python3 deploy/parts.py sbom               all of it as a list of parts, CycloneDX in JSON

It needs nothing but Python: it runs before anything is installed."""

import hashlib
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_PROJECT = "recbot"

_PINNED = re.compile(r"([A-Za-z0-9._-]+)==([^\s;]+)(?: ; ([^\\]+?))?(?: \\)?")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"    #(?: via|  ) +(\S+)")


@dataclass(frozen=True)
class Part:
    """A package of the lock."""

    name: str
    version: str
    # On which machines it is needed; "" for all.
    marker: str
    # SHA-256 of each file in which it is published.
    hashes: tuple[str, ...]
    # The packages that need it; the project itself is called recbot.
    needed_by: frozenset[str]

    @property
    def purl(self) -> str:
        """Return its package URL: https://github.com/package-url/purl-spec."""
        return f"pkg:pypi/{self.name}@{self.version}"

    @property
    def pinned(self) -> str:
        return f"{self.name}=={self.version}" + (f" ; {self.marker}" if self.marker else "")


def read(lock: str) -> list[Part]:
    """Read the packages in the text of a lock, in its order."""
    return [_part(lines) for lines in _groups(lock)]


def _groups(lock: str) -> Iterator[list[str]]:
    group: list[str] = []
    for line in lock.splitlines():
        if _PINNED.fullmatch(line):
            if group:
                yield group
            group = [line]
        elif group:
            group.append(line)
    if group:
        yield group


def _part(lines: list[str]) -> Part:
    pinned = _PINNED.fullmatch(lines[0])
    assert pinned is not None  # noqa: S101 - a group begins with such a line
    text = "\n".join(lines[1:])
    needed_by = {_normal(via[1]) for line in lines[1:] if (via := _VIA.fullmatch(line.partition(" (")[0]))}
    return Part(
        _normal(pinned[1]), pinned[2], pinned[3] or "", tuple(_HASH.findall(text)), frozenset(needed_by)
    )


def needed(parts: Iterable[Part], roots: Iterable[str]) -> list[Part]:
    """Return the packages named in `roots`, and all that they need in turn. Raises KeyError for an unknown
    name."""
    by_name = {part.name: part for part in parts}
    wanted = {by_name[root].name for root in roots}
    while more := {
        part.name for part in by_name.values() if part.name not in wanted and part.needed_by & wanted
    }:
        wanted |= more
    return [part for part in by_name.values() if part.name in wanted]


def roots(project: dict[str, Any], what: Iterable[str]) -> Iterator[str]:
    """Name the packages that pyproject.toml asks for: `run`, or an extra. Any other word is a package."""
    for word in what:
        asked = project["dependencies"] if word == "run" else project["optional-dependencies"].get(word)
        for requirement in [word] if asked is None else asked:
            name = re.match(r"[A-Za-z0-9._-]+", requirement)
            assert name is not None  # noqa: S101 - pyproject.toml would not have been taken
            yield _normal(name[0])


def sbom(lock: str, project: dict[str, Any]) -> dict[str, Any]:
    """Return the lock as a list of parts: the same one for the same lock.

    Its form: https://cyclonedx.org/docs/1.6/json/"""
    parts = read(lock)
    scopes = {part.name: "excluded" for part in parts}
    scopes |= {part.name: "optional" for part in needed(parts, roots(project, ["demo"]))}
    scopes |= {part.name: "required" for part in needed(parts, roots(project, ["run"]))}
    whole = hashlib.sha256(f"{project['version']}\n{lock}".encode()).hexdigest()
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, whole)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": _PROJECT,
                "name": _PROJECT,
                "version": project["version"],
                "description": project["description"],
            }
        },
        "components": [_component(part, scopes[part.name]) for part in parts],
        "dependencies": [
            {"ref": _PROJECT, "dependsOn": _needs(parts, _PROJECT)},
            *({"ref": part.purl, "dependsOn": _needs(parts, part.name)} for part in parts),
        ],
    }


def _component(part: Part, scope: str) -> dict[str, Any]:
    """`scope` is required to run recbot, optional for the demo, or excluded: needed to work on it alone."""
    marker = {"properties": [{"name": "recbot:marker", "value": part.marker}]} if part.marker else {}
    return {
        "type": "library",
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "scope": scope,
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in part.hashes],
        "purl": part.purl,
        **marker,
    }


def _needs(parts: Iterable[Part], name: str) -> list[str]:
    return [part.purl for part in parts if name in part.needed_by]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _as_lock(parts: Iterable[Part]) -> str:
    return "\n".join(
        " \\\n    ".join([part.pinned, *(f"--hash=sha256:{digest}" for digest in part.hashes)])
        for part in parts
    )


def main(arguments: list[str]) -> int:
    folder = next(place for place in (_HERE, _HERE.parent) if (place / "requirements.lock").exists())
    lock = (folder / "requirements.lock").read_text(encoding="utf-8")
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    match arguments:
        case ["lock", first, *others]:
            print(_as_lock(needed(read(lock), roots(project, [first, *others]))))
        case ["constraints", first, *others]:
            print("\n".join(part.pinned for part in needed(read(lock), roots(project, [first, *others]))))
        case ["sbom"]:
            print(json.dumps(sbom(lock, project), indent=2))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
