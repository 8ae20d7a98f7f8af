"""What can be stopped (可停止之服務), and what a stop must say."""

from enum import StrEnum

REASON_MAX = 300


class Service(StrEnum):
    """What a switch stops. `EVERYTHING` is the read-only platform."""

    SIGNING = "signing"  # 附議
    CREATING = "creating"  # 草稿、送件、留言
    MAIL = "mail"  # 通知信
    EVERYTHING = "read-only"  # 唯讀


REFUSALS = {
    Service.SIGNING: "signing_stopped",
    Service.CREATING: "creating_stopped",
    Service.EVERYTHING: "read_only",
}


def reason_fault(reason_zh: str, reason_en: str) -> tuple[str, str] | None:
    """What is wrong with the reason of a stop, as (refusal code, field), or nothing.

    Basis: a stop touches everybody's right to take part, so nobody is left without the reason.
    """
    if not reason_zh.strip():
        return "switch_reason_missing", "reason_zh"
    for name, text in (("reason_zh", reason_zh), ("reason_en", reason_en)):
        if len(text) > REASON_MAX:
            return "switch_reason_too_long", name
    return None
