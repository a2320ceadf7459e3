"""Build the image on a machine without a Docker daemon, and use it as a container engine would.

    apt-get install -y debootstrap buildah postgresql
    .venv/bin/python deploy/try_image.py FOLDER     as root; the clean root stays in FOLDER for the next time

The base is Debian 12 made anew by debootstrap, with its own Python 3.11, in the place of the image
`python:3.11-slim-bookworm`, which cannot be had everywhere. buildah carries out every step of
deploy/Dockerfile in it. What comes of it is started with a read-only root file system, as the image's own
user, without capabilities, against a Slack that stands in. It prints a line for each thing that was looked
at, and ends with exit code 1 if one did not hold."""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot import manifest  # noqa: E402 - found beside this file
from bot.standin import StandIn  # noqa: E402

BASE, IMAGE = "localhost/recbot-base", "localhost/recbot"
USER = 10001
FORBIDDEN = ("gcc", "cc", "g++", "c++", "clang", "tcc", "make", "ld", "pip", "pip3")
# What this machine needs to reach its registries, where it has it.
MACHINES_OWN = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pip.conf")
PATIENCE = 120.0  # seconds

# Makes the mounts of a container, in a mount namespace of its own, and becomes the program.
_START = """
set -e
mount --make-rprivate /
mount --bind "$1" "$1"
mount -t tmpfs tmpfs "$1/tmp"
mount --rbind /proc "$1/proc"
mount --rbind /dev "$1/dev"
mount --bind "$2" "$1/var/lib/recbot"
mount --bind "$3" "$1/var/backups/recbot"
mount -o remount,bind,ro "$1"
root=$1; shift 3
exec chroot "$root" /usr/bin/setpriv --reuid=10001 --regid=10001 --clear-groups --no-new-privs \
    --bounding-set=-all --inh-caps=-all /bin/sh -c 'cd /var/lib/recbot && umask 022 && exec "$@"' - "$@"
"""


@dataclass
class Report:
    """What was looked at: a line each."""

    failed: list[str] = field(default_factory=list)

    def that(self, what: str, holds: bool, shown: object = "") -> None:
        print(f"{'ok  ' if holds else 'FAIL'} {what}" + (f": {shown}" if shown else ""), flush=True)
        if not holds:
            self.failed.append(what)


