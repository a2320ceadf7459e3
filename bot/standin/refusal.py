"""What Slack refuses, in Slack's own words."""

from typing import Any


class Refusal(Exception):
    """An answer with `ok` false: the error's name and whatever Slack adds to it."""

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.error = error
        self.details = details

    def as_answer(self) -> dict[str, Any]:
        return {"ok": False, "error": self.error, **self.details}


def invalid_arguments(*messages: str) -> Refusal:
    return Refusal("invalid_arguments", response_metadata={"messages": [f"[ERROR] {m}" for m in messages]})
