"""The link that stops letters about one case (停止通知連結): whoever has it got the letter."""

from dataclasses import dataclass

from django.core import signing

_SALT = "notify.mute"


@dataclass(frozen=True, slots=True)
class Stop:
    """Whose letters, about which case."""

    recipient: str
    case_id: int
    number: str


def stop_token(recipient: str, case_id: int, number: str) -> str:
    """What stands in the link. It has no end: letters are kept for years."""
    return signing.dumps([recipient, case_id, number], salt=_SALT)


def stop_of(token: str) -> Stop | None:
    """What a link is about; None if it is not one of ours."""
    try:
        recipient, case_id, number = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Stop(recipient, case_id, number)
