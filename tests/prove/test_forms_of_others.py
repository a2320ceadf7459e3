"""The compose file and the list of parts have the form that their own schemas ask for. The checkers come from
a registry of packages; where none answers, these say so."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.prove

ROOT = Path(__file__).parents[2]
CHECKER = "check-jsonschema==0.39.0"
CYCLONEDX = "cyclonedx-python-lib[validation]==11.12.0"
VALIDATE = """
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
sys.exit(str(JsonStrictValidator(SchemaVersion.V1_6).validate_str(sys.stdin.read()) or "") or 0)
"""


def run(*arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [Path(sys.executable).with_name("uv"), "tool", "run", *arguments],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def must_be_there(*arguments: str) -> None:
    """Skip where no registry answers."""
    if run(*arguments).returncode != 0:
        pytest.skip("It needs a registry of packages, and none answers.")


def test_the_compose_file_is_one() -> None:
    must_be_there(CHECKER, "--version")
    done = run(CHECKER, "--builtin-schema", "vendor.compose-spec", "deploy/compose.yml")
    assert done.returncode == 0, done.stdout


def test_the_list_of_parts_is_one() -> None:
    must_be_there("--from", CYCLONEDX, "python", "-c", "")
    listed = subprocess.run(
        [sys.executable, "deploy/parts.py", "sbom"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    done = run("--from", CYCLONEDX, "python", "-c", VALIDATE, stdin=listed.stdout)
    assert done.returncode == 0, done.stderr
    broken = run("--from", CYCLONEDX, "python", "-c", VALIDATE, stdin='{"bomFormat": "CycloneDX"}')
    assert broken.returncode != 0
