"""Who may take part and under what name (資格與公開名稱); how agencies stand to each other. Pure."""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

K = TypeVar("K", bound=Hashable)

NICKNAME_MAX = 20
COUNTER_MAX = 80
CLOSING_DAYS = 7
"""Whole days between asking to close an account and its erasing, in which one can undo it."""
_FORMULA = tuple("=+-@＝＋－＠")
_LINK = re.compile(r"https?:|www\.|\.(com|net|org|tw)\b", re.IGNORECASE)
# Letters and symbols that show nothing: Hangul fillers, the blank Braille cell.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


class Residency(StrEnum):
    """What a person declares once. Basis: 實施要點 (2018-04-11), nationals and residents."""

    NATIONAL = "national"  # 具中華民國國籍
    RESIDENT_PERMIT = "resident_permit"  # 持有居留證


class ConfirmedBy(StrEnum):
    """How the person behind an account was confirmed."""

    MOBILE = "mobile"
    COUNTER = "counter"


class Document(StrEnum):
    """What a person shows at a counter. Only the kind is kept, never a number or a copy."""

    NATIONAL_ID = "national_id"  # 國民身分證
    HEALTH_CARD = "health_card"  # 全民健康保險憑證（健保卡）
    PASSPORT = "passport"  # 護照
    RESIDENCE_PERMIT = "residence_permit"  # 居留證


class Step(StrEnum):
    """What an account needs before its holder may propose and endorse, in this order."""

    EMAIL = "email"  # 電子郵件驗證碼
    PERSON = "person"  # 手機驗證碼, or a visit to a counter
    DECLARATION = "declaration"  # nationality or permit, nickname and place


def missing_steps(*, email: bool, person: bool, declared: bool) -> tuple[Step, ...]:
    """The steps still to be taken, given which are done. Basis: 實施要點 (2018-04-11)."""
    done = {Step.EMAIL: email, Step.PERSON: person, Step.DECLARATION: declared}
    return tuple(step for step in Step if not done[step])


def nickname_fault(nickname: str) -> str:
    """Return why a nickname can't be used (a refusal code), or an empty string.

    No link, nothing a spreadsheet would run, and nothing that can't be seen (control and
    direction characters, blanks that are no spaces) may stand in a public name.
    """
    name = nickname.strip()
    if not name:
        return "nickname_empty"
    if len(name) > NICKNAME_MAX:
        return "nickname_too_long"
    # Full-width letters and stops make the same link to a reader's eye.
    plain = unicodedata.normalize("NFKC", name).replace("。", ".")
    if name.startswith(_FORMULA) or _LINK.search(plain):
        return "nickname_not_allowed"
    return "nickname_not_allowed" if any(_is_unseen(sign) for sign in name) else ""


def _is_unseen(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category[0] == "C" or category in ("Zl", "Zp") or sign in _BLANK


# Mail providers whose addresses are the same mailbox in several spellings:
# domain → (canonical domain, dots are ignored). Text after "+" is dropped for every domain.
_MAILBOX_RULES: dict[str, tuple[str, bool]] = {
    "gmail.com": ("gmail.com", True),
    "googlemail.com": ("gmail.com", True),
}


def canonical_email(address: str) -> str:
    """Return one spelling for all addresses that reach the same mailbox.

    Lower case; text after ``+`` dropped; provider rules applied. It decides whether an address
    is already in use, and is never written to.
    """
    local, _, domain = address.strip().lower().rpartition("@")
    local = local.split("+", 1)[0] or local
    domain, dots_ignored = _MAILBOX_RULES.get(domain, (domain, False))
    return f"{local.replace('.', '') if dots_ignored else local}@{domain}"


class DelegationKind(StrEnum):
    """Why somebody represents the holder of a role. Basis: 各機關職務代理應行注意事項."""

    DELEGATION = "delegation"  # 指定代理
    LEAVE = "leave"  # 請假代理


DELEGATION_BASIS = "各機關職務代理應行注意事項"
DELEGATION_MOST = timedelta(days=366)
"""A year, whichever it is."""


def delegation_fault(since: datetime, until: datetime, at: datetime) -> str:
    """Return why a deputy can't be named for a time (a refusal code), or an empty string.

    Basis: 各機關職務代理應行注意事項; the longest time is the platform's own.
    """
    if until <= since or until <= at:
        return "delegation_period"
    return "delegation_too_long" if until - since > DELEGATION_MOST else ""


class AgencyKind(StrEnum):
    """What a row of the list of agencies is."""

    AGENCY = "agency"  # 機關
    UNIT = "unit"  # 內部單位
    BOARD = "board"  # 任務編組


AGENCY_NAME_MAX = 80
LIST_BASIS = "中央行政機關組織基準法第四條、地方行政機關組織準則"


def exists_on(valid_from: date | None, valid_until: date | None, day: date) -> bool:
    """Whether an agency exists on `day`: from its first day on, and no more on the day it ends.

    Basis: organic laws name the day they take force; the successor begins on the day it ends.
    """
    return (valid_from is None or valid_from <= day) and (valid_until is None or day < valid_until)


def chain_of(start: K, onward: Mapping[K, K | None]) -> tuple[K, ...]:
    """`start` and what follows it, one step after another; ends where it would turn in a circle."""
    found = [start]
    while (step := onward.get(found[-1])) is not None and step not in found:
        found.append(step)
    return tuple(found)


def drawn(parents: Mapping[K, K | None]) -> tuple[tuple[K, int], ...]:
    """A tree in the order it is drawn: each member once, with its depth, children after parents.

    Whoever's parent is not among `parents` stands at the top.
    """
    below: dict[K | None, list[K]] = {}
    for member, parent in parents.items():
        below.setdefault(parent if parent in parents else None, []).append(member)
    order: list[tuple[K, int]] = []
    waiting: list[tuple[K, int]] = _at_depth(below.get(None, ()), 0)
    while waiting:
        member, depth = waiting.pop()
        order.append((member, depth))
        waiting += _at_depth(below.get(member, ()), depth + 1)
    return tuple(order)


def _at_depth(members: Iterable[K], depth: int) -> list[tuple[K, int]]:
    """Last first, as the stack of `drawn` wants them."""
    return [(member, depth) for member in reversed(list(members))]
