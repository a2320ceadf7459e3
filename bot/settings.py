"""What recbot is told by the environment: checked once, at the start, with words on what to set."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

from dateutil.rrule import rrulestr
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)

from bot.runtime.clock import clock_from

SLACK_API = "https://slack.com/api/"
_SLACK_DOMAINS = ("slack.com", "slack-gov.com")
_RULE_START = datetime(2024, 1, 1)
_DATABASES = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")


class SettingsError(Exception):
    """Settings that are missing or wrong: `problems` has one line for each, and never a value."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _token(prefix: str) -> Callable[[SecretStr | None], SecretStr | None]:
    def check(token: SecretStr | None) -> SecretStr | None:
        if token is not None and not re.fullmatch(rf"{prefix}[\x21-\x7e]+", token.get_secret_value()):
            raise ValueError
        return token

    return check


def _signing_secret(secret: SecretStr | None) -> SecretStr | None:
    if secret is not None and not re.fullmatch(r"(?!xox|xapp-)[\x21-\x7e]+", secret.get_secret_value()):
        raise ValueError
    return secret


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


def _comma_separated(value: object) -> object:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


_UserId = Annotated[str, Field(pattern=r"^[UW][A-Z0-9]{1,30}$")]

# What to set, by field: shown for every value that was refused, in place of the value.
_WHAT_TO_SET = {
    "bot_token": "the bot token, which begins with xoxb- (Slack: OAuth & Permissions)",
    "app_token": "an app-level token, which begins with xapp- (Slack: Basic Information)",
    "signing_secret": "the signing secret, not a token (Slack: Basic Information)",
    "host": "the address to listen on, such as 0.0.0.0",
    "port": "a port from 1 to 65535",
    "api_url": "the base of another Web API, such as http://127.0.0.1:8000/api/, or nothing for Slack's own",
    "database_url": "sqlite:///FILE (a file, not memory) or postgresql://USER:PASSWORD@HOST/NAME"
    " (postgresql://, where other tools may say postgres://; the driver is psycopg)",
    "coordinators": "Slack user ids with commas between them, such as U012AB3CD,W45EF6GH7",
    "digest_channel": "a channel's id, such as C012AB3CD (Slack: at the end of the channel's details)",
    "digest_rule": "one RFC 5545 rule that comes round, such as FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0",
    "digest_names": "names or counts",
    "reminder_rule": "one RFC 5545 rule that comes round, such as FREQ=WEEKLY;BYDAY=TU;BYHOUR=9;BYMINUTE=0",
    "clock": "an ISO 8601 instant with its offset, such as 2025-03-10T08:59:30+00:00,"
    " or @FILE naming a file that holds one",
    "wait_factor": "a number above 0, such as 0.1",
    "publish_dir": "a folder that is new or empty, or that recbot published to before, such as /srv/www",
    "publish_answers": "all, or approved to count what a body wants approved only once it is",
    "log": "console or json",
}


