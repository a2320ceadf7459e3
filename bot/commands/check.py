"""`recbot check`: what is set up and what is not, one line each, with what to do about it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from msgspec import Struct
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot import manifest
from bot.commands import register
from bot.commands.history import in_words
from bot.domain.register.people import Role
from bot.rendering import words
from bot.runtime.slack_answers import code_of
from bot.runtime.wiring.slack_clients import INSTALLED_FOR_ALL, web_client
from bot.settings import Settings
from storage import bodies, people, published_folder, schema
from storage.database import FOR_LONG_WORK, FOR_REQUESTS, FOR_WORK, Busy, Database
from storage.verify import Broken, verify

# Older versions can damage a WAL database in a rare race: https://sqlite.org/wal.html#walresetbug
_SOUND_SQLITE = (3, 51, 3)
_SKEW_ALLOWED = 30  # seconds
_WITHOUT_HISTORY = (
    " Until then a person is asked about each post of which Slack did not say whether it took it."
)
# Scopes that recbot can do without, and what does not work then.
_OPTIONAL = {
    "app_mentions:read": "a question that mentions recbot in a channel is not answered",
    "users:read.email": "an imported list of contacts cannot name people by e-mail address",
    "files:read": "a file that a coordinator drops on recbot is not read",
}


class Finding(Struct, frozen=True):
    """A line of the report. `good` is False where something has to be done. A warning is good and says what
    would be better; what is not `known` counts as good too."""

    subject: str
    text: str
    good: bool = True
    known: bool = True

    def __str__(self) -> str:
        mark = "FAIL" if not self.good else "ok  " if self.known else "?   "
        return f"{mark} {self.subject}: {self.text}"


def check(settings: Settings, now: datetime) -> list[Finding]:
    """Ask Slack and the database. `now` is the real UTC instant by this machine's clock."""
    client = web_client(settings, timeout=10)
    return [*_slack(client, settings, now), *_database(settings), *_published(settings)]


def _slack(client: WebClient, settings: Settings, now: datetime) -> Iterator[Finding]:
    of_token = list(bot_token(client, now))
    yield from of_token
    if of_token[0].good:
        yield connection(settings)
        yield channel(client, settings.digest_channel)


def _published(settings: Settings) -> Iterator[Finding]:
    """Say whether the register can be published where the settings say so."""
    if settings.publish_dir is None:
        return
    try:
        published_folder.must_be_writable(settings.publish_dir)
    except published_folder.NotOurs:
        text = (
            "RECBOT_PUBLISH_DIR holds something that recbot did not publish: name a new or an empty folder."
        )
        yield Finding("published site", text, good=False)
    except OSError as error:
        yield Finding(
            "published site", f"RECBOT_PUBLISH_DIR cannot be written: {error.strerror}.", good=False
        )
    else:
        yield Finding("published site", "it can be written to RECBOT_PUBLISH_DIR.")


def bot_token(client: WebClient, now: datetime) -> Iterator[Finding]:
    """Ask Slack about the client's token: first whether Slack takes it, and then what it may do, and whether
    this machine's clock is right. `now` is the real UTC instant by that clock."""
    try:
        answer: Any = client.auth_test()
    except SlackApiError as error:
        yield Finding(
            "token",
            f"Slack does not take SLACK_BOT_TOKEN ({code_of(error.response)}): copy it again.",
            good=False,
        )
        return
    except (SlackClientError, OSError) as error:
        yield Finding("Slack", f"does not answer ({type(error).__name__}): check the network.", good=False)
        return
    yield Finding(
        "token", f"Slack knows it as {answer.get('user', 'a bot')} in team {answer.get('team_id')}."
    )
    if (organisation := _organisation(answer)) is not None:
        yield organisation
    headers = {name.lower(): value for name, value in answer.headers.items()}
    yield from _scopes(headers.get("x-oauth-scopes", ""))
    yield _clock(headers.get("date", ""), now)


def _organisation(answer: Any) -> Finding | None:
    """Report the organisation (Enterprise Grid); None for a workspace that belongs to none."""
    if answer.get("is_enterprise_install"):
        return Finding("organisation", INSTALLED_FOR_ALL, good=False)
    if not answer.get("enterprise_id"):
        return None
    return Finding(
        "organisation",
        f"the workspace belongs to {answer['enterprise_id']}. recbot works in it alone: its people"
        " are each one person here, whichever of their workspaces Slack names; others are strangers.",
    )


def _scopes(granted: str) -> Iterator[Finding]:
    have = {scope.strip() for scope in granted.split(",")}
    missing_scopes = [scope for scope in manifest.scopes(manifest.load()) if scope not in have]
    needed = [scope for scope in missing_scopes if scope not in _OPTIONAL]
    if needed:
        reasons = "; ".join(f"{scope} ({manifest.SCOPE_REASONS[scope]})" for scope in needed)
        without = _WITHOUT_HISTORY if any(scope.endswith(":history") for scope in needed) else ""
        yield Finding(
            "scopes", f"missing {reasons}. Add them to the app and install it again.{without}", good=False
        )
    elif not missing_scopes:
        yield Finding("scopes", "all that the manifest asks for.")
    else:
        yield Finding("scopes", "all that are needed.")
    for scope in missing_scopes:
        if purpose := _OPTIONAL.get(scope):
            text = f"{scope} is missing: {purpose}. Add it to the app and install it again for that."
            yield Finding("optional scope", text, known=False)


