"""`/recs set custody published by 22 Nov 2024`: what the setting would change, and what it changed."""

from bot.domain.free_text import for_slack
from bot.domain.questions.grammar.published_responses import written_setting
from bot.domain.questions.grammar.typed_recordings import SetReport
from bot.domain.register.published_response import ReportSetting
from bot.rendering import words
from bot.rendering.blocks.buttons import choose
from bot.rendering.blocks.questions.lists import written
from bot.rendering.mrkdwn import escaped
from bot.rendering.screen import Screen, actions, screen, small


def would_set(command: SetReport, setting: ReportSetting) -> Screen:
    """Show what would be set, with the button that records it."""
    if not setting.changes_anything:
        return screen(f"{_as_it_is(setting)} already. Nothing is changed.")
    return screen(
        f"{_would(setting)} Nothing is changed yet.",
        *written(_effects(setting)),
        actions(*choose((("Record this setting", for_slack(written_setting(command))),))),
    )


def is_set(setting: ReportSetting) -> Screen:
    key = setting.after.key
    return screen(
        f"Recorded: {_as_it_is(setting)}.",
        small(escaped(f"`/recs published {key}` shows who has published their response.")),
    )


def _as_it_is(setting: ReportSetting) -> str:
    key, day = setting.after.key, setting.after.publish_by
    if day is None:
        return f"{key} asks for no published response"
    return f"{key} asks for published responses by {words.day(day)}"


def _would(setting: ReportSetting) -> str:
    key, day = setting.after.key, setting.after.publish_by
    if day is None:
        return f"{words.capital(key)} would ask for no published response any more."
    was = f", and not by {words.day(setting.before.publish_by)}" if setting.before.publish_by else ""
    return (
        f"{words.capital(key)} would ask {words.bodies(setting.bodies)} to publish"
        f" {'its' if setting.bodies == 1 else 'their'} response by {words.day(day)}{was}."
    )


def _effects(setting: ReportSetting) -> list[str]:
    verb = "has" if setting.recorded == 1 else "have"
    recorded = (
        f"{words.bodies(setting.recorded)} {verb} recorded something of it; " if setting.recorded else ""
    )
    if setting.after.publish_by is None:
        return [words.capital(f"{recorded}what was recorded stays in the history.")]
    return [
        words.capital(
            f"{recorded}each body records by which day it invites its chief officer's comments, where"
            " and when it has published its response, and to whom it has copied it."
        ),
        "It stands in what they have open until then, and in the account. It is for reports to which"
        " section 55 of the Police Act 1996 applies: leave it off for a super-complaint.",
    ]
