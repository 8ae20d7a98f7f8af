"""The link that proves an address again (重新驗證信箱): whoever has it read a letter sent there."""

from django.core import signing

_SALT = "notify.prove"
SECONDS = 24 * 60 * 60


def prove_token(recipient: str, address: str) -> str:
    """What stands in the link. It ends after a day."""
    return signing.dumps([recipient, address], salt=_SALT)


def proved_address(token: str, recipient: str) -> str:
    """The address a link proves for whoever is signed in; empty if it proves nothing of theirs."""
    try:
        whose, address = signing.loads(token, salt=_SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(address) if whose == recipient else ""
