"""Spellings of one name (異名): which differences are only a matter of writing."""

import re
import unicodedata
from collections.abc import Iterator

INVERTED = re.compile(r"([^,()]+), ((?:the )?[^,()]+ of(?: the)?)")


def variants(name: str) -> Iterator[str]:
    """Usual ways of writing an English or Chinese name, itself among them.

    "Iran, Islamic Republic of" is also "Iran (Islamic Republic of)" and "Islamic Republic of Iran";
    names also come with "(the)", without accents, with "St." and "&", and with 台 for 臺.
    """
    found = {name: None, name.replace("臺", "台"): None}
    if inverted := INVERTED.fullmatch(name):
        short, rest = inverted.groups()
        rest = rest.removeprefix("the ").removeprefix("The ")
        for told in (rest, f"the {rest}"):
            found |= {f"{short} ({told})": None, f"{short}, {told}": None}
        found[f"{rest} {short}"] = None
    for one in list(found):
        if one.isascii() or any(letter.isascii() for letter in one):
            found |= {f"{one} (the)": None, f"The {one}": None, f"the {one}": None}
    for one in list(found):
        found[plain(one)] = None
        found[one.replace("'", "’")] = None
        found[one.replace("’", "'")] = None
        found[one.replace("Saint ", "St. ")] = None
        found[one.replace("Saint ", "St ")] = None
        found[one.replace(" and ", " & ")] = None
    yield from found


def plain(name: str) -> str:
    """A name without accents."""
    apart = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


def folded(name: str) -> str:
    """What is left of a name without case, width, accents, blanks and punctuation."""
    wide = unicodedata.normalize("NFKC", name).casefold().replace("臺", "台").replace("&", "and")
    return "".join(letter for letter in plain(wide) if letter.isalnum())


def trimmed(name: str) -> str:
    """A name as it is looked up: composed, without blanks around it."""
    return unicodedata.normalize("NFC", name).strip()
