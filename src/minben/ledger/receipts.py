"""Receipts (收據): what somebody holds in hand of their own act, and how anybody checks it.

A receipt carries the entry itself, what opens its commitment, a signed promise that it will be
entered, and, once it has its place, index, checkpoint and proof. Plain Python, no database: on the
site, in the command and on paper the same functions decide.
"""

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from minben.ledger.entries import commitment, instant, read, read_instant
from minben.ledger.merkle import leaf_hash, verify_inclusion
from minben.ledger.notes import (
    Checkpoint,
    NoteFault,
    PublicKey,
    SigningKey,
    open_checkpoint,
    split_note,
)

FORMAT = "minben-receipt/v1"
SEVERAL = "minben-receipts/v1"
DUE = timedelta(hours=24)
"""Within this long after the promise, the act must stand in the log; later is a broken promise."""
SIZE_MAX = 4_000_000  # bytes of a file of receipts; one receipt takes about three thousand
MANY = 1000
PROOF_MAX = 64


class ReceiptFault(ValueError):
    """What was handed in is no receipt.

    Args:
        code: ``too_big``, ``not_json``, ``not_a_receipt``, ``other_format``, ``broken_field``,
            ``too_many``, ``too_many_unplaced``.
        where: the field to blame, if one is.
    """

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(f"{code} {where}".strip())
        self.code, self.where = code, where


class Standing(StrEnum):
    """What a receipt turned out to be."""

    ENTERED = "entered"  # it stands in the tree
    PROMISED = "promised"  # promised, and not yet due
    UNSEEN = "unseen"  # promised and due, but nobody looked in the tree
    OVERDUE = "overdue"  # promised, due, and not in the tree: evidence
    FALSE = "false"


@dataclass(frozen=True, slots=True)
class Promise:
    """The platform's word: it has the act since `at` and will enter it."""

    at: datetime
    signature: bytes

    @property
    def due_at(self) -> datetime:
        """When the act must stand in the log."""
        return self.at + DUE


@dataclass(frozen=True, slots=True)
class Place:
    """Where an act stands: index, the signed note of a checkpoint, and the path up to its root."""

    index: int
    checkpoint: str
    proof: tuple[bytes, ...]

    def read(self) -> Checkpoint:
        """What the checkpoint says, unverified. Raises NoteFault."""
        return Checkpoint.parse(split_note(self.checkpoint)[0])


@dataclass(frozen=True, slots=True)
class Receipt:
    """One act in somebody's hand.

    Args:
        origin: the log's name.
        log_key, receipt_key: the keys the platform says it signs with.
        entry: the bytes of the leaf.
        salt, sealed: what opens the commitment, if the entry has one and it was not erased.
        told: what the platform adds for people (number of the endorsement and of the proposal);
            the entry does not prove it, a recount does.
    """

    origin: str
    log_key: PublicKey
    receipt_key: PublicKey
    entry: bytes
    promise: Promise | None = None
    place: Place | None = None
    salt: bytes = b""
    sealed: Mapping[str, Any] | None = None  # Any: JSON values
    told: Mapping[str, Any] = field(default_factory=dict)  # Any: as above

    @property
    def leaf(self) -> bytes:
        """The hash of its leaf."""
        return leaf_hash(self.entry)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a receipt is worth.

    Args:
        faults: what does not fit, as codes; none unless `standing` is `FALSE`.
        opened: the commitment was opened with what the receipt carries.
        witnesses: names under the checkpoint beside the log's own; who they are is for the reader
            to know.
    """

    standing: Standing
    faults: tuple[str, ...] = ()
    index: int | None = None
    checkpoint: Checkpoint | None = None
    witnesses: tuple[str, ...] = ()
    opened: bool = False
    promised_at: datetime | None = None

    @property
    def due_at(self) -> datetime | None:
        """When the promise falls due."""
        return self.promised_at and self.promised_at + DUE


def promise_text(origin: str, leaf: bytes, at: datetime) -> bytes:
    """What is signed to promise a leaf."""
    return f"minben promise v1\n{origin}\n{leaf.hex()}\n{instant(at)}\n".encode()


def promise(origin: str, entry: bytes, at: datetime, key: SigningKey) -> Promise:
    """The platform's promise that `entry`, taken at `at`, will be entered."""
    return Promise(at, key.sign(promise_text(origin, leaf_hash(entry), at)))


