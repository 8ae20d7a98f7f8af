"""A statement about figures of a survey, as somebody declares it (發布者說法之草稿).

What is said is judged by `surveys.claims`; here it is only seen to that it can be: a kind, whose
figures, the number in it with the digits it was said with, and where it can be looked up.
"""

import hashlib
import json
import re
import unicodedata
from dataclasses import asdict, dataclass, fields
from datetime import date

from minben.indicators.declared.fields import Entry
from minben.indicators.surveys.claims import Says, Statement

ADDRESS_MAX = 500
NUMBER = re.compile(r"[+-]?\d{1,6}(?:\.(\d{1,6}))?", re.ASCII)
TWO_PERIODS = (Says.FLAT, Says.POINTS, Says.GROWTH)  # say something of a change
WITH_NUMBER = (Says.POINTS, Says.GROWTH, Says.ABOUT)  # say nothing without one


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """What is said, by whom, of which figures; fields as in `models.Claim`.

    Args:
        figure: the number as it is said, such as ``-0.9`` or ``86``; empty: none.
        said_by: empty: the publisher of the source.
    """

    says: str
    indicator: str
    unit: str
    period: str
    words_zh: str
    said_in: str
    earlier: str = ""
    figure: str = ""
    words_en: str = ""
    said_by: str = ""
    said_on: date | None = None
    address: str = ""

    @property
    def number(self) -> float | None:
        """The number said; None: none is."""
        return float(self.figure) if self.figure else None

    @property
    def decimals(self) -> int | None:
        """With how many digits after the point it is said; None: there is no number."""
        return len(self.figure.partition(".")[2]) if self.figure else None

    @property
    def statement(self) -> Statement:
        """What `surveys.claims.judged` judges."""
        says, digits = Says(self.says), self.decimals or 0
        return Statement(says, self.indicator, self.period, self.earlier, self.number, digits)

    @property
    def sha256(self) -> str:
        """SHA-256 of the fields as JSON, names in their order: what the ledger commits to."""
        told = asdict(self) | {"said_on": self.said_on.isoformat() if self.said_on else ""}
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


CLAIM = frozenset(one.name for one in fields(ClaimDraft))


def claim_of(entry: Entry) -> ClaimDraft:
    """A statement; what is wrong with it stays in the faults of the entry."""
    entry.refuse_others(CLAIM)
    says = entry.choice("says", Says)
    address = entry.text("address", ADDRESS_MAX)
    if address and not address.startswith(("https://", "http://")):
        entry.fault("address", "no_address", "is no web address: begin with https://")
    return ClaimDraft(
        says=says,
        indicator=entry.text("indicator", needed=True),
        unit=entry.text("unit", needed=True),
        period=entry.period("period"),
        earlier=_earlier(entry, says),
        figure=_figure(entry, says),
        words_zh=entry.text("words_zh", needed=True),
        words_en=entry.text("words_en"),
        said_by=entry.text("said_by"),
        said_in=entry.text("said_in", needed=True),
        said_on=entry.day("said_on"),
        address=address,
    )


def _earlier(entry: Entry, says: str) -> str:
    """The period before: needed for a change, possible for “about”, senseless for “highest”."""
    told = entry.period("earlier", needed=says in TWO_PERIODS)
    if told and says == Says.HIGHEST:
        entry.fault("earlier", "earlier_needless", "is not part of being highest in one period")
    elif told and told >= entry.text("period"):
        entry.fault("earlier", "earlier_not_before", "is not before the period it is compared with")
    return told


def _figure(entry: Entry, says: str) -> str:
    """A number as it is said, `-0.9` whatever minus, sign or width was typed."""
    typed = unicodedata.normalize("NFKC", entry.text("figure", needed=says in WITH_NUMBER))
    told = typed.replace("−", "-").rstrip("% ").lstrip("+")
    if told and not NUMBER.fullmatch(told):
        entry.fault("figure", "text_in_number", f"'{typed[:40]}' is no number")
        return ""
    if told and says == Says.FLAT:
        entry.fault("figure", "figure_needless", "is not part of “flat”")
    return told
