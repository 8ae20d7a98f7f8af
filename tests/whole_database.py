"""Everything that is stored: every column of every table as text, and every file on the disk."""

import base64
import binascii
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core import signing
from django.db import connection


def cells() -> Iterator[tuple[str, str]]:
    """(``table.column``, text) of every value in the database, the sign-in library's included."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description or ()]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if value is not None:
                        yield f"{table}.{name}", as_text(value)


def files() -> Iterator[tuple[str, str]]:
    """(path, name and content) of every uploaded file."""
    for path in sorted(Path(settings.MEDIA_ROOT).rglob("*")):
        if path.is_file():
            yield f"file:{path.name}", f"{path.name} {as_text(path.read_bytes())}"


def as_text(value: Any) -> str:
    """A value in every way it can be read."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        raw = bytes(value)
        return f"{raw.decode('utf-8', 'replace')} {raw.hex()}"
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False, default=str)
    return f"{value} {_unpacked(value)}"


def _unpacked(text: str) -> str:
    """What is behind signed session data and pickled cache values."""
    signed = text.count(":") == 2
    payload = text.rsplit(":", 2)[0].encode()
    try:
        if signed and payload.startswith(b"."):
            return zlib.decompress(signing.b64_decode(payload[1:])).decode()
        raw = signing.b64_decode(payload) if signed else base64.b64decode(payload, validate=True)
        return raw.decode("utf-8", "replace")
    except (binascii.Error, ValueError, zlib.error, UnicodeError):
        return ""


def spellings(wanted: str) -> tuple[str, ...]:
    """How a text may stand somewhere: plain, inside JSON, inside an address."""
    return wanted, json.dumps(wanted)[1:-1], quote(wanted)


def holding(*wanted: str) -> dict[str, set[str]]:
    """Where each of the texts is still found: text → columns and files."""
    found: dict[str, set[str]] = {}
    sought = {text: [one.lower() for one in spellings(text)] for text in wanted}
    for source in (cells(), files()):
        for place, text in source:
            low = text.lower()
            for one, ways in sought.items():
                if any(way in low for way in ways):
                    found.setdefault(one, set()).add(place)
    return found
