"""Signed notes and checkpoints (簽章附記、檢查點): C2SP signed-note, tlog-checkpoint, cosignature.

A note is text, a blank line, and signature lines ``— name base64(key id ‖ signature)``. Keys are
Ed25519. Plain Python beside the one implementation of Ed25519.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

ED25519, COSIGNATURE = 0x01, 0x04
SIGNATURES_MAX = 64
SIZE_MAX = 2**63 - 1
_DASH = "— "


class NoteFault(ValueError):
    """A note, key or checkpoint is not well formed, or not signed by whom it should be."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A verifier key: ``name+hex(key id)+base64(type ‖ 32 bytes)``.

    Args:
        name: whose it is; no spaces, no plus sign.
        kind: `ED25519` for a log, `COSIGNATURE` for a witness.
        raw: the 32 bytes of the key.
    """

    name: str
    kind: int
    raw: bytes

    @property
    def id(self) -> bytes:
        """Four bytes: SHA-256(name ‖ newline ‖ type ‖ key), cut."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.raw).digest()[:4]

    def __str__(self) -> str:
        packed = base64.b64encode(bytes([self.kind]) + self.raw).decode()
        return f"{self.name}+{self.id.hex()}+{packed}"

    @classmethod
    def parse(cls, text: str) -> "PublicKey":
        """Read a verifier key. Raises NoteFault."""
        try:
            name, key_id, packed = text.strip().split("+", 2)
            blob = base64.b64decode(packed, validate=True)
        except (ValueError, binascii.Error) as error:
            raise NoteFault("a key looks like name+id+base64") from error
        if len(blob) != 33 or blob[0] not in (ED25519, COSIGNATURE) or not good_name(name):
            raise NoteFault("this kind of key is not known here")
        key = cls(name, blob[0], blob[1:])
        if key.id.hex() != key_id:
            raise NoteFault("the key does not match its id")
        return key

    def accepts(self, message: bytes, signature: bytes) -> bool:
        """Say whether `signature` (64 bytes) of `message` was made with this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs; its text form must stay secret."""

    name: str
    kind: int
    seed: bytes

    @classmethod
    def generate(cls, name: str, kind: int = ED25519) -> "SigningKey":
        """A new key. Raises NoteFault for a name with spaces or a plus sign."""
        if not good_name(name):
            raise NoteFault("a key's name has no spaces and no plus sign")
        return cls(name, kind, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, text: str) -> "SigningKey":
        """Read ``PRIVATE+KEY+name+id+base64``. Raises NoteFault."""
        head, _, rest = text.strip().partition("PRIVATE+KEY+")
        key = PublicKey.parse(_as_public(rest)) if not head and rest else None
        if key is None:
            raise NoteFault("a signing key begins with PRIVATE+KEY+")
        made = cls(key.name, key.kind, key.raw)
        if made.public.id.hex() != rest.split("+", 2)[1]:
            raise NoteFault("the key does not match its id")
        return made

    def __str__(self) -> str:
        packed = base64.b64encode(bytes([self.kind]) + self.seed).decode()
        return f"PRIVATE+KEY+{self.name}+{self.public.id.hex()}+{packed}"

    def __repr__(self) -> str:
        return f"SigningKey({self.name!r})"

    @property
    def public(self) -> PublicKey:
        """The key that verifies."""
        secret = Ed25519PrivateKey.from_private_bytes(self.seed)
        return PublicKey(self.name, self.kind, secret.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """64 bytes of Ed25519 (RFC 8032)."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)


def _as_public(text: str) -> str:
    """The text of a signing key with its id replaced, so that one parser reads both."""
    try:
        name, _, packed = text.split("+", 2)
        blob = base64.b64decode(packed, validate=True)
    except (ValueError, binascii.Error) as error:
        raise NoteFault("a signing key looks like PRIVATE+KEY+name+id+base64") from error
    return str(PublicKey(name, blob[0] if blob else 0, blob[1:]))


def good_name(name: str) -> bool:
    """Say whether a key may bear that name."""
    return bool(name) and "+" not in name and not any(c.isspace() for c in name)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line of a note."""

    name: str
    key_id: bytes
    blob: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.blob).decode()}\n"


def sign_note(text: str, key: SigningKey) -> str:
    """`text` (ending in a newline) as a note signed with an Ed25519 key."""
    if not text.endswith("\n"):
        raise NoteFault("the text of a note ends with a newline")
    return f"{text}\n{Signature(key.name, key.public.id, key.sign(text.encode()))}"


