"""The keys of the ledger (金鑰): which there are, and where each comes from.

The log key signs checkpoints and is needed by the sequencer alone. What the web processes need,
the receipt key and the seal of the intake, comes from the platform's secret, so that nobody with
only a database can make either.
"""

import hmac
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from minben.ledger.notes import ED25519, NoteFault, PublicKey, SigningKey


class LedgerKeyMissing(RuntimeError):
    """This installation has no key to sign checkpoints with."""


def origin() -> str:
    """The log's name, which is also that of its key."""
    host = urlsplit(settings.SITE_URL).netloc or "localhost"
    return settings.LEDGER_ORIGIN or f"{host}/ledger"


@cache
def log_key() -> SigningKey:
    """The key that signs checkpoints. A sandbox makes its own once.

    Raises:
        LedgerKeyMissing: production without ``LEDGER_KEY``, or one of another name.
    """
    text = settings.LEDGER_KEY
    if not text and settings.SANDBOX:
        text = _kept_in(Path(settings.VAR) / "ledger.key")
    if not text:
        raise LedgerKeyMissing("set LEDGER_KEY or LEDGER_KEY_FILE (minben ledger key makes one)")
    try:
        key = SigningKey.parse(text)
    except NoteFault as error:
        raise LedgerKeyMissing(f"LEDGER_KEY: {error}") from error
    if key.name != origin():
        raise LedgerKeyMissing(f"LEDGER_KEY is that of {key.name}, this log is {origin()}")
    return key


def log_vkey() -> PublicKey:
    """The key that verifies checkpoints; a process that does not sign needs only this one.

    Raises:
        LedgerKeyMissing: neither key is here, or it is one of another name.
    """
    return log_vkeys()[0]


def log_vkeys() -> tuple[PublicKey, ...]:
    """The keys that verify checkpoints, the newest first: what an older one signed stays good.

    ``LEDGER_VKEY`` holds them, one a line; a process that signs needs only older ones there.

    Raises:
        LedgerKeyMissing: as for `log_vkey`.
    """
    own = [] if settings.LEDGER_VKEY and not settings.LEDGER_KEY else [log_key().public]
    try:
        told = [PublicKey.parse(line) for line in settings.LEDGER_VKEY.split()]
    except NoteFault as error:
        raise LedgerKeyMissing(f"LEDGER_VKEY: {error}") from error
    for key in told:
        if key.name != origin():
            raise LedgerKeyMissing(f"LEDGER_VKEY is that of {key.name}, this log is {origin()}")
    return tuple(dict.fromkeys([*own, *told]))


def _kept_in(path: Path) -> str:
    if path.exists() and SigningKey.parse(path.read_text(encoding="utf-8")).name == origin():
        return path.read_text(encoding="utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(f"{SigningKey.generate(origin())}\n", encoding="utf-8")
    return path.read_text(encoding="utf-8")


def receipt_key() -> SigningKey:
    """The key that signs promises: an act is acknowledged and will stand in the log."""
    return _receipt_key(settings.SECRET_KEY)


def receipt_vkeys() -> tuple[PublicKey, ...]:
    """The keys that verify promises, the newest first; those of replaced secrets stay good."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return tuple(_receipt_key(secret).public for secret in secrets)


def _receipt_key(secret: str) -> SigningKey:
    return SigningKey(f"{origin()}/receipts", ED25519, _derived("receipt", secret))


def seal(entry: bytes) -> bytes:
    """The mark of the platform on an entry in the intake: 32 bytes."""
    return hmac.new(_derived("seal", settings.SECRET_KEY), entry, sha256).digest()


def is_sealed(entry: bytes, mark: bytes) -> bool:
    """Say whether the platform put that mark there, under its secret or one it replaced."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    made = (hmac.new(_derived("seal", one), entry, sha256).digest() for one in secrets)
    return any(hmac.compare_digest(one, mark) for one in made)


@cache
def _derived(purpose: str, secret: str) -> bytes:
    return hmac.new(secret.encode(), f"minben ledger {purpose} v1".encode(), sha256).digest()
