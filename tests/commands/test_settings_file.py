"""`recbot --settings FILE`: the settings in a file, beneath those of the environment."""

import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli import main
from bot.commands import settings_file
from bot.runtime.wiring.starting import CannotStart
from tests.cast import stalking_case

VALUES = {"SLACK_BOT_TOKEN": "xoxb-1-bot", "DATABASE_URL": "postgresql://me:pw@db:5432/recbot", "HOST": ""}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "recbot.env"


def test_what_is_written_is_read_again(file: Path) -> None:
    settings_file.write(file, VALUES, "For recbot.\n\nKeep it.")
    assert file.read_text().startswith("# For recbot.\n#\n# Keep it.\nSLACK_BOT_TOKEN=")
    assert settings_file.read(file) == VALUES


def test_a_shell_reads_what_is_written_alike(file: Path) -> None:
    settings_file.write(file, VALUES, "For recbot.")
    shell = shutil.which("sh")
    assert shell is not None
    printed = subprocess.run(
        [shell, "-c", f'. {file}; printf "%s\\n" "$SLACK_BOT_TOKEN" "$DATABASE_URL" "$HOST"'],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert printed.splitlines() == list(VALUES.values())


@pytest.mark.parametrize("value", ["a b", "a;b", "a$b", "a'b", 'a"b', "a\\b", "a#b", "a\nb", "~a", "é"])
def test_what_a_shell_would_read_otherwise_is_not_written(file: Path, value: str) -> None:
    with pytest.raises(ValueError, match="RECBOT_LOG cannot be written as a line"):
        settings_file.write(file, {"RECBOT_LOG": value}, "")
    assert not file.exists()


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("PORT=3000", "3000"),
        ("  PORT = 3000", None),
        ("export PORT=3000", "3000"),
        ("PORT='3000'", "3000"),
        ('PORT="3000" ', "3000"),
        ("PORT=''", ""),
        ("PORT", None),
        ("3000", None),
    ],
)
def test_lines_as_people_write_them(file: Path, line: str, value: str | None) -> None:
    file.write_text(f"# settings\n\n{line}\n")
    if value is None:
        with pytest.raises(CannotStart, match="line 3 is not NAME=value"):
            settings_file.read(file)
    else:
        assert settings_file.read(file) == {"PORT": value}


def test_what_is_wrong_is_said_without_the_value(file: Path) -> None:
    file.write_text("xoxb-1-bot\n")
    with pytest.raises(CannotStart) as refused:
        settings_file.read(file)
    assert str(refused.value) == f"{file}: line 1 is not NAME=value."


def test_what_is_set_in_the_environment_wins(file: Path) -> None:
    file.write_text("PORT=3000\nHOST=0.0.0.0\n")
    environ = {"PORT": "8080", "HOST": " ", "PATH": "/bin"}
    assert settings_file.beneath(environ, file) == {"PORT": "8080", "HOST": "0.0.0.0", "PATH": "/bin"}
    assert settings_file.beneath(environ, None) is environ


def test_a_command_works_on_the_register_that_the_file_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    register = stalking_case(f"sqlite:///{tmp_path / 'recbot.db'}")
    register.store.database.close()
    monkeypatch.delenv("DATABASE_URL", raising=False)
    file.write_text(f"DATABASE_URL=sqlite:///{tmp_path / 'recbot.db'}\n")
    assert main(["--settings", str(file), "contacts"]) == 0
    assert "Kent: " in capsys.readouterr().out
    assert main(["--settings", str(tmp_path / "none"), "contacts"]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'none'} cannot be read: No such file or directory.\n"