def _clock(date: str, now: datetime) -> Finding:
    if not date:
        return Finding("clock", "could not be compared: Slack did not say what time it is.", known=False)
    skew = abs((parsedate_to_datetime(date) - now).total_seconds())
    if skew > _SKEW_ALLOWED:
        return Finding(
            "clock", f"off by {skew:.0f} seconds from Slack's: set this machine's clock.", good=False
        )
    return Finding("clock", "agrees with Slack's.")


def connection(settings: Settings) -> Finding:
    """Ask Slack whether the app-level token opens a connection, where there is one."""
    if not settings.socket_mode:
        return Finding("requests", "by HTTP, signed with SLACK_SIGNING_SECRET.")
    token = settings.app_token
    try:
        web_client(settings, timeout=10).apps_connections_open(
            app_token=token.get_secret_value() if token else ""
        )
    except SlackApiError as error:
        return Finding(
            "requests",
            f"SLACK_APP_TOKEN does not open a connection ({code_of(error.response)}):"
            " it needs connections:write.",
            good=False,
        )
    except (SlackClientError, OSError) as error:
        return Finding("requests", f"no connection ({type(error).__name__}): check the network.", good=False)
    return Finding("requests", "by Socket Mode.")


def channel(client: WebClient, channel: str | None) -> Finding:
    """Ask Slack whether recbot is in the channel of the digest."""
    if channel is None:
        return Finding("channel", "no digest is posted: set RECBOT_DIGEST_CHANNEL.", good=False)
    try:
        conversation: Any = client.conversations_info(channel=channel)["channel"]
    except SlackApiError as error:
        return Finding(
            "channel",
            f"Slack does not show {channel} ({code_of(error.response)}): invite recbot to it.",
            good=False,
        )
    except (SlackClientError, OSError) as error:
        return Finding("channel", f"no answer ({type(error).__name__}): check the network.", good=False)
    if conversation.get("is_archived"):
        return Finding("channel", f"{channel} is archived: choose another.", good=False)
    if not conversation.get("is_member"):
        return Finding("channel", f"recbot is not in {channel}: type /invite @recbot there.", good=False)
    return Finding("channel", f"recbot is in {channel}.")


def _database(settings: Settings) -> Iterator[Finding]:
    database = Database(settings.database_url, FOR_REQUESTS)
    if database.is_missing:
        yield Finding("database", register.no_register(database), good=False)
        return
    try:
        present = schema.present(database)
    except Busy as error:
        yield Finding("database", f"does not answer ({error}): check DATABASE_URL.", good=False)
        return
    finally:
        database.close()
    if present is not None and not schema.is_known(present):
        yield Finding("schema", f"is {present}, of a newer recbot: install that version.", good=False)
    elif present != schema.needed():
        yield Finding(
            "schema", f"is {present or 'empty'}, not {schema.needed()}: run recbot migrate.", good=False
        )
    else:
        yield Finding("schema", f"is {present}, as this version needs.")
        yield from _filled(settings)
        yield _history(settings)
    if database.is_sqlite:
        yield _sqlite(sqlite3.sqlite_version_info)


def _filled(settings: Settings) -> Iterator[Finding]:
    """Find out whether the register has what nobody can do without."""
    with closing(Database(settings.database_url, FOR_WORK)) as database:
        try:
            with database.reading() as connection:
                granted = people.granted(connection, role=Role.COORDINATOR)
                number_of_bodies = bodies.count(connection)
        except Busy as error:
            yield Finding("register", f"could not be read ({error}): try again.", known=False)
            return
    ids = {*settings.coordinators, *(grant.who.user_id for grant in granted if grant.is_active)}
    if ids:
        yield Finding("coordinators", f"{len(ids)} set or granted.")
    else:
        yield Finding("coordinators", "nobody is one: set RECBOT_COORDINATORS.", good=False)
    if number_of_bodies:
        yield Finding("bodies", f"{words.count(number_of_bodies, 'policing body', 'policing bodies')}.")
    else:
        yield Finding(
            "bodies",
            "there are none: `recbot import --bodies`, or `recbot example`.",
            good=False,
        )


def _history(settings: Settings) -> Finding:
    with closing(Database(settings.database_url, FOR_LONG_WORK)) as database:
        try:
            verified = verify(database)
        except Busy as error:
            return Finding("history", f"could not be read ({error}): run recbot verify-history.", known=False)
    if isinstance(verified, Broken):
        return Finding("history", in_words(verified), good=False)
    return Finding(
        "history", f"holds: {words.count(verified.seq, 'update')}, and what is shown is what they say."
    )


def _sqlite(version: tuple[int, ...]) -> Finding:
    text = ".".join(map(str, version))
    if version < _SOUND_SQLITE:
        return Finding(
            "SQLite",
            f"is {text}. A rare fault is mended from 3.51.3 on: until then run one recbot and back up daily.",
        )
    return Finding("SQLite", f"is {text}.")
