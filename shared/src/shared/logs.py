"""Structured logs: one JSON line each, tied together by the correlation id."""

import io
import json
import logging
import re
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TextIO, cast

import structlog
from structlog.contextvars import bind_contextvars, clear_contextvars

from shared.ids import uuid7

FRAMES = 8
_SAFE = re.compile(r"^[A-Za-z0-9._:-]{1,128}$")
_DETAIL = re.compile(
    r"^[ |]*DETAIL:.*?(?=\n[ |]*\n[ |]*(?:The above exception was|During handling of)|\n[ |]*\+-|\Z)",
    re.MULTILINE | re.DOTALL,
)
_current: ContextVar[str] = ContextVar("correlation_id", default="")


def correlation_id() -> str:
    """Return the id that ties this request, its events and their effects together."""
    return _current.get()


def begin_correlation(offered: str | None) -> str:
    """Take over the caller's id where it is safe to print, else make a new one."""
    chosen = offered if offered and _SAFE.match(offered) else str(uuid7())
    _current.set(chosen)
    clear_contextvars()
    bind_contextvars(correlation_id=chosen)
    return chosen


class _Output(io.TextIOBase):
    """Standard output that a full disk does not turn into a failed request."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError):
            return self._stream.write(text)
        return 0

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


class _JsonLine(logging.Formatter):
    """The libraries' own log records, in the shape of ours."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__()
        self._fields = fields

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, str] = {
            **self._fields,
            "logger": record.name,
            "event": record.getMessage(),
            "level": record.levelname.lower(),
            "at": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = innermost(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def innermost(exc_info: structlog.typing.ExcInfo) -> str:
    """Return the last frames: those above them are the framework's, the same each time.

    The database tells in its `DETAIL` the values that it refused, those of people among them: they stay out.
    """
    return _DETAIL.sub("DETAIL: …", "".join(traceback.format_exception(*exc_info, limit=-FRAMES)))


def configure_logs(level: str, **fields: str) -> None:
    """Write JSON lines to standard output; the libraries' own logs go the same way."""
    handler = logging.StreamHandler(cast(TextIO, _Output(sys.stdout)))
    handler.setFormatter(_JsonLine(fields))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("httpx", "httpcore", "alembic", "nats", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)

    def add_fields(
        _logger: object, _method: str, event: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        return {**fields, **event}

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.ExceptionRenderer(innermost),
            add_fields,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _Output(sys.stdout))),
        cache_logger_on_first_use=True,
    )