def told(receipt: Receipt) -> dict[str, Any]:  # Any: JSON values
    """A receipt as the JSON object of its file."""
    made: dict[str, Any] = {
        "format": FORMAT,
        "origin": receipt.origin,
        "vkey": str(receipt.log_key),
        "receipt_vkey": str(receipt.receipt_key),
        "entry": receipt.entry.decode(),
    }
    if receipt.sealed is not None:
        made |= {"salt": receipt.salt.hex(), "sealed": dict(receipt.sealed)}
    if receipt.promise:
        signature = base64.b64encode(receipt.promise.signature).decode()
        made["promise"] = {"at": instant(receipt.promise.at), "signature": signature}
    if receipt.place:
        made |= {
            "index": receipt.place.index,
            "checkpoint": receipt.place.checkpoint,
            "proof": [one.hex() for one in receipt.place.proof],
        }
    return made | ({"told": dict(receipt.told)} if receipt.told else {})


def write(receipts: Sequence[Receipt]) -> str:
    """The text of a file: one receipt as itself, several as a list of them."""
    several = [told(one) for one in receipts]
    whole = several[0] if len(several) == 1 else {"format": SEVERAL, "receipts": several}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def read_all(text: str | bytes) -> list[Receipt]:
    """The receipts in a file. Raises ReceiptFault."""
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(raw) > SIZE_MAX:
        raise ReceiptFault("too_big")
    try:
        value = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ReceiptFault("not_json") from error
    if isinstance(value, dict) and value.get("format") == SEVERAL:
        several = value.get("receipts")
        if not isinstance(several, list) or not several:
            raise ReceiptFault("broken_field", "receipts")
        if len(several) > MANY:
            raise ReceiptFault("too_many")
        return [_receipt(one) for one in several]
    return [_receipt(value)]


def _receipt(value: object) -> Receipt:
    if not isinstance(value, dict) or "format" not in value:
        raise ReceiptFault("not_a_receipt")
    if value["format"] != FORMAT:
        raise ReceiptFault("other_format")
    sealed = value.get("sealed")
    if sealed is not None and not isinstance(sealed, dict):
        raise ReceiptFault("broken_field", "sealed")
    more = value.get("told", {})
    if not isinstance(more, dict):
        raise ReceiptFault("broken_field", "told")
    return Receipt(
        origin=_text(value, "origin"),
        log_key=_key(value, "vkey"),
        receipt_key=_key(value, "receipt_vkey"),
        entry=_text(value, "entry").encode(),
        promise=_promise(value.get("promise")),
        place=_place(value),
        salt=_bytes(value.get("salt", ""), "salt"),
        sealed=sealed,
        told=more,
    )


def _text(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str) or not found or not _encodable(found):
        raise ReceiptFault("broken_field", name)
    return found


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can write
        return False
    return True


def _key(value: Mapping[str, Any], name: str) -> PublicKey:
    try:
        return PublicKey.parse(_text(value, name))
    except NoteFault as error:
        raise ReceiptFault("broken_field", name) from error


def _bytes(text: object, name: str) -> bytes:
    if not isinstance(text, str) or not re.fullmatch(r"(?:[0-9a-f]{2})*", text):
        raise ReceiptFault("broken_field", name)
    return bytes.fromhex(text)


