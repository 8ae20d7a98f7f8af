"""The log as lines of JSON (結構化日誌), without anything that tells who somebody is.

Only named fields are written. The text of an exception stays out, because databases quote whole
rows in it: its type and the places in the code are told instead. Addresses and numbers that a
path or a message carries are struck out.
"""

import logging
import re
import traceback
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from minben.base import request_ids

MORE = ("view", "method", "status", "ms", "status_code")
FRAMES = 30  # the innermost ones of a trace
_ADDRESS = re.compile(r"[^\s@<>\"'/=]+(?:@|%40)[^\s@<>\"'/]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(?<![\w.])(?:\+\d{9,15}|(?:\+?886|0)[ -]?9\d{2}[ -]?\d{3}[ -]?\d{3})(?!\d)")
_QUERY = re.compile(r"\?[^\s\"'>]+")


def struck(text: str) -> str:
    """The text without mail addresses, mobile numbers, query strings and a database's details.

    >>> struck("Not Found: /x/a@b.example?q=1")
    'Not Found: /x/[address]?…'
    """
    text = text.split("\nDETAIL:")[0]
    return _QUERY.sub("?…", _PHONE.sub("[number]", _ADDRESS.sub("[address]", text)))


class JsonLines(JsonFormatter):
    """One object a line: at, level, logger, message, request_id, and what `MORE` names."""

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:  # Any: JSON values
        at = datetime.fromtimestamp(record.created, UTC)
        log_data["at"] = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        log_data["level"] = record.levelname
        log_data["logger"] = record.name
        log_data["message"] = struck(record.getMessage())
        if number := request_ids.current():
            log_data["request_id"] = number
        for name in MORE:
            if (value := getattr(record, name, None)) is not None:
                log_data[name] = value
        if record.exc_info and (error := record.exc_info[1]) is not None:
            log_data["error"] = type(error).__name__
            log_data["trace"] = _places(error)


def _places(error: BaseException) -> list[str]:
    """Where it happened, innermost last, as ``file:line function``; no source, no values."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


class PlainLines(logging.Formatter):
    """For somebody who develops at a terminal: the message, and the whole trace."""

    def format(self, record: logging.LogRecord) -> str:
        number = request_ids.current()
        return f"{super().format(record)}{f' [{number}]' if number else ''}"


def configuration(*, json_lines: bool, level: str, access: bool) -> dict[str, Any]:
    """For Django's LOGGING. Any: as Django takes it."""
    lines = "JsonLines" if json_lines else "PlainLines"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": f"minben.base.logs.{lines}"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"minben.access": {"level": "INFO" if access else "ERROR"}},
    }
