"""The list of parts (SBOM), and the parts of the lock that an installation takes, are the lock's own."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest
from packaging.markers import Marker

from tests.deploy.installed import PROJECT, ROOT, needed_for

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def printed(*arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "deploy/parts.py", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.fixture(scope="module")
def sbom() -> dict[str, Any]:
    listed: dict[str, Any] = json.loads(printed("sbom"))
    return listed


def locked(text: str) -> dict[tuple[str, str], set[str]]:
    """The hashes of each name and version, read another way than by the program."""
    packages: dict[tuple[str, str], set[str]] = {}
    for line in text.replace("\\\n", " ").splitlines():
        if "==" in line and not line.lstrip().startswith("#"):
            name, _, rest = line.partition("==")
            packages[name.strip(), rest.split()[0]] = set(re.findall(r"--hash=sha256:(\w+)", rest))
    return packages


def test_the_list_of_parts_is_the_lock(sbom: dict[str, Any]) -> None:
    listed = {
        (part["name"], part["version"]): {digest["content"] for digest in part["hashes"]}
        for part in sbom["components"]
    }
    assert len(sbom["components"]) == len(listed)
    assert listed == locked(LOCK)
    assert LOCK.count("--hash=") == sum(map(len, listed.values()))


def test_it_is_the_list_of_this_version_and_comes_out_the_same_each_time(sbom: dict[str, Any]) -> None:
    assert (sbom["bomFormat"], sbom["specVersion"]) == ("CycloneDX", "1.6")
    assert sbom["metadata"]["component"]["version"] == PROJECT["version"]
    assert json.loads(printed("sbom")) == sbom


def test_every_part_is_there_for_a_reason_that_is_listed(sbom: dict[str, Any]) -> None:
    refs = {part["bom-ref"] for part in sbom["components"]}
    needs = {entry["ref"]: set(entry["dependsOn"]) for entry in sbom["dependencies"]}
    assert needs.keys() == refs | {"recbot"}
    assert set().union(*needs.values()) == refs


def test_what_recbot_runs_on_is_all_that_its_packages_ask_for(sbom: dict[str, Any]) -> None:
    """Nothing is missing from the image or from a tool's environment."""
    lines = printed("constraints", "run").splitlines()
    here = {line.partition("==")[0] for line in lines if _is_for_this_machine(line)}
    assert here == needed_for()
    required = {part["name"] for part in sbom["components"] if part["scope"] == "required"}
    assert required >= here
    assert not required & {"pytest", "mypy", "uv", "selenium", "starlette"}


def _is_for_this_machine(pinned: str) -> bool:
    _, _, marker = pinned.partition(" ; ")
    return not marker or Marker(marker).evaluate()


@pytest.mark.parametrize("what", [["run"], ["run", "demo"], ["setuptools"]])
def test_a_part_of_the_lock_has_the_versions_and_hashes_of_the_whole(what: list[str]) -> None:
    part = locked(printed("lock", *what))
    whole = locked(LOCK)
    assert part
    assert part == {package: whole[package] for package in part}
    names = {line.split("==")[0] for line in printed("constraints", *what).splitlines()}
    assert names == {name for name, _ in part}