class Settings(BaseModel):
    """Every setting, as checked. Only the command line and the wiring read them."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    bot_token: Annotated[SecretStr, AfterValidator(_token("xoxb-"))] = Field(
        SecretStr(""), alias="SLACK_BOT_TOKEN"
    )
    app_token: Annotated[SecretStr | None, AfterValidator(_token("xapp-"))] = Field(
        None, alias="SLACK_APP_TOKEN"
    )
    signing_secret: Annotated[SecretStr | None, AfterValidator(_signing_secret)] = Field(
        None, alias="SLACK_SIGNING_SECRET"
    )
    host: str = Field("0.0.0.0", alias="HOST")  # noqa: S104 - a server in a container is reached from outside
    port: int = Field(3000, alias="PORT", ge=1, le=65535)
    api_url: Annotated[str, AfterValidator(_base_url)] = Field(SLACK_API, alias="SLACK_API_URL")
    database_url: Annotated[str, AfterValidator(_database_url)] = Field(
        "sqlite:///recbot.db", alias="DATABASE_URL", repr=False
    )
    coordinators: Annotated[tuple[_UserId, ...], BeforeValidator(_comma_separated)] = Field(
        (), alias="RECBOT_COORDINATORS"
    )
    digest_channel: str | None = Field(None, alias="RECBOT_DIGEST_CHANNEL", pattern=r"^[CG][A-Z0-9]{1,30}$")
    digest_rule: Annotated[str, AfterValidator(_recurrence)] = Field(
        "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0", alias="RECBOT_DIGEST_RULE"
    )
    digest_names: Literal["names", "counts"] = Field("names", alias="RECBOT_DIGEST_NAMES")
    reminder_rule: Annotated[str, AfterValidator(_recurrence)] = Field(
        "FREQ=WEEKLY;BYDAY=TU;BYHOUR=9;BYMINUTE=0", alias="RECBOT_REMINDER_RULE"
    )
    clock: Annotated[str, AfterValidator(_clock)] = Field("", alias="RECBOT_CLOCK")
    wait_factor: float = Field(1.0, alias="RECBOT_SETTLE", gt=0, allow_inf_nan=False)
    publish_dir: Path | None = Field(None, alias="RECBOT_PUBLISH_DIR")
    publish_answers: Literal["all", "approved"] = Field("all", alias="RECBOT_PUBLISH_ANSWERS")
    log: Literal["console", "json"] = Field("console", alias="RECBOT_LOG")

    @classmethod
    def load(cls, environ: Mapping[str, str], *, with_slack: bool = True) -> "Settings":
        """Read the settings in `environ`; an empty one counts as not set.

        `with_slack=False` is for commands that only touch the register: tokens may be missing then.
        Raises SettingsError with every problem there is.
        """
        values = _values_in(environ)
        try:
            settings = cls.model_validate(values)
        except ValidationError as error:
            problems = _problems(error)
        else:
            problems = []
        if with_slack:
            problems += _missing_tokens(values)
        if _is_slack(values.get("SLACK_API_URL", SLACK_API)):
            problems += [
                f"{name}: leave it out. It is for tests against another Web API, which SLACK_API_URL names."
                for name in ("RECBOT_CLOCK", "RECBOT_SETTLE")
                if name in values
            ]
        if problems:
            raise SettingsError(problems) from None
        return settings

    @property
    def socket_mode(self) -> bool:
        """Whether requests come by Socket Mode; otherwise by HTTP."""
        return self.app_token is not None

    @property
    def port_is_set(self) -> bool:
        """Whether somebody asked for a port: in Socket Mode one is open for the health paths only then."""
        return "port" in self.model_fields_set

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
        return (*(token.get_secret_value() for token in tokens if token), *written)


def _values_in(environ: Mapping[str, str]) -> dict[str, str]:
    names = {str(field.alias) for field in Settings.model_fields.values()}
    return {name: value.strip() for name, value in environ.items() if name in names and value.strip()}


def _problems(error: ValidationError) -> list[str]:
    wrong = {str(fault["loc"][0]) for fault in error.errors(include_input=False, include_url=False)}
    return [
        f"{field.alias}: set {_WHAT_TO_SET[name]}."
        for name, field in Settings.model_fields.items()
        if field.alias in wrong
    ]


def _missing_tokens(values: Mapping[str, str]) -> list[str]:
    problems = []
    if "SLACK_BOT_TOKEN" not in values:
        problems.append(f"SLACK_BOT_TOKEN: set {_WHAT_TO_SET['bot_token']}.")
    if "SLACK_APP_TOKEN" not in values and "SLACK_SIGNING_SECRET" not in values:
        problems.append(
            f"SLACK_APP_TOKEN: set {_WHAT_TO_SET['app_token']} for Socket Mode;"
            f" or, for HTTP, SLACK_SIGNING_SECRET: {_WHAT_TO_SET['signing_secret']}."
        )
    return problems


def _is_slack(api_url: str) -> bool:
    try:
        host = (urlsplit(api_url).hostname or "").rstrip(".")
    except ValueError:
        return False
    return any(host == domain or host.endswith("." + domain) for domain in _SLACK_DOMAINS)
