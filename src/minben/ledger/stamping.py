"""Asking an outside authority for a time stamp (時戳), RFC 3161."""

import urllib.request
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from rfc3161_client import TimestampRequestBuilder, decode_timestamp_response

from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.stamps import Authority, message

TIMEOUT = 15  # seconds
_ANSWER_MAX = 1_000_000


class NoStamp(Exception):
    """The authority gave no stamp, or a false one; the message says why."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp of a checkpoint.

    Args:
        token: the whole answer of the authority (``application/timestamp-reply``).
        at: when it says it was.
    """

    token: bytes
    at: datetime


def ask_for_stamp(url: str, certificates: Path, note: str) -> Stamp:
    """A time stamp of the checkpoint in `note`, checked before it is believed.

    Args:
        url: the authority's address.
        certificates: file with its root certificates, PEM.

    Raises:
        NoStamp: no answer, a refusal, or a stamp that does not verify.
    """
    stamped = message(note)
    request = TimestampRequestBuilder().data(stamped).nonce(nonce=True).build()
    try:
        answer = _post(url, request.as_bytes())
        response = decode_timestamp_response(answer)
        if response.tst_info.nonce != request.nonce:
            raise NoStamp("the answer is not to this request")
        at = Authority(certificates).stamped_at(answer, stamped, url)
    except (OSError, ValueError, Difference) as error:
        raise NoStamp(" ".join(str(error).split())) from error
    return Stamp(answer, at)


def _post(url: str, body: bytes) -> bytes:
    if urlsplit(url).scheme not in ("http", "https"):
        raise NoStamp("only http and https")
    sent = urllib.request.Request(  # noqa: S310  the scheme was looked at
        url, data=body, headers={"Content-Type": "application/timestamp-query"}, method="POST"
    )
    with urllib.request.urlopen(sent, timeout=TIMEOUT) as answer:  # noqa: S310  as above
        found: bytes = answer.read(_ANSWER_MAX)
    return found
