"""The systemd units: their own tools take them, and they start what recbot has."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli import main

UNITS = Path(__file__).parents[2] / "deploy" / "systemd"
SERVICES = sorted(file.name for file in UNITS.glob("*.service"))
TIMERS = sorted(file.name for file in UNITS.glob("*.timer"))
# On systemd's scale from 0 (nothing is allowed) to 10; a service without any hardening has 9.6.
MOST_EXPOSED = 1.5

systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None or not Path("/usr/lib/systemd/system").is_dir(),
    reason="systemd-analyze is not on this machine",
)


def settings(unit: str) -> dict[str, list[str]]:
    """What the unit sets, by name, in its order."""
    values: dict[str, list[str]] = {}
    for line in (UNITS / unit).read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"(\w+)=(.*)", line):
            values.setdefault(match[1], []).append(match[2])
    return values


def test_there_is_a_unit_for_each_thing_that_runs_by_itself() -> None:
    assert SERVICES == ["recbot-backup.service", "recbot-tick.service", "recbot.service"]
    assert [timer.replace(".timer", ".service") for timer in TIMERS] == SERVICES[:2]


@pytest.mark.parametrize(("unit", "command"), list(zip(SERVICES, ["backup", "tick", "serve"], strict=True)))
def test_each_starts_a_command_of_recbot_s(
    unit: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = shlex.split(settings(unit)["ExecStart"][0])
    line = words if words[0] == "/opt/recbot/bin/recbot" else shlex.split(words[-1])[1:]
    assert line[:2] == ["/opt/recbot/bin/recbot", command]
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out


def test_all_are_hardened_alike() -> None:
    def hardening(unit: str) -> str:
        text = (UNITS / unit).read_text(encoding="utf-8")
        return text.partition("# It reads the program")[2].partition("\n\n[Install]")[0].strip()

    assert len({hardening(unit) for unit in SERVICES}) == 1
    assert hardening(SERVICES[0]).count("\n") > 20


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The root of a machine with systemd's own units, ours, and what they start."""
    system = tmp_path / "etc" / "systemd" / "system"
    shutil.copytree("/usr/lib/systemd/system", tmp_path / "usr" / "lib" / "systemd" / "system", symlinks=True)
    system.mkdir(parents=True)
    for file in (*SERVICES, *TIMERS):
        shutil.copy(UNITS / file, system)
    for name in ("opt/recbot/bin/recbot", "usr/bin/find", "bin/sh"):
        program = tmp_path / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.touch(0o755)
    return tmp_path


def analysed(machine: Path, verb: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    program = shutil.which("systemd-analyze")
    assert program is not None
    return subprocess.run(
        [program, verb, f"--root={machine}", "--no-pager", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


@systemd
def test_systemd_finds_nothing_wrong_with_them(machine: Path) -> None:
    done = analysed(machine, "verify", *SERVICES, *TIMERS)
    assert (done.returncode, done.stderr) == (0, "")


@systemd
@pytest.mark.parametrize("unit", SERVICES)
def test_what_a_service_may_do_is_little_by_systemd_s_own_measure(machine: Path, unit: str) -> None:
    done = analysed(machine, "security", "--offline=true", f"--threshold={MOST_EXPOSED * 10:.0f}", unit)
    assert done.returncode == 0, done.stdout[-400:]


@pytest.mark.skipif(
    None in map(shutil.which, ("systemd-sysusers", "systemd-tmpfiles")) or os.getuid() != 0,
    reason="it takes root, systemd-sysusers and systemd-tmpfiles",
)
def test_the_user_and_the_folders_that_the_units_name_are_made(tmp_path: Path) -> None:
    for kind in ("sysusers", "tmpfiles"):
        folder = tmp_path / "etc" / f"{kind}.d"
        folder.mkdir(parents=True)
        shutil.copy(UNITS / f"recbot.{kind}", folder / "recbot.conf")
    for line in (["systemd-sysusers"], ["systemd-tmpfiles", "--create"]):
        program = shutil.which(line[0])
        assert program is not None
        subprocess.run([program, *line[1:], f"--root={tmp_path}"], capture_output=True, check=True)
    (user,) = (
        int(entry.split(":")[2])
        for entry in (tmp_path / "etc" / "passwd").read_text(encoding="utf-8").splitlines()
        if entry.startswith("recbot:")
    )
    modes = {
        name: (oct((tmp_path / name).stat().st_mode & 0o777), (tmp_path / name).stat().st_uid)
        for name in ("var/lib/recbot", "var/backups/recbot", "srv/recbot", "etc/recbot")
    }
    assert modes == {
        "var/lib/recbot": ("0o700", user),
        "var/backups/recbot": ("0o700", user),
        "srv/recbot": ("0o755", user),
        "etc/recbot": ("0o750", 0),
    }
