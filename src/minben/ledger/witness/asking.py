"""Asking a witness (請求副署): the log's side of tlog-witness."""

import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import urlsplit

from minben.ledger.notes import NoteFault, PublicKey, cosigned_at, split_note, with_cosignatures
from minben.ledger.witness.judging import REQUEST_MAX, Request

TIMEOUT = 5  # seconds; a witness that is slow is asked again at the next checkpoint

Growth = Callable[[int, int], Sequence[bytes]]
"""The proof that the tree of the second size begins with that of the first."""


class WitnessAway(Exception):
    """A witness gave no cosignature; the message says why."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a witness is asked, and its key."""

    url: str
    key: PublicKey

    @classmethod
    def parse(cls, line: str) -> "Address":
        """Read ``url vkey``. Raises ValueError."""
        url, _, key = line.strip().partition(" ")
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError(f"a witness is given as url and key, not {line!r}")
        return cls(url.rstrip("/"), PublicKey.parse(key))


def ask(witness: Address, note: str, size: int, old: int, growth: Growth) -> str:
    """The witness's line for the checkpoint in `note`, of a tree of `size`.

    Args:
        old: the size it cosigned last, as far as we know; it corrects us.

    Raises:
        WitnessAway: no answer, or one that is no good.
    """
    status, body = _post(witness.url, Request(old, tuple(growth(old, size)), note))
    if status == HTTPStatus.CONFLICT:
        told = body.strip()
        if not (told.isascii() and told.isdigit() and len(told) < 20) or int(told) > size:
            raise WitnessAway(f"has cosigned {told[:40]!r} leaves, this log has {size}")
        proof = tuple(growth(int(told), size))
        status, body = _post(witness.url, Request(int(told), proof, note))
    if status != HTTPStatus.OK:
        raise WitnessAway(f"HTTP {status} {' '.join(body.split())[:200]}")
    return _line(witness.key, note, body)


def _post(url: str, request: Request) -> tuple[int, str]:
    if urlsplit(url).scheme not in ("http", "https"):
        raise WitnessAway("only http and https")
    sent = urllib.request.Request(  # noqa: S310  the scheme was looked at
        f"{url}/add-checkpoint", data=str(request).encode(), method="POST"
    )
    try:
        with urllib.request.urlopen(sent, timeout=TIMEOUT) as answer:  # noqa: S310  as above
            return answer.status, answer.read(REQUEST_MAX).decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read(REQUEST_MAX).decode(errors="replace")
    except (OSError, HTTPException, ValueError) as error:
        raise WitnessAway(str(error)) from error


def _line(key: PublicKey, note: str, body: str) -> str:
    """The one good line of the witness among those it answered."""
    try:
        whole = with_cosignatures(note, [body])
        cosigned_at(whole, key)
        mine = [one for one in split_note(whole)[1] if (one.name, one.key_id) == (key.name, key.id)]
    except NoteFault as error:
        raise WitnessAway(str(error)) from error
    return str(mine[-1])
