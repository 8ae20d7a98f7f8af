"""Time stamps by outside authorities (時戳), RFC 3161: what they were put on, and by whom.

Optional: needs ``rfc3161-client``, and the certificates of the authority from elsewhere.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from minben.ledger.notes import split_note
from minben.ledger.verifier.checkpoints import Mark
from minben.ledger.verifier.differences import Difference, SourceAway
from minben.ledger.verifier.sources import Source

PATH = "timestamps.json"
_LIST_MAX, _TOKEN_MAX, _MANY = 10_000_000, 1_000_000, 100_000
CLOCKS = timedelta(minutes=10)
"""By so much may the clocks of log and authority differ."""


class NoClient(SourceAway):
    """The optional package that reads time stamps is not installed."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """A checkpoint that an authority has seen, and when."""

    size: int
    at: datetime


def stamped_sizes(source: Source) -> list[int]:
    """The tree sizes of which the source has time stamps. Raises Difference."""
    raw = source.read(PATH, _LIST_MAX)
    if raw is None:
        raise Difference("missing", PATH)
    try:
        sizes = [one["size"] for one in json.loads(raw)]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Difference("broken_file", PATH, found=error) from error
    if len(sizes) > _MANY or any(type(size) is not int or size < 0 for size in sizes):
        raise Difference("broken_file", PATH, expected="sizes")
    return sizes


def message(note: str) -> bytes:
    """What is stamped: the text of a checkpoint, without any signature."""
    return split_note(note)[0].encode()


class Authority:
    """Whoever stamps, known by its root certificates. Raises SourceAway, NoClient."""

    def __init__(self, certificates: Path) -> None:
        try:
            from cryptography import x509
            from rfc3161_client import VerifierBuilder
        except ImportError as error:
            raise NoClient(
                "驗證時戳需要 rfc3161-client · time stamps need the package rfc3161-client"
            ) from error
        try:
            roots = x509.load_pem_x509_certificates(certificates.read_bytes())
        except (OSError, ValueError) as error:
            raise SourceAway(f"{certificates}: {error}") from error
        self._verifier = VerifierBuilder(roots=list(roots)).build()

    def stamped_at(self, token: bytes, stamped: bytes, where: str) -> datetime:
        """When the authority stamped it. Raises Difference: ``stamp``."""
        from rfc3161_client import VerificationError, decode_timestamp_response

        try:
            response = decode_timestamp_response(token)
            self._verifier.verify_message(response, stamped)
        except (VerificationError, ValueError) as error:
            raise Difference("stamp", where, found=error) from error
        return response.tst_info.gen_time


def check_stamps(
    source: Source, authority: Authority, marks: dict[int, list[Mark]]
) -> list[Stamped]:
    """Check every time stamp of a source; `marks` are the checkpoints of the stamped sizes.

    Raises Difference: ``missing``, ``stamp``.
    """
    found = []
    for size, candidates in sorted(marks.items()):
        path = f"timestamps/{size}.tsr"
        token = source.read(path, _TOKEN_MAX)
        if token is None:
            raise Difference("missing", path)
        found.append(Stamped(size, _stamped_at(authority, token, candidates, path)))
    return found


def _stamped_at(authority: Authority, token: bytes, marks: list[Mark], path: str) -> datetime:
    fault = Difference("stamp", path, expected="a checkpoint of this size")
    for mark in marks:
        try:
            at = authority.stamped_at(token, message(mark.note), path)
        except Difference as error:
            fault = error
            continue
        if at < mark.at - CLOCKS:
            raise Difference("stamp", path, expected=f"≥ {mark}", found=at.isoformat())
        return at
    raise fault
