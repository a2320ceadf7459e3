"""A file of settings, a NAME=value a line: `recbot init` writes it, and `recbot --settings FILE` reads it. A
shell, systemd and a container engine read it alike."""

import re
from collections.abc import Mapping
from pathlib import Path

from bot.runtime.wiring.starting import CannotStart
from storage import private_files

# Whoever reads such a file takes these as they stand. Of others a shell or systemd would make something else.
_PLAIN = re.compile(r"[A-Za-z0-9_.,:/@%+=-]*")
_LINE = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"\\$`]*)\"")


def is_plain(value: str) -> bool:
    """Return whether a value means the same to whoever reads the file."""
    return bool(_PLAIN.fullmatch(value))


def write(file: Path, values: Mapping[str, str], remarks: str) -> None:
    """Write a new file for its owner alone (0600), with the remarks above the settings.

    Every value is plain. Raises FileExistsError, OSError."""
    if strange := [name for name, value in values.items() if not is_plain(value)]:
        raise ValueError(f"{', '.join(strange)} cannot be written as a line")
    lines = [f"# {line}".rstrip() for line in remarks.splitlines()]
    lines += [f"{name}={value}" for name, value in values.items()]
    private_files.create(file)
    try:
        file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    except OSError:
        file.unlink(missing_ok=True)
        raise


def beneath(environ: Mapping[str, str], file: Path | None) -> Mapping[str, str]:
    """Return the settings of the file, if there is one, beneath those of the environment, which win.

    Raises CannotStart for a file that cannot be read."""
    if file is None:
        return environ
    return read(file) | {name: value for name, value in environ.items() if value.strip()}


def read(file: Path) -> dict[str, str]:
    """Return the settings in the file. Raises CannotStart, which never tells a value."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise CannotStart(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CannotStart(f"{file} cannot be read: it is not text.") from None
    values: dict[str, str] = {}
    for number, line in enumerate(map(str.strip, text.splitlines()), start=1):
        if not line or line.startswith("#"):
            continue
        setting = _LINE.fullmatch(line)
        if setting is None:
            raise CannotStart(f"{file}: line {number} is not NAME=value.")
        values[setting[1]] = _unquoted(setting[2].strip())
    return values


def _unquoted(value: str) -> str:
    quoted = _QUOTED.fullmatch(value)
    return (quoted[1] or quoted[2] or "") if quoted else value
