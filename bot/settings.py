"""What recbot is told by the environment: checked once, at the start, with words on what to set."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from dateutil.rrule import rrulestr

from bot.dataclass import dataclass
from bot.runtime.clock import clock_from

SLACK_API = "https://slack.com/api/"
_SLACK_DOMAINS = ("slack.com", "slack-gov.com")
_RULE_START = datetime(2024, 1, 1)
_DATABASES = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")
_PORTS = range(1, 65_536)


class SettingsError(Exception):
    """Settings that are missing or wrong: `problems` has one line for each, and never a value."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Secret:
    """A token, which is not shown where it is printed."""

    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a setting is read. `read` raises ValueError where the text is wrong; then `what_to_set` is shown,
    and never the text."""

    name: str  # of the environment variable
    read: Callable[[str], object]
    what_to_set: str


def _matching(pattern: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError
        return text

    return read


def _secret(pattern: str) -> Callable[[str], Secret]:
    matching = _matching(pattern)
    return lambda text: Secret(matching(text))


def _base_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError
    return url.rstrip("/") + "/"


def _database_url(url: str) -> str:
    scheme, separator, place = url.partition("://")
    if not separator or scheme not in _DATABASES:
        raise ValueError
    # Two engines share one database, which cannot be one that lives in a single connection's memory.
    if scheme.startswith("sqlite") and (not place.startswith("/") or place == "/" or ":memory:" in place):
        raise ValueError
    return url


def _recurrence(rule: str) -> str:
    # Without a positive interval, dateutil looks for the next occurrence for ever.
    if not re.fullmatch(r"(RRULE:)?[A-Z0-9=;,+-]+", rule) or re.search(r"INTERVAL=(?![1-9])", rule):
        raise ValueError
    if len(list(islice(rrulestr(rule, dtstart=_RULE_START), 2))) < 2:
        raise ValueError
    return rule


def _clock(setting: str) -> str:
    clock_from(setting)
    return setting


def _port(text: str) -> int:
    if (port := int(text)) not in _PORTS:
        raise ValueError
    return port


def _wait_factor(text: str) -> float:
    factor = float(text)
    if not (math.isfinite(factor) and factor > 0):
        raise ValueError
    return factor


_user_id = _matching(r"[UW][A-Z0-9]{1,30}")


def _user_ids(text: str) -> tuple[str, ...]:
    return tuple(_user_id(part.strip()) for part in text.split(",") if part.strip())


# By the field of Settings, in the order in which problems are told.
_SETTINGS = {
    "bot_token": _Setting(
        "SLACK_BOT_TOKEN",
        _secret(r"xoxb-[\x21-\x7e]+"),
        "the bot token, which begins with xoxb- (Slack: OAuth & Permissions)",
    ),
    "app_token": _Setting(
        "SLACK_APP_TOKEN",
        _secret(r"xapp-[\x21-\x7e]+"),
        "an app-level token, which begins with xapp- (Slack: Basic Information)",
    ),
    "signing_secret": _Setting(
        "SLACK_SIGNING_SECRET",
        _secret(r"(?!xox|xapp-)[\x21-\x7e]+"),
        "the signing secret, not a token (Slack: Basic Information)",
    ),
    "host": _Setting("HOST", str, "the address to listen on, such as 0.0.0.0"),
    "port": _Setting("PORT", _port, "a port from 1 to 65535"),
    "api_url": _Setting(
        "SLACK_API_URL",
        _base_url,
        "the base of another Web API, such as http://127.0.0.1:8000/api/, or nothing for Slack's own",
    ),
    "database_url": _Setting(
        "DATABASE_URL",
        _database_url,
        "sqlite:///FILE (a file, not memory) or postgresql://USER:PASSWORD@HOST/NAME"
        " (postgresql://, where other tools may say postgres://; the driver is psycopg)",
    ),
    "coordinators": _Setting(
        "RECBOT_COORDINATORS",
        _user_ids,
        "Slack user ids with commas between them, such as U012AB3CD,W45EF6GH7",
    ),
    "digest_channel": _Setting(
        "RECBOT_DIGEST_CHANNEL",
        _matching(r"[CG][A-Z0-9]{1,30}"),
        "a channel's id, such as C012AB3CD (Slack: at the end of the channel's details)",
    ),
    "digest_rule": _Setting(
        "RECBOT_DIGEST_RULE",
        _recurrence,
        "one RFC 5545 rule that comes round, such as FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0",
    ),
    "digest_names": _Setting("RECBOT_DIGEST_NAMES", _matching("names|counts"), "names or counts"),
    "reminder_rule": _Setting(
        "RECBOT_REMINDER_RULE",
        _recurrence,
        "one RFC 5545 rule that comes round, such as FREQ=WEEKLY;BYDAY=TU;BYHOUR=9;BYMINUTE=0",
    ),
    "clock": _Setting(
        "RECBOT_CLOCK",
        _clock,
        "an ISO 8601 instant with its offset, such as 2025-03-10T08:59:30+00:00,"
        " or @FILE naming a file that holds one",
    ),
    "wait_factor": _Setting("RECBOT_SETTLE", _wait_factor, "a number above 0, such as 0.1"),
    "publish_dir": _Setting(
        "RECBOT_PUBLISH_DIR",
        Path,
        "a folder that is new or empty, or that recbot published to before, such as /srv/www",
    ),
    "publish_answers": _Setting(
        "RECBOT_PUBLISH_ANSWERS",
        _matching("all|approved"),
        "all, or approved to count what a body wants approved only once it is",
    ),
    "log": _Setting("RECBOT_LOG", _matching("console|json"), "console or json"),
}


@dataclass(frozen=True)
class Settings:
    """Every setting, as checked. Only the command line and the wiring read them."""

    bot_token: Secret = Secret("")
    app_token: Secret | None = None
    signing_secret: Secret | None = None
    host: str = "0.0.0.0"  # noqa: S104 - a server in a container is reached from outside
    port: int = 3000
    api_url: str = SLACK_API
    database_url: str = field(default="sqlite:///recbot.db", repr=False)
    coordinators: tuple[str, ...] = ()
    digest_channel: str | None = None
    digest_rule: str = "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0"
    digest_names: Literal["names", "counts"] = "names"
    reminder_rule: str = "FREQ=WEEKLY;BYDAY=TU;BYHOUR=9;BYMINUTE=0"
    clock: str = ""
    wait_factor: float = 1.0
    publish_dir: Path | None = None
    publish_answers: Literal["all", "approved"] = "all"
    log: Literal["console", "json"] = "console"
    # Whether somebody asked for a port: in Socket Mode one is open for the health paths only then.
    port_is_set: bool = False

    @classmethod
    def load(cls, environ: Mapping[str, str], *, with_slack: bool = True) -> "Settings":
        """Read the settings in `environ`; an empty one counts as not set.

        `with_slack=False` is for commands that only touch the register: tokens may be missing then.
        Raises SettingsError with every problem there is.
        """
        texts = _texts_in(environ)
        values, problems = _read(texts)
        if with_slack:
            problems += _missing_tokens(texts)
        if _is_slack(texts.get("api_url", SLACK_API)):
            problems += [
                f"{_SETTINGS[field_name].name}: leave it out."
                " It is for tests against another Web API, which SLACK_API_URL names."
                for field_name in ("clock", "wait_factor")
                if field_name in texts
            ]
        if problems:
            raise SettingsError(problems)
        return cls(**values, port_is_set="port" in texts)

    @property
    def socket_mode(self) -> bool:
        """Whether requests come by Socket Mode; otherwise by HTTP."""
        return self.app_token is not None

    @property
    def loopback_hooks(self) -> bool:
        """Whether a response_url is on loopback, where another Web API stands in for Slack's own."""
        return not _is_slack(self.api_url)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show: the tokens, the signing secret and the database's password."""
        tokens = (self.bot_token, self.app_token, self.signing_secret)
        password = re.match(r"[^:]+://[^:/@]*:([^@]+)@", self.database_url)
        written = {password[1], unquote(password[1])} if password else set()
        return (*(token.value for token in tokens if token and token.value), *written)