def _promise(value: object) -> Promise | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise ReceiptFault("broken_field", "promise")
    try:
        at = read_instant(_text(value, "at"))
        signature = base64.b64decode(_text(value, "signature"), validate=True)
    except (ValueError, binascii.Error) as error:
        raise ReceiptFault("broken_field", "promise") from error
    return Promise(at, signature)


def _place(value: Mapping[str, Any]) -> Place | None:
    if value.get("index") is None:
        return None
    index, proof = value["index"], value.get("proof")
    if type(index) is not int or not 0 <= index < 2**63:
        raise ReceiptFault("broken_field", "index")
    if not isinstance(proof, list) or len(proof) > PROOF_MAX:
        raise ReceiptFault("broken_field", "proof")
    path = tuple(_bytes(one, "proof") for one in proof)
    if any(len(one) != 32 for one in path):
        raise ReceiptFault("broken_field", "proof")
    return Place(index, _text(value, "checkpoint"), path)


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys a checker holds to be the log's, from elsewhere than the receipt.

    Args:
        older: those that were in use before, of either kind; what they signed stays good.
    """

    log: PublicKey
    receipts: PublicKey | None = None
    older: tuple[PublicKey, ...] = ()

    @property
    def logs(self) -> tuple[PublicKey, ...]:
        """Keys that sign or signed checkpoints, the newest first."""
        return (self.log, *(one for one in self.older if one.name == self.log.name))

    def promises(self, claimed: PublicKey) -> PublicKey:
        """The key a promise must be signed with: the one it names, if that is or was ours."""
        if self.receipts is None or claimed in self.older:
            return claimed
        return self.receipts


def check(
    receipt: Receipt,
    checkpoint: str | None = None,
    *,
    keys: Keys | None = None,
    place: Place | None = None,
    searched: bool = False,
    at: datetime | None = None,
) -> Verdict:
    """Say what a receipt is worth.

    Args:
        checkpoint: the note of a checkpoint known from elsewhere: one of the same size must have
            the same root, or the log showed two faces.
        keys: what the log's keys are known to be; without them the receipt's own are believed,
            and the reader has to compare their fingerprints.
        place: where the act was found just now, for a receipt that does not tell.
        searched: somebody looked in the whole tree, so that `place` None means it is not there.
        at: now; without it, nothing is due.
    """
    keys = keys or Keys(receipt.log_key, receipt.receipt_key)
    place = receipt.place or place
    faults = [*_named_otherwise(receipt, keys), *_entry_faults(receipt)]
    if receipt.promise and not _promise_holds(receipt, keys):
        faults.append("promise_false")
    found, more = _placed(receipt, place, keys, checkpoint) if place else (None, [])
    faults += more
    if not place and not receipt.promise:
        faults.append("proves_nothing")
    return Verdict(
        Standing.FALSE if faults else _standing(receipt, place, searched, at),
        tuple(dict.fromkeys(faults)),
        index=place.index if place else None,
        checkpoint=found,
        witnesses=witnesses(place, keys) if found and place else (),
        opened=receipt.sealed is not None and "commitment_false" not in faults,
        promised_at=receipt.promise.at if receipt.promise else None,
    )


def _standing(
    receipt: Receipt, place: Place | None, searched: bool, at: datetime | None
) -> Standing:
    if place:
        return Standing.ENTERED
    due = bool(at and receipt.promise and at > receipt.promise.at + DUE)
    if not due:
        return Standing.PROMISED
    return Standing.OVERDUE if searched else Standing.UNSEEN


def _named_otherwise(receipt: Receipt, keys: Keys) -> list[str]:
    """The receipt is another log's, or names keys that are not this log's."""
    if receipt.origin != keys.log.name:
        return ["other_log"]
    mismatch = receipt.log_key not in keys.logs or (
        receipt.receipt_key != keys.promises(receipt.receipt_key)
    )
    return ["key_mismatch"] if mismatch else []


def _entry_faults(receipt: Receipt) -> list[str]:
    try:
        entry = read(receipt.entry)
    except (ValueError, RecursionError):
        return ["entry_false"]
    if receipt.sealed is None:
        return []
    try:
        fits = commitment(receipt.salt, receipt.sealed) == entry.get("commit")
    except (ValueError, TypeError, RecursionError):
        fits = False
    return [] if fits else ["commitment_false"]


def _promise_holds(receipt: Receipt, keys: Keys) -> bool:
    if receipt.promise is None:
        return False
    text = promise_text(receipt.origin, receipt.leaf, receipt.promise.at)
    return keys.promises(receipt.receipt_key).accepts(text, receipt.promise.signature)


def _placed(
    receipt: Receipt, place: Place, keys: Keys, known: str | None
) -> tuple[Checkpoint | None, list[str]]:
    found = opened(place.checkpoint, keys)
    if found is None:
        return None, ["checkpoint_false"]
    faults = []
    if not verify_inclusion(receipt.leaf, place.index, found.size, place.proof, found.root):
        faults.append("proof_false")
    if known is not None:
        other = opened(known, keys)
        if other is None:
            return found, [*faults, "other_checkpoint_false"]
        if other.size == found.size and other.root != found.root:
            faults.append("two_faces")
    return found, faults


def opened(note: str, keys: Keys) -> Checkpoint | None:
    """The checkpoint in a note, if one of the log's keys signed it."""
    for key in keys.logs:
        try:
            return open_checkpoint(note, key)
        except NoteFault:
            continue
    return None