def split_note(note: str) -> tuple[str, list[Signature]]:
    """The text of a note with its newline, and its signatures. Raises NoteFault."""
    text, found, lines = note.rpartition("\n\n")
    if not found or not lines.endswith("\n"):
        raise NoteFault("a note is text, a blank line, and signatures")
    if any(c < " " and c != "\n" for c in note):
        raise NoteFault("a note holds no control characters")
    if lines.count("\n") > SIGNATURES_MAX:
        raise NoteFault(f"a note with more than {SIGNATURES_MAX} signatures")
    signatures = []
    for line in lines[:-1].split("\n"):
        name, _, packed = line.removeprefix(_DASH).partition(" ")
        try:
            blob = base64.b64decode(packed, validate=True)
        except (ValueError, binascii.Error):
            blob = b""
        if not line.startswith(_DASH) or not good_name(name) or len(blob) < 5:
            raise NoteFault("a signature line of the note is broken")
        signatures.append(Signature(name, blob[:4], blob[4:]))
    return text + "\n", signatures


def open_note(note: str, key: PublicKey) -> str:
    """The text of a note that carries a good signature of `key`. Raises NoteFault."""
    text, signatures = split_note(note)
    mine = [one for one in signatures if (one.name, one.key_id) == (key.name, key.id)]
    if not mine:
        raise NoteFault(f"not signed by {key.name}")
    if not all(key.accepts(text.encode(), one.blob) for one in mine):
        raise NoteFault(f"the signature of {key.name} is false")
    return text


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log at one instant.

    Args:
        origin: the log's name.
        size: number of leaves.
        root: 32 bytes.
        extensions: further lines; ours is ``at`` and the instant of signing.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The body that is signed."""
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode())
        return "".join(f"{line}\n" for line in (*lines, *self.extensions))

    @property
    def at(self) -> str:
        """The instant of signing as the log told it (RFC 3339, UTC), or nothing."""
        told = (line[3:] for line in self.extensions if line.startswith("at "))
        return next(told, "")

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the body of a checkpoint. Raises NoteFault."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
            raise NoteFault("a checkpoint is origin, size, root and perhaps more lines")
        origin, size, root, *more = lines[:-1]
        if not (size.isascii() and size.isdigit()) or (size != "0" and size[0] == "0"):
            raise NoteFault("the size of a checkpoint is a plain number")
        if len(size) > len(str(SIZE_MAX)) or int(size) > SIZE_MAX:
            raise NoteFault("the size of a checkpoint is beyond any log")
        try:
            raw = base64.b64decode(root, validate=True)
        except (ValueError, binascii.Error) as error:
            raise NoteFault("the root of a checkpoint is base64") from error
        if len(raw) != 32 or base64.b64encode(raw).decode() != root:
            raise NoteFault("the root of a checkpoint has 32 bytes, in one spelling")
        return cls(origin, int(size), raw, tuple(more))


def open_checkpoint(note: str, key: PublicKey) -> Checkpoint:
    """The checkpoint in a note signed by the log's `key`, of that log. Raises NoteFault."""
    found = Checkpoint.parse(open_note(note, key))
    if found.origin != key.name:
        raise NoteFault(f"a checkpoint of {found.origin}, signed by {key.name}")
    return found


def cosign(note: str, key: SigningKey, at: int) -> str:
    """A witness's signature line for a checkpoint (C2SP tlog-cosignature, Ed25519).

    `at` is seconds since 1970. The witness must have checked consistency before.
    """
    text, _ = split_note(note)
    blob = at.to_bytes(8, "big") + key.sign(_cosigned(text, at))
    return str(Signature(key.name, key.public.id, blob))


def cosigned_at(note: str, witness: PublicKey) -> int:
    """When `witness` cosigned the checkpoint, in seconds since 1970. Raises NoteFault."""
    text, signatures = split_note(note)
    for one in signatures:
        if (one.name, one.key_id) == (witness.name, witness.id) and len(one.blob) == 72:
            at = int.from_bytes(one.blob[:8], "big")
            if witness.accepts(_cosigned(text, at), one.blob[8:]):
                return at
    raise NoteFault(f"not cosigned by {witness.name}")


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def with_cosignatures(note: str, lines: Sequence[str]) -> str:
    """The note with further signature lines."""
    return note + "".join(lines)
