"""One log for recbot and its libraries, in words or in JSON, from which every secret is masked.

Free text that people wrote does not belong in a log either: recbot's own records carry ids, and
the libraries that would write message texts or bound values are held at a level where they do not.
"""

import json
import logging
import re
import secrets as chance
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Literal
from urllib.parse import quote

import structlog
from structlog.typing import Processor

MASK = "***"
# Letters and digits that nobody takes for one another, read aloud or copied by hand.
_CLEAR = "ABCDEFGHJKMNPQRTUVWXYZ2346789"
# Slack's tokens, and the signature of a request.
_TOKENS = r"xox[a-z]-[\w.%-]+|xapp-[\w.%-]+|v0=[0-9a-f]{64}"
# At DEBUG, libraries write message texts, requests and bound values, and Bolt does so under loggers
# of any name. So only our own records pass at any level, and others from INFO or the level here on.
_OWN = ("bot", "handlers", "storage")
# Bolt also warns of a request that it does not handle with what is in the request.
_LOWEST = {
    "slack_sdk": logging.WARNING,
    "slack_bolt": logging.ERROR,
    "sqlalchemy": logging.WARNING,
    "alembic": logging.WARNING,
}


def configure(format: Literal["console", "json"], secrets: Sequence[str] = ()) -> None:
    """Sends every record of this process to standard error, at INFO and above, with `secrets` masked."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_writes_no_text)
    handler.setFormatter(_MaskingFormatter(_renderers(format), shared, masking(secrets)))
    logging.captureWarnings(True)
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)


def masking(secrets: Iterable[str]) -> Callable[[str], str]:
    """A function that masks tokens, request signatures and these secrets, however they are quoted."""
    written = {form for secret in secrets if secret for form in _forms(secret)}
    longest_first = sorted(written, key=len, reverse=True)
    pattern = re.compile("|".join([*map(re.escape, longest_first), _TOKENS]))
    return lambda text: pattern.sub(MASK, text)


def reference() -> str:
    """A new id such as `R7K2-PQ` that a person reads out and the log can be searched for."""
    letters = "".join(chance.choice(_CLEAR) for _ in range(6))
    return f"{letters[:4]}-{letters[4:]}"


class _MaskingFormatter(structlog.stdlib.ProcessorFormatter):
    """Masks the finished line, so that nothing a processor or a traceback adds gets past."""

    def __init__(
        self, processors: Sequence[Processor], foreign: Sequence[Processor], mask: Callable[[str], str]
    ) -> None:
        super().__init__(processors=processors, foreign_pre_chain=foreign)
        self._mask = mask

    def format(self, record: logging.LogRecord) -> str:
        return self._mask(super().format(record))


def _renderers(format: Literal["console", "json"]) -> list[Processor]:
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if format == "json":
        return [
            remove_meta,
            structlog.processors.EventRenamer("message"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    # A plain traceback: the prettier ones show the values of local variables.
    console = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    return [remove_meta, console]


def _writes_no_text(record: logging.LogRecord) -> bool:
    package = record.name.partition(".")[0]
    return package in _OWN or record.levelno >= _LOWEST.get(package, logging.INFO)


def _forms(secret: str) -> set[str]:
    plain = {secret, quote(secret, safe=""), repr(secret)[1:-1]}
    return plain | {json.dumps(form, ensure_ascii=False)[1:-1] for form in plain}
