"""What a leaf of the ledger says (帳本條目): canonical JSON, with personal parts only committed to.

An entry is UTF-8 JSON with sorted keys, no spaces, and neither fractions nor escapes beyond what
JSON needs, so that the same facts always give the same bytes:

    v       1
    kind    a declared code, such as ``proposals.accepted``
    at      when it took effect, RFC 3339 in UTC with microseconds
    case    the case's number in the database, if it belongs to one
    subject what was acted on, such as ``proposal:12``
    by      how the actor is named in public, such as an agency
    data    what is public of it
    commit  SHA-256(salt ‖ canonical JSON of the rest), in hex, if there is a rest
    who     the same for the same person on the same case, and meaningless elsewhere
"""

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

VERSION = 1
SALT_BYTES = 32
WHO_BYTES = 16

Json = Mapping[str, Any]  # Any: strings, whole numbers, truth values, nothing, and lists of them


def canonical(value: Json) -> bytes:
    """The one spelling of `value`. Raises ValueError for fractions, which have none."""
    _refuse_fractions(value)
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def _refuse_fractions(value: object) -> None:
    if isinstance(value, float):
        raise ValueError("the ledger holds no fractions")
    if isinstance(value, Mapping):
        for one in value.values():
            _refuse_fractions(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            _refuse_fractions(one)


def instant(at: datetime) -> str:
    """An aware instant as entries tell it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read_instant(text: str) -> datetime:
    """The instant an entry tells. Raises ValueError."""
    found = datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
    if instant(found) != text:
        raise ValueError(f"{text!r} is no instant in UTC")
    return found


def commitment(salt: bytes, sealed: Json) -> str:
    """What is published of a sealed part: without the salt it tells nothing."""
    return sha256(salt + canonical(sealed)).hexdigest()


def who_tag(secret: bytes, case_id: int) -> str:
    """A person's tag on one case; a second act of theirs there would show the same one."""
    mac = hmac.new(secret, f"minben who v1\n{case_id}".encode(), sha256)
    return mac.hexdigest()[: WHO_BYTES * 2]


def entry(
    kind: str,
    at: datetime,
    *,
    case_id: int | None = None,
    subject: str = "",
    by: str = "",
    data: Json | None = None,
    commit: str = "",
    who: str = "",
) -> bytes:
    """The bytes of a leaf."""
    told: dict[str, Any] = {"v": VERSION, "kind": kind, "at": instant(at)}
    more = {
        "case": case_id,
        "subject": subject,
        "by": by,
        "data": data,
        "commit": commit,
        "who": who,
    }
    return canonical(told | {name: value for name, value in more.items() if value})


def read(raw: bytes) -> dict[str, Any]:
    """An entry, checked to be in its one spelling. Raises ValueError."""
    try:
        value = json.loads(raw)
    except RecursionError as error:
        raise ValueError("an entry that is nested too deeply") from error
    if not isinstance(value, dict) or type(value.get("v")) is not int or value["v"] != VERSION:
        raise ValueError("not an entry of this version")
    if not isinstance(value.get("kind"), str) or not isinstance(value.get("at"), str):
        raise ValueError("an entry has a kind and an instant")
    if canonical(value) != raw:
        raise ValueError("an entry that is not in its one spelling")
    return value
