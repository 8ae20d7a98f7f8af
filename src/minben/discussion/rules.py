"""What may be said, and on what grounds a comment is hidden (留言規則). Pure."""

from enum import StrEnum


class Side(StrEnum):
    """Which column a comment stands in."""

    PRO = "pro"  # 贊成
    CON = "con"  # 反對
    SUGGESTION = "suggestion"  # 協作討論之建議


class HideGround(StrEnum):
    """Grounds for hiding a comment; the reason is always public, the text is not."""

    ABUSE = "abuse"  # 辱罵、人身攻擊
    PERSONAL_DATA = "personal_data"  # 洩漏個人資料
    ADVERTISING = "advertising"  # 廣告
    OFF_TOPIC = "off_topic"  # 與議題無關之洗版
    ILLEGAL = "illegal"  # 違反法令


COMMENT_MAX = 1000
REASON_MIN = 5
REASON_MAX = 500
FILE_MAX_BYTES = 10_000_000
FILES_MAX = 5
PICTURE_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})
FILE_TYPES = PICTURE_TYPES | {"application/pdf"}


def hide_reason_fault(reason: str) -> str:
    """Return why a reason for hiding a comment is refused (a code), or an empty string."""
    length = len(reason.strip())
    if length < REASON_MIN:
        return "comment_reason_too_short"
    return "comment_reason_too_long" if length > REASON_MAX else ""
