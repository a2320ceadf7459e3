from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver

from bot.standin.stage import Stage, staged
from tests.browser.chromium import Browser, chromium_and_driver, opened, started


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser takes a tenth of what all other tests take: `make prove` starts it, `make test` does not."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("prove")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", type=Path, help="the folder for pictures of the main screens")


@pytest.fixture(scope="session")
def programs() -> tuple[str, str]:
    programs = chromium_and_driver()
    if programs is None:
        pytest.skip("Chromium or its driver is missing: apt-get install chromium chromium-driver")
    return programs


@pytest.fixture(scope="package")
def stage(programs: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The demo as `recbot demo` puts it on."""
    with staged(tmp_path_factory.mktemp("stage")) as stage:
        stage.start()
        yield stage
        assert stage.slack.faults_found == []


@pytest.fixture(scope="package")
def address(stage: Stage) -> str:
    return stage.open_page()


@pytest.fixture(scope="package")
def window(programs: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Chromium's window, one after the other on the pages of several demos."""
    with started(*programs, tmp_path_factory.mktemp("profile")) as window:
        yield window


@pytest.fixture
def browser(window: webdriver.Chrome, address: str, stage: Stage) -> Iterator[Browser]:
    """The window on the demo that tests share."""
    with opened(window, address) as browser:
        yield browser
        for person in stage.cast.values():
            if form := person.top_form:
                form.close()
