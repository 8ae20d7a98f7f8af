"""Who may take part, and under what name (資格與公開名稱). Pure."""

import re
import unicodedata
from enum import StrEnum

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
