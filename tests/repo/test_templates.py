"""No inline script or style anywhere: the content security policy would refuse it."""

import re
from pathlib import Path

import pytest

from tests.repo.tree import SRC, name_of

INLINE = {
    "script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\s(?:(?:data-)?hx-)?on[a-z:-]+\s*=\s*[\"']", re.IGNORECASE),
    "script address": re.compile(r"(?:href|src|action)\s*=\s*[\"']\s*javascript:", re.IGNORECASE),
    "foreign source": re.compile(
        r"<(?:script|link|img|iframe)[^>]*\s(?:src|href)=[\"']https?:", re.IGNORECASE
    ),
    "raw text": re.compile(r"\|\s*safe\b|\bautoescape\s+off"),
}
# Where markup is made by our own code: template → why.
MADE_HERE: dict[str, str] = {}


def faults(text: str) -> list[str]:
    """The kinds of inline code in a template."""
    return [kind for kind, pattern in INLINE.items() if pattern.search(text)]


def test_templates_are_free_of_inline_code() -> None:
    found = {
        name_of(path): faults(path.read_text(encoding="utf-8")) for path in SRC.rglob("*.html")
    }
    assert len(found) > 40
    assert {name for name, kinds in found.items() if kinds} == set(MADE_HERE), found


def test_no_code_of_ours_writes_inline_code() -> None:
    """Markup made in Python (icons, curves, seals) obeys the same law."""
    found = {}
    for path in SRC.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        kinds = [
            kind
            for kind in ("style attribute", "event handler", "script")
            if INLINE[kind].search(text)
        ]
        if kinds:
            found[name_of(path)] = kinds
    assert not found


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        ("<script>alert(1)</script>", "script"),
        ("<STYLE>p{}</STYLE>", "style element"),
        ('<p class="x" style="color:red">', "style attribute"),
        ("<button\n onclick='x()'>", "event handler"),
        ('<form hx-on:click="x()">', "event handler"),
        ('<a href="javascript:x()">', "script address"),
        ('<img src="https://example.org/x.png">', "foreign source"),
        ("{{ text|safe }}", "raw text"),
    ],
)
def test_planted_violations_are_found(planted: str, kind: str) -> None:
    assert faults(planted) == [kind]


@pytest.mark.parametrize(
    "innocent",
    [
        "<script src=\"{% static 'x.js' %}\" defer></script>",
        '<svg width="4" fill="none"><path d="M0 0"/></svg>',
        '<a href="https://example.org/" data-on="x">on="y"</a>',
        "<p>style = what you wear</p>",
        '<input name="person" value="{{ onion }}">',
    ],
)
def test_innocent_markup_is_left_alone(innocent: str, tmp_path: Path) -> None:
    assert faults(innocent) == []
