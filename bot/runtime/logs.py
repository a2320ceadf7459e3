"""One log for recbot and its libraries, in words or in JSON, from which every secret is masked.

Free text that people wrote does not belong in a log either: recbot's own records carry ids. Others'
records may quote what came from Slack or the database, at any level: of them only the logger's name, the
level, the place in the code and the exception's class are written. So it is with what nobody caught.
"""

import copy
import json
import logging
import re
import secrets as chance
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import Literal, TextIO
from urllib.parse import quote

import structlog
from structlog.typing import Processor

log = logging.getLogger(__name__)

MASK = "***"
# Letters and digits that are not taken for one another when they are read aloud or copied by hand.
_CLEAR = "ABCDEFGHJKMNPQRTUVWXYZ2346789"
# Slack's tokens, and the signature of a request.
_TOKENS = r"xox[a-z]-[\w.%-]+|xapp-[\w.%-]+|v0=[0-9a-f]{64}"
_OWN = ("bot", "handlers", "storage")
# Bolt warns of each request that it refuses, such as a forged one.
_LOWEST = {"slack_bolt": logging.ERROR}


def configure(format: Literal["console", "json"], secrets: Sequence[str] = ()) -> None:
    """Send every record of this process, at INFO and above, to standard error, with `secrets` masked."""
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
    handler = _Handler(sys.stderr)
    handler.addFilter(_is_worth_a_line)
    handler.setFormatter(_MaskingFormatter(_renderers(format), shared, masking(secrets)))
    logging.captureWarnings(True)
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    sys.excepthook = _tell_uncaught
    threading.excepthook = lambda failed: _tell_uncaught(
        failed.exc_type, failed.exc_value, failed.exc_traceback
    )
    sys.unraisablehook = lambda failed: _tell_uncaught(
        failed.exc_type, failed.exc_value, failed.exc_traceback
    )


def masking(secrets: Iterable[str]) -> Callable[[str], str]:
    """Return a function that masks tokens, request signatures and these secrets, however they are quoted."""
    written = {form for secret in secrets if secret for form in _forms(secret)}
    longest_first = sorted(written, key=len, reverse=True)
    pattern = re.compile("|".join([*map(re.escape, longest_first), _TOKENS]))
    return lambda text: pattern.sub(MASK, text)


def reference() -> str:
    """Return a new id such as `R7K2-PQ` that a person reads out and the log can be searched for."""
    letters = "".join(chance.choice(_CLEAR) for _ in range(6))
    return f"{letters[:4]}-{letters[4:]}"


class _Handler(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say nothing in place of logging's own, which prints the record's words and arguments."""
        self.stream.write(f"a record of {_place(record)} could not be written\n")


class _MaskingFormatter(structlog.stdlib.ProcessorFormatter):
    """Takes the words out of libraries' records, and masks the finished line, so that nothing that a
    processor or a traceback adds gets past."""

    def __init__(
        self, processors: Sequence[Processor], foreign: Sequence[Processor], mask: Callable[[str], str]
    ) -> None:
        super().__init__(processors=processors, foreign_pre_chain=foreign)
        self._mask = mask

    def format(self, record: logging.LogRecord) -> str:
        return self._mask(super().format(record if _is_own(record) else _without_words(record)))


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


def _is_own(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in _OWN


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    # A record below a warning says nothing without its words.
    lowest = _LOWEST.get(record.name.partition(".")[0], logging.WARNING)
    return _is_own(record) or record.levelno >= lowest


def _without_words(record: logging.LogRecord) -> logging.LogRecord:
    """Return the record with its place in the code, and its exception's class, in place of its message."""
    bare = copy.copy(record)
    failure = record.exc_info[0] if record.exc_info else None
    bare.msg = f"{_place(record)}: {failure.__name__}" if failure else _place(record)
    bare.args = bare.exc_info = bare.exc_text = bare.stack_info = None
    return bare


def _place(record: logging.LogRecord) -> str:
    return f"{record.filename}:{record.lineno}"


def _tell_uncaught(
    kind: type[BaseException], error: BaseException | None, frames: TracebackType | None
) -> None:
    """Return where it went wrong, in place of Python's own traceback, which ends in the error's words."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, kind(), frames)
        return
    places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(frames)]
    log.critical("uncaught: %s at %s", kind.__name__, " < ".join(reversed(places)) or "an unknown place")


def _forms(secret: str) -> set[str]:
    plain = {secret, quote(secret, safe=""), repr(secret)[1:-1]}
    return plain | {json.dumps(form, ensure_ascii=False)[1:-1] for form in plain}