@dataclass(frozen=True)
class Image:
    """The image's files, mounted, and what it says about how it is run."""

    files: Path
    config: Mapping[str, Any]
    # Volumes for the register and for its copies.
    register: Path
    copies: Path

    def start(
        self, arguments: list[str], settings: Mapping[str, str], *, entrypoint: bool = True
    ) -> "subprocess.Popen[str]":
        program = [*(self.config["Entrypoint"] if entrypoint else ()), *arguments]
        environment = dict(line.split("=", 1) for line in self.config["Env"]) | dict(settings)
        unshare = shutil.which("unshare") or "unshare"
        return subprocess.Popen(
            [unshare, "--mount", "sh", "-c", _START, "-", self.files, self.register, self.copies, *program],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(
        self, *arguments: str, settings: Mapping[str, str] | None = None, entrypoint: bool = True
    ) -> tuple[int, str]:
        """Return the exit code, and what was printed."""
        process = self.start(list(arguments), settings or {}, entrypoint=entrypoint)
        printed, _ = process.communicate(timeout=PATIENCE)
        return process.returncode, printed.strip()


class Builder:
    """buildah, with storage of its own in the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        storage = folder / "storage"
        # Its storage needs nothing of the machine's file system.
        self._program = ["buildah", "--storage-driver", "vfs", "--root", str(storage / "root")]
        self._program += ["--runroot", str(storage / "run")]

    def __call__(self, *arguments: str | Path) -> str:
        return subprocess.run(
            [*self._program, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
        ).stdout.strip()

    def base(self) -> None:
        """Make the clean root and an image of it, unless they are there."""
        if self("images", "--quiet", "--filter", f"reference={BASE}"):
            return
        root = self._folder / "base"
        if not root.exists():
            made = root.with_name("base.part")
            shutil.rmtree(made, ignore_errors=True)
            include = "--include=python3,python3-venv,ca-certificates"
            subprocess.run(["debootstrap", "--variant=minbase", include, "bookworm", made], check=True)
            made.rename(root)
        for own in map(Path, MACHINES_OWN):
            if own.exists():
                shutil.copy(own, root / own.relative_to("/"))
        container = self("from", "scratch")
        self("add", "--quiet", container, root, "/")
        self("commit", "--quiet", "--rm", container, BASE)

    def build(self) -> None:
        self(
            *("build", "--pull-never", "--isolation", "chroot", "--format", "docker"),
            *("--build-arg", f"PYTHON={BASE}", "--ignorefile", "deploy/Dockerfile.dockerignore"),
            *("--file", "deploy/Dockerfile", "--tag", IMAGE, "."),
        )

    @contextmanager
    def mounted(self) -> Iterator[Image]:
        config = json.loads(self("inspect", "--type", "image", IMAGE))["Docker"]["config"]
        container = self("from", "--pull-never", IMAGE)
        try:
            volumes = [self._folder / name for name in ("register", "copies")]
            for volume in volumes:
                shutil.rmtree(volume, ignore_errors=True)
                volume.mkdir(0o700)
                os.chown(volume, USER, USER)
            yield Image(Path(self("mount", container)), config, *volumes)
        finally:
            self("umount", container)
            self("rm", container)


def look_at_what_is_in_it(image: Image, report: Report) -> None:
    code, shown = image.run("--version")
    report.that("it tells its version", code == 0, shown)
    script = "for name in " + " ".join(FORBIDDEN) + "; do command -v $name; done; true"
    report.that("no compiler and no pip", image.run("sh", "-c", script, entrypoint=False) == (0, ""))
    script = "grep -E '^(Uid|CapEff|CapBnd|NoNewPrivs)' /proc/self/status; touch /opt/recbot/x /etc/x /x 2>&1"
    _, shown = image.run("sh", "-c", script, entrypoint=False)
    report.that("its user is not root", f"Uid:\t{USER}\t{USER}" in shown)
    report.that("it has no capability", shown.count("0000000000000000") == 2)
    report.that("nothing can be written outside its volumes", shown.count("Read-only file system") == 3)
    script = "from importlib import metadata; print(*(found.name for found in metadata.distributions()))"
    _, installed = image.run("python3", "-c", script, entrypoint=False)
    wanted = {line.partition("==")[0] for line in parts("constraints", "run").splitlines()} | {"recbot"}
    names = {re.sub(r"[-_.]+", "-", name).lower() for name in installed.split()}
    report.that("its packages are the lock's and recbot", names == wanted, f"{len(names)} packages")
    _, listed = image.run("cat", "/opt/recbot/recbot.cdx.json", entrypoint=False)
    report.that("its list of parts is the lock's", listed == parts("sbom"))


def parts(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "deploy" / "parts.py", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@contextmanager
def serving(image: Image, report: Report, settings: Mapping[str, str]) -> Iterator[int]:
    """Run `serve`, until its own health check is content, and stop it again. Gives the port."""
    port = free_port()
    settings = {**settings, "PORT": str(port)}
    process = image.start(image.config["Cmd"], settings)
    check = image.config["Healthcheck"]["Test"][1:]
    deadline = time.monotonic() + PATIENCE
    healthy = False
    while not healthy and process.poll() is None and time.monotonic() < deadline:
        healthy = image.run(*check, settings=settings, entrypoint=False)[0] == 0
    report.that("its health check holds", healthy)
    try:
        yield port
    finally:
        started = time.monotonic()
        process.terminate()
        shown, _ = process.communicate(timeout=PATIENCE)
        report.that(
            "told to stop, it ends with 0",
            process.returncode == 0,
            f"after {time.monotonic() - started:.1f} s" if process.returncode == 0 else shown,
        )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def read(port: int, path: str) -> str:
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return str(answer.read().decode())


def use_it(image: Image, report: Report, slack: StandIn, settings: Mapping[str, str]) -> None:
    """Serve, and answer somebody who asks."""
    with serving(image, report, settings) as port:
        report.that("/healthz tells the version", "\nrecbot " in read(port, "/healthz"))
        slack.wait_until_connected(PATIENCE)
        reply = slack.person("U0CORA").types("/recs contacts kent")
        report.that("it answers in Slack", "Kent" in reply.text, reply.text.splitlines()[0])
        report.that("it is ready", read(port, "/readyz") == "ready\n")


def on_sqlite(image: Image, report: Report, slack: StandIn, settings: Mapping[str, str]) -> None:
    print("\nOn SQLite", flush=True)
    code, shown = image.run("import", "--bodies", settings=settings)
    report.that("the bodies are imported", code == 0, shown.splitlines()[-1])
    use_it(image, report, slack, settings)
    code, shown = image.run("backup", "/var/backups/recbot/first", settings=settings)
    report.that("a copy is made", code == 0, shown)
    modes = {
        oct(file.stat().st_mode & 0o777) for file in (image.register / "recbot.db", image.copies / "first")
    }
    report.that("the register and its copy are for their owner alone", modes == {"0o600"})


def on_postgresql(image: Image, report: Report, slack: StandIn, settings: Mapping[str, str]) -> None:
    """In the steps of the compose file."""
    print("\nOn PostgreSQL", flush=True)
    with postgresql(image.register.parent) as url:
        settings = {**settings, "DATABASE_URL": url}
        code, shown = image.run("serve", settings=settings)
        report.that("it does not start before the schema is there", code == 1, shown.splitlines()[-1])
        code, shown = image.run("migrate", settings=settings)
        report.that("migrate is a step of its own", code == 0, shown.splitlines()[-1])
        code, shown = image.run("import", "--bodies", settings=settings)
        report.that("the bodies are imported", code == 0)
        use_it(image, report, slack, settings)
        code, shown = image.run("backup", "/var/backups/recbot/second", settings=settings)
        report.that("a copy is made", code == 0, shown)


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Run this machine's PostgreSQL of Debian, with a database of its own. Gives its URL."""
    (programs,) = Path("/usr/lib/postgresql/15").glob("bin")
    password, port, data = secrets.token_hex(12), free_port(), folder / "postgresql"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(0o700)
    shutil.chown(data, "postgres", "postgres")
    as_postgres: list[str | Path] = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    word = data / "password"
    word.write_text(password)
    shutil.chown(word, "postgres")
    create: list[str | Path] = [
        programs / "initdb",
        "-D",
        data / "data",
        "--auth=scram-sha-256",
        "-U",
        "recbot",
    ]
    subprocess.run(
        [*as_postgres, *create, f"--pwfile={word}"], stdout=subprocess.DEVNULL, cwd=data, check=True
    )
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={data}"
    control: list[str | Path] = [
        *as_postgres,
        programs / "pg_ctl",
        "-D",
        data / "data",
        "-w",
        "-l",
        data / "log",
    ]
    subprocess.run([*control, "-o", options, "start"], stdout=subprocess.DEVNULL, cwd=data, check=True)
    try:
        yield f"postgresql://recbot:{password}@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "fast", "stop"], stdout=subprocess.DEVNULL, cwd=data, check=True)


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    buildah, report = Builder(folder), Report()
    buildah.base()
    buildah.build()
    with buildah.mounted() as image, StandIn() as slack:
        look_at_what_is_in_it(image, report)
        slack.install(manifest.socket_form())
        slack.add_person("U0CORA", "Cora Lane")
        slack.add_channel("C0COORD", "coordination")
        settings = {
            "SLACK_API_URL": slack.api_url,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "RECBOT_COORDINATORS": "U0CORA",
            "RECBOT_DIGEST_CHANNEL": "C0COORD",
        }
        on_sqlite(image, report, slack, settings)
        slack.wait_until_left(PATIENCE)
        on_postgresql(image, report, slack, settings)
    print(f"\n{len(report.failed)} of these did not hold." if report.failed else "\nAll of it holds.")
    return 1 if report.failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or os.getuid() != 0:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(Path(sys.argv[1]).absolute()))
