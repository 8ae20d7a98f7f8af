"""What a witness decides (判定) about a request, without network or disk. Pure."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from minben.ledger.merkle import EMPTY_ROOT, verify_consistency
from minben.ledger.notes import (
    SIZE_MAX,
    Checkpoint,
    NoteFault,
    PublicKey,
    open_checkpoint,
    split_note,
)

PROOF_MAX = 63
REQUEST_MAX = 64_000


class Refused(Exception):
    """A request that is not cosigned.

    Args:
        status: the HTTP status of tlog-witness.
        body: what the answer says; with 409, the size last cosigned.
    """

    def __init__(self, status: HTTPStatus, body: str) -> None:
        super().__init__(body)
        self.status, self.body = status, body


@dataclass(frozen=True, slots=True)
class Request:
    """An ``add-checkpoint`` request: the size the log believes we have, the proof, the note."""

    old: int
    proof: tuple[bytes, ...]
    note: str

    @classmethod
    def parse(cls, raw: bytes) -> "Request":
        """Read a request. Raises Refused, 400."""
        try:
            head, _, note = raw.decode().partition("\n\n")
            first, *lines = head.split("\n")
            word, _, old = first.partition(" ")
            proof = tuple(base64.b64decode(line, validate=True) for line in lines)
        except (UnicodeDecodeError, binascii.Error, ValueError) as error:
            raise Refused(HTTPStatus.BAD_REQUEST, "a request that cannot be read") from error
        plain = old.isascii() and old.isdigit() and (old == "0" or old[0] != "0")
        if word != "old" or not plain or len(old) > len(str(SIZE_MAX)) or int(old) > SIZE_MAX:
            raise Refused(HTTPStatus.BAD_REQUEST, "a request begins with old and a size")
        if len(proof) > PROOF_MAX or any(len(one) != 32 for one in proof):
            raise Refused(HTTPStatus.BAD_REQUEST, "a proof has at most 63 hashes of 32 bytes")
        return cls(int(old), proof, note)

    def __str__(self) -> str:
        lines = "".join(f"{base64.b64encode(one).decode()}\n" for one in self.proof)
        return f"old {self.old}\n{lines}\n{self.note}"


def origin_of(request: Request) -> str:
    """Which log a request speaks of. Raises Refused, 400."""
    try:
        return Checkpoint.parse(split_note(request.note)[0]).origin
    except NoteFault as error:
        raise Refused(HTTPStatus.BAD_REQUEST, str(error)) from error


def judge(request: Request, keys: Sequence[PublicKey], last: Checkpoint | None) -> Checkpoint:
    """The checkpoint that may be cosigned.

    Args:
        keys: the keys trusted for its log; none when the log is not known.
        last: the checkpoint last cosigned for that log.

    Raises:
        Refused: 404 unknown log, 403 not signed by it, 400 an old size beyond the new one, 409
            another size was cosigned last, 422 it does not extend that.
    """
    if not keys:
        raise Refused(HTTPStatus.NOT_FOUND, "this log is not known here")
    new = _signed(request.note, keys)
    size = last.size if last else 0
    if request.old > new.size:
        raise Refused(HTTPStatus.BAD_REQUEST, "the old size is beyond the new one")
    if request.old != size:
        raise Refused(HTTPStatus.CONFLICT, f"{size}\n")
    root = last.root if last else EMPTY_ROOT
    if (new.size == 0 and new.root != EMPTY_ROOT) or not verify_consistency(
        size, new.size, root, new.root, request.proof
    ):
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "it does not extend what was cosigned last")
    return new


def _signed(note: str, keys: Sequence[PublicKey]) -> Checkpoint:
    """The checkpoint in a note that one of the keys signed, and none of them falsely."""
    found = None
    _, signatures = split_note(note)
    for key in keys:
        if any((one.name, one.key_id) == (key.name, key.id) for one in signatures):
            try:
                found = open_checkpoint(note, key)
            except NoteFault as error:
                raise Refused(HTTPStatus.FORBIDDEN, str(error)) from error
    if found is None:
        raise Refused(HTTPStatus.FORBIDDEN, "not signed with a key trusted for this log")
    return found
