"""The page that recounts (自行驗算頁): one file for the browser, put together from its parts.

It needs nothing but itself and a ledger to read: no sheet, script, font or picture from elsewhere.
Its parts stand beside this file, because one file of that length nobody could read.
"""

import base64
from functools import cache
from hashlib import sha256
from importlib.resources import files

_PROGRAM = (
    "hashing.js",
    "source.js",
    "recount.js",
    "claims.js",
    "receipt.js",
    "drawing.js",
    "words.js",
    "screen.js",
)


def _part(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _program() -> str:
    return '\n(() => {\n"use strict";\n' + "\n".join(_part(name) for name in _PROGRAM) + "})();\n"


def _sheet() -> str:
    return f"\n{_part('page.css')}"


@cache
def page() -> str:
    """The whole page."""
    inline = {"sheet": ("style", _sheet()), "program": ("script", _program())}
    made = _part("page.html")
    for place, (name, content) in inline.items():
        made = made.replace(f"<!-- {place} -->", f"<{name}>{content}</{name}>")
    return made


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(content.encode()).digest()).decode()}'"


@cache
def policy() -> str:
    """The content security policy of this page alone: its own script and sheet, and reading.

    It reads ledgers of other sites, too, and therefore may connect to any of them by https.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(_program())}",
            f"style-src {_hash(_sheet())}",
            "connect-src 'self' https:",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
