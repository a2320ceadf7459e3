"""The wheel, where nothing but it and what it needs is installed, used from an empty folder."""

import venv
from collections.abc import Callable, Iterable
from importlib import metadata
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.deploy.installed import (
    ANSWERS_WITHIN,
    PACKAGES,
    PROJECT,
    ROOT,
    Installed,
    build_wheel,
    needed_for,
    pip,
)

pytestmark = pytest.mark.prove

Install = Callable[..., Installed]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture
def install(wheel: Path, tmp_path: Path) -> Install:
    """Install the wheel beside exactly the packages that it and these extras need. Those that are installed
    here stand in for a registry's."""

    def make(*extras: str) -> Installed:
        venv.create(tmp_path / "environment", symlinks=True)
        (library,) = (tmp_path / "environment" / "lib").glob("python*/site-packages")
        for name in sorted(needed_for(*extras)):
            _link(metadata.distribution(name), library)
        python = tmp_path / "environment" / "bin" / "python"
        pip("--python", python, "install", "--no-index", "--no-deps", wheel)
        folder = tmp_path / "empty"
        folder.mkdir()
        return Installed(python.with_name("recbot"), folder)

    return make


def _link(distribution: metadata.Distribution, library: Path) -> None:
    tops = {file.parts[0] for file in distribution.files or []}
    for top in tops - {"..", "__pycache__"}:
        link = library / top
        if not link.exists():
            link.symlink_to(Path(str(distribution.locate_file(top))).resolve())


def _files(names: Iterable[str]) -> set[str]:
    return {name for name in names if not name.endswith("/") and "__pycache__" not in name}


def test_the_wheel_holds_every_file_of_the_program_and_nothing_else(wheel: Path) -> None:
    """Templates, word lists, the example, the manifest and the migrations too."""
    source = {
        str(file.relative_to(ROOT))
        for name in PACKAGES
        for file in (ROOT / name).rglob("*")
        if file.is_file()
    }
    with ZipFile(wheel) as archive:
        packed = _files(archive.namelist())
        manifest = archive.read("bot/manifest.yml").decode()
    information = {name for name in packed if name.split("/")[0].endswith(".dist-info")}
    assert packed - information == _files(source)
    assert manifest == (ROOT / "manifest.yml").read_text(encoding="utf-8")


def test_what_is_installed_keeps_a_register_from_an_empty_folder(install: Install) -> None:
    recbot = install()
    assert recbot.run("--version").stdout == f"recbot {PROJECT['version']}\n"
    for arguments in (["import", "--bodies"], ["export", "--out", "account.docx"]):
        done = recbot.run(*arguments)
        assert (done.returncode, done.stderr) == (0, ""), arguments
    demo = recbot.run("demo")
    assert (demo.returncode, demo.stderr) == (1, "The demo needs its extras: install recbot[demo].\n")


def test_the_demo_answers_within_a_minute_from_an_empty_folder(install: Install) -> None:
    recbot = install("demo")
    assert recbot.demo_answers_after() < ANSWERS_WITHIN
    assert list(recbot.folder.iterdir()) == []
