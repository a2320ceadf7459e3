from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.standin.stage import Stage, staged
from tests.browser.chromium import Browser, chromium_and_driver, opened


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", type=Path, help="the folder for pictures of the main screens")


@pytest.fixture(scope="session")
def programs() -> tuple[str, str]:
    programs = chromium_and_driver()
    if programs is None:
        pytest.skip("Chromium or its driver is missing: apt-get install chromium chromium-driver")
    return programs


@pytest.fixture(scope="session")
def stage(programs: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The demo as `recbot demo` puts it on."""
    with staged(tmp_path_factory.mktemp("stage")) as stage:
        stage.start()
        yield stage
        assert stage.slack.faults_found == []


@pytest.fixture(scope="session")
def address(stage: Stage) -> str:
    return stage.open_page()


@pytest.fixture(scope="session")
def window(
    programs: tuple[str, str], address: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    with opened(*programs, tmp_path_factory.mktemp("profile"), address) as browser:
        yield browser


@pytest.fixture
def browser(window: Browser, stage: Stage) -> Iterator[Browser]:
    """A window of the usual size, in light colours; whatever the page complains of fails the test."""
    window.looks_like()
    yield window
    for person in stage.cast.values():
        if form := person.top_form:
            form.close()
    assert window.complaints() == []
