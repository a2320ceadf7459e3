"""The JSON Schema of the published `register.json`: which fields there are, and what they can hold."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.questions.account import Account, Form
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.approval import ApprovalState
from bot.domain.register.recommendation import RecommendationKind, RecommendationStatus
from bot.domain.register.update import BOOKKEEPING, UpdateKind
from bot.rendering.documents.columns import SUMMARY, UPDATES, Column, register_columns
from bot.rendering.documents.json import VERSION

Schema = dict[str, Any]

_DAYS = (
    "as_at", "response_on", "progress_on", "respond_by", "due_on", "due_on_stated", "moved_on",
    "body_last_day", "expected_on", "closed_on", "stands_from", "evidence_seen_on", "publish_by",
    "comments_invited_by", "published_on", "copied_on",
)  # fmt: skip
_NUMBERS = (
    "response_overdue_days", "action_overdue_days", "update_count", "expectation_moves", "extensions",
    "extension_days", "update", "about_update", "evidence_follows", "addressed", "response_overdue",
    "action_overdue", "answers_in", "answers_expected",
    *(answer.value.replace(" ", "_") for answer in Answer),
    *(stage.value.replace(" ", "_") for stage in Stage),
)  # fmt: skip
_WORDS: Mapping[str, Iterable[str]] = {
    "form": (Form.PUBLISHED,),
    "recommendation_status": RecommendationStatus,
    "country": ("England", "Wales"),
    "response": Answer,
    "progress": Stage,
    "response_approval": ("", *ApprovalState),
    "progress_approval": ("", *ApprovalState),
    "words_of": ("official", "our own"),
    "priority": ("yes", ""),
    "text_status": ("may be quoted", "not to be quoted", "erased", ""),
}
_KINDS = tuple(kind.value for kind in UpdateKind if kind not in BOOKKEEPING)


def written(account: Account) -> str:
    return json.dumps(schema(account), ensure_ascii=False, indent=1) + "\n"


def schema(account: Account) -> Schema:
    """Return the schema of what `json.write` makes of an account in its published form."""
    update = _object(UPDATES, kind=_KINDS)
    addressee = _object(register_columns(account))
    addressee["properties"] |= {
        "updates": {"type": "array", "items": {"$ref": "#/$defs/update"}},
        "stands_for": {"type": "array", "items": {"$ref": "#/$defs/addressee"}},
    }
    addressee["required"].append("updates")
    head: Schema = {
        "version": {"const": VERSION},
        "form": {"const": Form.PUBLISHED.value},
        "title": {"type": "string"},
        "as_at": _day(),
        "known": {"type": "boolean"},
        "approved_only": {"type": "boolean"},
        "made_at": {"type": "string", "format": "date-time"},
        "through_update": {"type": "integer"},
        "anchor": {"type": "string"},
        "addressees": {"type": "array", "items": {"$ref": "#/$defs/addressee"}},
        "recommendations": {"type": "array", "items": {"$ref": "#/$defs/recommendation"}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The published register of recommendations",
        "type": "object",
        "properties": head,
        "required": list(head),
        "additionalProperties": False,
        "$defs": {
            "addressee": addressee,
            "update": update,
            "recommendation": _object(SUMMARY, kind=tuple(RecommendationKind)),
        },
    }


def _object(columns: tuple[Column[Any], ...], *, kind: Iterable[str] = ()) -> Schema:
    words = {**_WORDS, "kind": kind}
    return {
        "type": "object",
        "properties": {
            column.name: {"title": column.heading, **_values(column.name, words)} for column in columns
        },
        "required": [column.name for column in columns],
        "additionalProperties": False,
    }


def _values(name: str, words: Mapping[str, Iterable[str]]) -> Schema:
    if name in words:
        return {"enum": [str(word) for word in words[name]]}
    if name in _DAYS:
        day = _day()
        return day if name == "as_at" else {**day, "type": ["string", "null"]}
    if name in _NUMBERS:
        return {"type": ["integer", "null"]}
    if name == "recorded_at":
        return {"type": "string", "format": "date-time"}
    return {"type": "string"}


def _day() -> Schema:
    return {"type": "string", "format": "date"}
