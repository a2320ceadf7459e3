"""Published sites, and what is to be true of every page."""

import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bot.domain.values import replace
from bot.runtime.wiring.publishing import publish
from storage.database import FOR_LONG_WORK, Database
from tests.cast import NOW, Register

_VOID = {"br", "hr", "img", "input", "link", "meta"}


class Page(HTMLParser):
    """A page as it was read: its faults, its ids, and the addresses that it links to."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"never closed: {tag}" for tag in self._open]
        self.faults += [f"an id twice: {name}" for name in self.ids if self.ids.count(name) > 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in _VOID:
            self._open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src"):
                self.links.append(value or "")
            elif name.startswith("on"):
                self.faults.append(f"a script: {name}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"closed and not open: {tag}")


def published(register: Register, folder: Path, now: datetime = NOW, *, approved_only: bool = False) -> Path:
    """The register as a site in a folder, written as unhurriedly as recbot does."""
    unhurried = Database(register.store.database.url.render_as_string(hide_password=False), FOR_LONG_WORK)
    try:
        store = replace(register.store, database=unhurried)
        publish(store, now, folder / "site", approved_only=approved_only)
    finally:
        unhurried.close()
    return folder / "site"


def text_of(site: Path, address: str) -> str:
    return (site / address).read_text(encoding="utf-8")


def words_of(site: Path, address: str) -> str:
    """What can be read on a page, on one line."""
    without_tags = re.sub(r"<[^>]+>", " ", text_of(site, address))
    return re.sub(r" ([.,:;)])", r"\1", " ".join(without_tags.split()))


def everything(site: Path) -> bytes:
    """All that stands in any file."""
    return b"\n".join(path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file())


def faults_of(site: Path) -> list[str]:
    """What is wrong with any page: tags, ids, scripts, and links that lead nowhere."""
    pages = {path.relative_to(site): Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    faults = []
    for path, page in pages.items():
        faults += [f"{path}: {fault}" for fault in page.faults]
        faults += [f"{path}: a script"] if "script" in page.tags else []
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = Path(site, path.parent, unquote(parts.path)) if parts.path else site / path
            if not target.is_file():
                faults.append(f"{path}: leads nowhere: {link}")
                continue
            to = pages.get(target.resolve().relative_to(site.resolve()))
            if parts.fragment and to is not None and parts.fragment not in to.ids:
                faults.append(f"{path}: leads to no place of the page: {link}")
    return faults