def witnesses(place: Place | None, keys: Keys) -> tuple[str, ...]:
    """Names under a place's checkpoint beside the log's own, which nobody has verified here."""
    if place is None:
        return ()
    _, signatures = split_note(place.checkpoint)
    return tuple(dict.fromkeys(one.name for one in signatures if one.name != keys.log.name))


_CODE = re.compile(r"(?:.*#)?r1\.(\d{1,18}|-)\.([\w-]{43})\.([0-9]{1,17}|-)\.([\w-]{86}|-)", re.S)


@dataclass(frozen=True, slots=True)
class Code:
    """A receipt as small as a QR code: leaf hash, and index or promise or both.

    It holds nothing personal: neither the entry nor what opens it.
    """

    leaf: bytes
    index: int | None = None
    promise: Promise | None = None

    def __str__(self) -> str:
        promise = self.promise
        micros = "-" if promise is None else str(_micros(promise.at))
        parts = (
            "-" if self.index is None else str(self.index),
            _url64(self.leaf),
            micros,
            "-" if promise is None else _url64(promise.signature),
        )
        return "r1." + ".".join(parts)

    @classmethod
    def of(cls, receipt: Receipt) -> "Code":
        """The code of a receipt."""
        return cls(receipt.leaf, receipt.place.index if receipt.place else None, receipt.promise)

    @classmethod
    def parse(cls, text: str) -> "Code":
        """Read a code, or an address with one after its ``#``. Raises ReceiptFault."""
        found = _CODE.fullmatch(text.strip())
        if found is None:
            raise ReceiptFault("not_a_receipt")
        index, leaf, micros, signature = found.groups()
        if (micros == "-") != (signature == "-"):
            raise ReceiptFault("broken_field", "promise")
        promise = None
        if micros != "-":
            promise = Promise(_EPOCH + timedelta(microseconds=int(micros)), _raw64(signature))
        return cls(_raw64(leaf), None if index == "-" else int(index), promise)

    def promise_holds(self, origin: str, key: PublicKey) -> bool:
        """Say whether it carries a promise that `key` signed for that log."""
        if self.promise is None:
            return False
        text = promise_text(origin, self.leaf, self.promise.at)
        return key.accepts(text, self.promise.signature)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)


def _url64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _raw64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def looks_like_code(text: str) -> bool:
    """Say whether somebody pasted a code or its address instead of a file."""
    return _CODE.fullmatch(text.strip()) is not None
