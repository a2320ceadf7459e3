"""The arguments of a Web API call, form-encoded or JSON, read as Slack reads them."""

import json
from typing import Any
from urllib.parse import parse_qsl

from bot.standin.refusal import Refusal, invalid_arguments

Json = dict[str, Any]

# Arguments that travel as JSON text when a call is form-encoded, and what Slack says when it is not JSON.
_JSON_TEXTS = {
    "blocks": "invalid_blocks_format",
    "metadata": "invalid_metadata_format",
    "view": "invalid_arguments",
    "files": "invalid_arguments",
}


class Arguments:
    """One call's arguments; anything unknown is simply never asked for."""

    def __init__(self, values: Json) -> None:
        self.values = values

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """Return an argument that is a text, empty if absent."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def needed(self, name: str) -> str:
        """Return an argument that must be there. Raises Refusal (invalid_arguments)."""
        if name not in self:
            raise invalid_arguments(f"missing required field: {name}")
        return self.text(name)

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("1", "true")

    def whole_number(self, name: str, otherwise: int) -> int:
        if name not in self:
            return otherwise
        if not self.text(name).isdecimal():
            raise Refusal("invalid_limit")
        return int(self.text(name))

    def structure(self, name: str) -> Any:
        """Return an argument that is JSON, None if absent. Raises Refusal where it cannot be read."""
        value = self.values.get(name)
        if isinstance(value, str) and value:
            raise Refusal(_JSON_TEXTS.get(name, "invalid_arguments"))
        return value or None


def read_arguments(body: bytes, content_type: str, query: str) -> tuple[Arguments, str]:
    """Read the arguments and the token that stood among them. Raises Refusal (invalid_json,
    invalid_form_data)."""
    values: Json = dict(parse_qsl(query, keep_blank_values=True))
    try:
        if "json" in content_type:
            values |= json.loads(body or b"{}")
        else:
            values |= dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True))
    except json.JSONDecodeError as error:
        raise Refusal("invalid_json") from error
    except (UnicodeDecodeError, TypeError, ValueError) as error:
        raise Refusal("invalid_form_data") from error
    token = str(values.pop("token", ""))
    for name in _JSON_TEXTS.keys() & values.keys():
        values[name] = _decoded(values[name])
    return Arguments(values), token


def _decoded(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except json.JSONDecodeError:
        return value
