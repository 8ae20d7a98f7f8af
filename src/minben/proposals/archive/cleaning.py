"""Cleaning texts that went through editors and web forms (文字清理): words stay, junk goes.

What an author typed is never shortened. Removed are control characters, the style sheets that
word processors paste along, and tags of HTML; a ``<`` that begins no tag of HTML is a
character like any other. Ideographs from the compatibility area, which look the same as the
usual ones and are found by no search, become the usual ones.
"""

import html
import re
import unicodedata

import nh3

_TAGS = (
    "a abbr address article aside b big blockquote body br caption center cite code col colgroup"
    " dd del div dl dt em embed fieldset figure font footer form h1 h2 h3 h4 h5 h6 head header hr"
    " html i iframe img input ins label legend li link main meta nav noscript object ol option p"
    " param pre q s samp script section select small span strike strong style sub sup svg table"
    " tbody td textarea tfoot th thead title tr tt u ul var video audio source"
)
_TAG = re.compile(
    rf"<(?=/?(?:{'|'.join(_TAGS.split())}|o:p|st1:\w+|v:\w+|w:\w+)(?:[\s/][^<>]*)?>|!--)", re.I
)
_BREAK = re.compile(r"<(?:br|hr|/p|/div|/li|/tr|/h[1-6]|/table|/ul|/ol)\b[^<>]*>", re.I)
# "Normal 0 0 2 false … /* Style Definitions */ table.MsoNormalTable {…}" as pasted from Word.
_WORD = re.compile(
    r"\s*Normal\s+0(?:\s+(?:\d+|false|true|[A-Z]{2}-[A-Z]{2}|X-NONE|MicrosoftInternetExplorer4))*"
    r"(?:\s*/\*\s*Style Definitions\s*\*/\s*(?:[\w.@:, -]+\s*\{[^{}]*\}\s*)+)",
    re.I,
)
_STYLES = re.compile(r"/\*\s*Style Definitions\s*\*/\s*(?:[\w.@:, -]+\s*\{[^{}]*\}\s*)+", re.I)
_UNSEEN = frozenset("\u200b\ufeff\u2060\u00ad\ufffc")  # the last: a picture was here
_ODD = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xa0\u00ad\u200b\u2028\u2029\u2060\ufeff\ufffc\t\r]"
)
_COMPATIBLE = re.compile("[\uf900-\ufaff]+")


def clean_text(text: str) -> str:
    """Return `text` as paragraphs: no tags, no controls, no space at line ends."""
    if "Style Definitions" in text:
        text = _STYLES.sub("\n", _WORD.sub("\n", text))
    if "<" in text:
        text = _without_tags(text)
    if _ODD.search(text):
        text = _without_controls(text)
    if _COMPATIBLE.search(text):
        text = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    if "\n" not in text:
        return text.strip()
    lines = [line.rstrip().removeprefix(" ") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_line(text: str) -> str:
    """Return `text` on one line."""
    return " ".join(clean_text(text).split())


def _without_tags(text: str) -> str:
    if not _TAG.search(text):
        return text
    # What begins no tag is guarded, or the sanitiser would take "<R2online>" for an element.
    at, parts = 0, []
    for found in _TAG.finditer(text):
        parts += [text[at : found.start()].replace("<", "&lt;"), "<"]
        at = found.end()
    parts.append(text[at:].replace("<", "&lt;"))
    broken = _BREAK.sub("\n", "".join(parts))
    stripped = nh3.clean(broken, tags=set(), clean_content_tags={"script", "style"})
    return html.unescape(stripped)


def _without_controls(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = text.replace("\u2029", "\n").replace("\xa0", " ").replace("\t", " ")
    return "".join(
        c for c in text if c == "\n" or (unicodedata.category(c) != "Cc" and c not in _UNSEEN)
    )
