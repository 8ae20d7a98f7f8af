"""Reading delivery status notifications (退信通知). Basis: RFC 3462, RFC 3464, RFC 3463.

Whatever comes in was written by somebody else, perhaps on purpose: it is bounded, nothing of it is
kept but address and status, and a report counts only if it returns the Message-ID of a letter that
left here for that address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import IO, Final

LARGEST: Final = 1_000_000  # bytes of one message
MOST_RECIPIENTS: Final = 100
_ADDRESS = re.compile(r"(?:rfc822|utf-8)\s*;\s*<?([^<>\s]{1,254})>?\s*", re.IGNORECASE)
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_MESSAGE_ID = re.compile(r"^message-id:\s*<([^<>\s]{1,250})>", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Line:
    """What a notification says of one recipient; `status` is like ``5.1.1``."""

    address: str
    action: str
    status: str


@dataclass(frozen=True, slots=True)
class Dsn:
    """A notification: the letter it returns (its Message-ID without brackets), and whom it reached."""

    message_id: str
    lines: tuple[Line, ...]


def messages_in(source: IO[bytes]) -> Iterator[bytes | None]:
    """The messages of a file: one, or a mailbox with ``From `` lines. None for one that is too large."""
    rows: list[bytes] = []
    size, begun, blank = 0, False, True
    for row in iter(lambda: source.readline(LARGEST + 1), b""):
        if blank and row.startswith(b"From "):
            if begun:
                yield b"".join(rows) if size <= LARGEST else None
            rows, size, begun = [], 0, True
        else:
            begun = True
            size += len(row)
            if size <= LARGEST:
                rows.append(row)
            else:
                rows.clear()  # counted, not kept
        blank = not row.strip()
    if begun:
        yield b"".join(rows) if size <= LARGEST else None


def read_dsn(raw: bytes) -> Dsn | None:
    """Read one; None if it is none, or nothing can be made of it."""
    try:
        message = message_from_bytes(raw)
        if message.get_content_type() != "multipart/report":
            return None
        lines: list[Line] = []
        message_id = ""
        for part in message.walk():
            kind = part.get_content_type()
            if kind == "message/delivery-status":
                lines += _lines(part)
            elif kind in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
                message_id = message_id or _returned_id(part)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return Dsn(message_id, tuple(lines[:MOST_RECIPIENTS])) if lines and message_id else None


def _lines(part: Message) -> list[Line]:
    blocks = part.get_payload()
    if not isinstance(blocks, list):
        return []
    found = [_line(block) for block in blocks[: MOST_RECIPIENTS + 1] if isinstance(block, Message)]
    return [line for line in found if line is not None]


def _line(block: Message) -> Line | None:
    action = str(block.get("Action", "")).strip().lower()
    status = _STATUS.match(str(block.get("Status", "")).strip())
    # The first is who we wrote to; the final one may be where they have it forwarded to.
    told = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
    address = _ADDRESS.fullmatch(told.strip())
    if status is None or address is None or "@" not in address[1]:
        return None
    return Line(address[1].casefold(), action, status[0])


def _returned_id(part: Message) -> str:
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        return str(payload[0].get("Message-ID", "")).strip().strip("<>")[:250]
    found = _MESSAGE_ID.search(payload) if isinstance(payload, str) else None
    return found[1] if found else ""
