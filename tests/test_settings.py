from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError

STAND_IN = {"SLACK_API_URL": "http://127.0.0.1:8000/api"}
SOCKET_MODE = {"SLACK_BOT_TOKEN": "xoxb-1-bot", "SLACK_APP_TOKEN": "xapp-1-app"}
HTTP = {"SLACK_BOT_TOKEN": "xoxb-1-bot", "SLACK_SIGNING_SECRET": "5ec4e7"}


def problems(environ: dict[str, str], with_slack: bool = True) -> list[str]:
    """What is said about `environ`, which must not be accepted."""
    with pytest.raises(SettingsError) as refused:
        Settings.load(environ, with_slack=with_slack)
    assert str(refused.value) == "\n".join(refused.value.problems)
    return refused.value.problems


def test_two_tokens_are_enough_and_the_rest_has_its_defaults() -> None:
    settings = Settings.load(SOCKET_MODE)
    assert settings.bot_token.get_secret_value() == "xoxb-1-bot"
    assert settings.socket_mode
    assert not settings.loopback_hooks
    assert settings.api_url == "https://slack.com/api/"
    assert (settings.host, settings.port) == ("0.0.0.0", 3000)
    assert settings.database_url == "sqlite:///recbot.db"
    assert settings.coordinators == ()
    assert settings.digest_channel is None
    assert settings.digest_rule == "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0"
    assert (settings.digest_names, settings.clock, settings.wait_factor, settings.log) == (
        "names",
        "",
        1.0,
        "console",
    )


def test_with_a_signing_secret_and_no_app_token_it_is_http() -> None:
    assert not Settings.load(HTTP).socket_mode
    assert Settings.load(HTTP | SOCKET_MODE).socket_mode


def test_every_setting_is_read() -> None:
    settings = Settings.load(
        HTTP
        | STAND_IN
        | {
            "HOST": "127.0.0.1",
            "PORT": "8080",
            "DATABASE_URL": "postgresql://recbot@db/recbot",
            "RECBOT_COORDINATORS": "U0CORA, W0DEV",
            "RECBOT_DIGEST_CHANNEL": "C0COORD",
            "RECBOT_DIGEST_RULE": "FREQ=WEEKLY;BYDAY=FR;BYHOUR=16;BYMINUTE=30",
            "RECBOT_DIGEST_NAMES": "counts",
            "RECBOT_REMINDER_RULE": "FREQ=WEEKLY;BYDAY=WE;BYHOUR=10;BYMINUTE=0",
            "RECBOT_CLOCK": "2025-03-10T08:59:30+00:00",
            "RECBOT_SETTLE": "0.05",
            "RECBOT_LOG": "json",
        }
    )
    assert settings.loopback_hooks
    assert settings.api_url == "http://127.0.0.1:8000/api/"
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.database_url == "postgresql://recbot@db/recbot"
    assert settings.coordinators == ("U0CORA", "W0DEV")
    assert settings.digest_channel == "C0COORD"
    assert settings.digest_rule == "FREQ=WEEKLY;BYDAY=FR;BYHOUR=16;BYMINUTE=30"
    assert (settings.digest_names, settings.log) == ("counts", "json")
    assert settings.reminder_rule == "FREQ=WEEKLY;BYDAY=WE;BYHOUR=10;BYMINUTE=0"
    assert (settings.clock, settings.wait_factor) == ("2025-03-10T08:59:30+00:00", 0.05)


def test_an_empty_setting_counts_as_not_set_and_spaces_do_not_matter() -> None:
    settings = Settings.load({name: f" {value}\n" for name, value in SOCKET_MODE.items()} | {"PORT": " "})
    assert settings == Settings.load(SOCKET_MODE)


def test_all_that_is_missing_is_said_at_once() -> None:
    bot_token, way_in = problems({})
    assert bot_token.startswith("SLACK_BOT_TOKEN: ")
    assert "xoxb-" in bot_token
    assert "SLACK_APP_TOKEN" in way_in
    assert "SLACK_SIGNING_SECRET" in way_in