def _texts_in(environ: Mapping[str, str]) -> dict[str, str]:
    """Return what the environment says of each setting, by field."""
    texts = {field_name: environ.get(setting.name, "").strip() for field_name, setting in _SETTINGS.items()}
    return {field_name: text for field_name, text in texts.items() if text}


def _read(texts: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Return the values that could be read, by field, and a problem for each that could not."""
    values: dict[str, Any] = {}
    problems = []
    for field_name, text in texts.items():
        setting = _SETTINGS[field_name]
        try:
            values[field_name] = setting.read(text)
        except ValueError:
            problems.append(f"{setting.name}: set {setting.what_to_set}.")
    return values, problems


def _missing_tokens(texts: Mapping[str, str]) -> list[str]:
    bot_token, app_token = _SETTINGS["bot_token"], _SETTINGS["app_token"]
    signing_secret = _SETTINGS["signing_secret"]
    problems = []
    if "bot_token" not in texts:
        problems.append(f"{bot_token.name}: set {bot_token.what_to_set}.")
    if "app_token" not in texts and "signing_secret" not in texts:
        problems.append(
            f"{app_token.name}: set {app_token.what_to_set} for Socket Mode;"
            f" or, for HTTP, {signing_secret.name}: {signing_secret.what_to_set}."
        )
    return problems


def _is_slack(api_url: str) -> bool:
    try:
        host = (urlsplit(api_url).hostname or "").rstrip(".")
    except ValueError:
        return False
    return any(host == domain or host.endswith("." + domain) for domain in _SLACK_DOMAINS)
