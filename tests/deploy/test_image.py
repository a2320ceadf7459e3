"""The image and the compose file, as far as no container engine is needed to see it."""

import json
import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli import main
from bot.runtime.http.door import door, nothing_here
from bot.runtime.http.server import serve

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
# Each instruction on a line of its own.
INSTRUCTIONS = [
    tuple(line.split(maxsplit=1))
    for line in re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    if line
]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "compose.yml").read_text(encoding="utf-8"))
OF_RECBOT = ("migrate", "recbot", "backup")


def instructions(name: str) -> list[str]:
    return [rest for instruction, rest in INSTRUCTIONS if instruction == name]


def is_a_command(command: str) -> bool:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    return ended.value.code == 0


def test_what_is_copied_is_there_and_reaches_the_engine() -> None:
    ignored = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [
        path for line in instructions("COPY") if not line.startswith("--from") for path in line.split()[:-1]
    ]
    assert {"bot", "handlers", "storage", "manifest.yml"} < set(copied)
    assert [path for path in copied if not (ROOT / path).exists()] == []
    assert [path for path in copied if f"!{path}" not in ignored] == []


def test_every_package_has_the_hash_of_the_lock_and_none_is_compiled() -> None:
    installs = re.findall(r"pip install[^&]*", " ".join(instructions("RUN")))
    assert len(installs) == 3
    for install in installs:
        assert "--no-index --no-deps" in install or "--require-hashes --only-binary :all:" in install


def test_it_is_nobody_s_root_and_starts_recbot() -> None:
    assert instructions("USER") == ["10001:10001"]
    assert DOCKERFILE.rindex("\nRUN ") < DOCKERFILE.index("\nUSER ")
    assert json.loads(instructions("ENTRYPOINT")[0]) == ["recbot"]
    (command,) = json.loads(instructions("CMD")[0])
    assert is_a_command(command)


def test_the_health_check_tells_a_process_that_answers_from_one_that_does_not() -> None:
    (line,) = instructions("HEALTHCHECK")
    program = json.loads(line.partition(" CMD ")[2])
    assert program[0] == "python3"

    def checked(port: int) -> int:
        return subprocess.run(
            [sys.executable, *program[1:]],
            env=os.environ | {"PORT": str(port)},
            stderr=subprocess.DEVNULL,
            check=False,
        ).returncode

    with closing(serve(door(nothing_here, list), "127.0.0.1", 0, threads=2)) as server:
        assert checked(server.port) == 0
        port = server.port
    assert checked(port) != 0


def test_each_service_of_recbot_s_may_write_to_its_volumes_and_nothing_else() -> None:
    for name in OF_RECBOT:
        service = COMPOSE["services"][name]
        assert service["read_only"] is True
        assert len(service["tmpfs"]) == 1
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_schema_is_brought_up_to_date_by_a_step_of_its_own_before_recbot_starts() -> None:
    services = COMPOSE["services"]
    assert services["recbot"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert services["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert (services["migrate"]["command"], services["migrate"]["restart"]) == (["migrate"], "no")
    assert "command" not in services["recbot"]


def test_the_published_site_has_a_place_that_can_be_written() -> None:
    assert COMPOSE["services"]["recbot"]["volumes"] == ["site:/srv/recbot"]
    assert "-m 0755 /srv/recbot" in " ".join(instructions("RUN"))


def test_nothing_can_be_reached_from_another_machine() -> None:
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:3000:3000"]


def test_the_copy_is_made_by_a_program_of_the_database_s_own_version() -> None:
    """Debian 12 has PostgreSQL 15, and pg_dump refuses a newer server."""
    assert instructions("ARG") == ["PYTHON=python:3.11-slim-bookworm"]
    assert COMPOSE["services"]["database"]["image"] == "postgres:15-bookworm"
    assert "recbot backup " in COMPOSE["services"]["backup"]["command"][0]
    assert is_a_command("backup")