def test_commands_that_only_touch_the_register_need_no_tokens() -> None:
    settings = Settings.load({"DATABASE_URL": "sqlite:///other.db"}, with_slack=False)
    assert settings.database_url == "sqlite:///other.db"
    assert problems({"DATABASE_URL": "mysql://db"}, with_slack=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1-mixed-up"),
        ("SLACK_BOT_TOKEN", "xoxp-1-a-user's"),
        ("SLACK_BOT_TOKEN", "xoxb-in two"),
        ("SLACK_APP_TOKEN", "xoxb-1-mixed-up"),
        ("SLACK_SIGNING_SECRET", "xoxb-1-mixed-up"),
        ("SLACK_SIGNING_SECRET", "xapp-1-mixed-up"),
        ("SLACK_SIGNING_SECRET", "sécret"),
        ("SLACK_API_URL", "127.0.0.1:8000/api"),
        ("SLACK_API_URL", "ftp://127.0.0.1/api/"),
        ("SLACK_API_URL", "http://[127.0.0.1/api/"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("DATABASE_URL", "recbot-secret.db"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "mysql://u:hunter2@db/recbot"),
        ("DATABASE_URL", "postgresql+asyncpg://u:hunter2@db/recbot"),
        ("RECBOT_COORDINATORS", "U0CORA,@cora"),
        ("RECBOT_COORDINATORS", "u0cora"),
        ("RECBOT_DIGEST_CHANNEL", "#coordination"),
        ("RECBOT_DIGEST_CHANNEL", "D0DIRECT"),
        ("RECBOT_DIGEST_RULE", "every Monday"),
        ("RECBOT_DIGEST_RULE", "FREQ=WEEKLY;BYDAY=XX"),
        ("RECBOT_DIGEST_RULE", "FREQ=WEEKLY;COUNT=1"),
        ("RECBOT_DIGEST_RULE", "FREQ=WEEKLY;INTERVAL=0"),
        ("RECBOT_DIGEST_RULE", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        ("RECBOT_DIGEST_RULE", "DTSTART:20200101T000000\nRRULE:FREQ=WEEKLY"),
        ("RECBOT_DIGEST_NAMES", "initials"),
        ("RECBOT_REMINDER_RULE", "Tuesdays"),
        ("RECBOT_CLOCK", "2025-03-10T08:59:30"),
        ("RECBOT_CLOCK", "@/no/such/file"),
        ("RECBOT_SETTLE", "0"),
        ("RECBOT_SETTLE", "-1"),
        ("RECBOT_SETTLE", "nan"),
        ("RECBOT_SETTLE", "inf"),
        ("RECBOT_SETTLE", "slowly"),
        ("RECBOT_LOG", "xml"),
    ],
)
def test_a_wrong_value_is_named_by_its_setting_and_never_repeated(name: str, value: str) -> None:
    (problem,) = problems(SOCKET_MODE | STAND_IN | {name: value})
    assert problem.startswith(f"{name}: set ")
    assert "\n" not in problem
    # The same words for any wrong value: so none of them are the value's own.
    assert problem == problems(SOCKET_MODE | STAND_IN | {name: "no üse for anything"})[0]


def test_postgres_in_short_is_explained() -> None:
    (problem,) = problems(SOCKET_MODE | {"DATABASE_URL": "postgres://u:hunter2@db/recbot"})
    assert "postgresql://, where other tools may say postgres://" in problem
    assert "hunter2" not in problem


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////var/lib/recbot.db",
        "postgresql:///recbot?host=/run",
        "postgresql+psycopg://db/recbot",
    ],
)
def test_these_databases_are_understood(url: str) -> None:
    assert Settings.load(SOCKET_MODE | {"DATABASE_URL": url}).database_url == url


@pytest.mark.parametrize(
    "slack",
    [
        {},
        {"SLACK_API_URL": "https://slack.com/api/"},
        {"SLACK_API_URL": "https://SLACK.com./api/"},
        {"SLACK_API_URL": "https://dev@www.slack.com:443/api/"},
        {"SLACK_API_URL": "https://slack-gov.com/api/"},
    ],
)
def test_another_clock_or_shorter_waits_are_refused_with_slack_itself(slack: dict[str, str]) -> None:
    environ = SOCKET_MODE | slack | {"RECBOT_CLOCK": "2025-03-10T08:59:30+00:00", "RECBOT_SETTLE": "0.1"}
    clock, settle = problems(environ)
    assert clock.startswith("RECBOT_CLOCK: leave it out")
    assert settle.startswith("RECBOT_SETTLE: leave it out")
    assert not Settings.load(SOCKET_MODE | slack).loopback_hooks


def test_a_file_can_hold_the_clock(tmp_path: Path) -> None:
    (tmp_path / "clock").write_text("2025-03-10T08:59:30+00:00")
    setting = f"@{tmp_path / 'clock'}"
    assert Settings.load(SOCKET_MODE | STAND_IN | {"RECBOT_CLOCK": setting}).clock == setting


def test_printing_the_settings_shows_no_secret() -> None:
    environ = SOCKET_MODE | HTTP | {"DATABASE_URL": "postgresql://u:hunter2@db/recbot"}
    shown = repr(Settings.load(environ))
    for secret in ("xoxb-1-bot", "xapp-1-app", "5ec4e7", "hunter2"):
        assert secret not in shown


def test_the_log_is_told_every_secret() -> None:
    environ = SOCKET_MODE | HTTP | {"DATABASE_URL": "postgresql://u:hunter%402@db/recbot"}
    assert set(Settings.load(environ).secrets) == {
        "xoxb-1-bot",
        "xapp-1-app",
        "5ec4e7",
        "hunter%402",
        "hunter@2",
    }
    assert Settings.load({}, with_slack=False).secrets == ()
