"""Correcting a published response (回應之更正): appended, never written over. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from minben.casework.rules import BLOCK_MAX, RESPONSE_BLOCKS, Adoption

ADOPTION: Final = "adoption"
BLOCKS: Final = (*RESPONSE_BLOCKS, ADOPTION)
REASON_MIN, REASON_MAX = 10, 1000  # characters


class Corrects(Protocol):
    """What a correction changes."""

    block: str
    after: str


@dataclass(frozen=True, slots=True)
class Text:
    """A response as it reads: its four blocks, and its adoption."""

    blocks: Mapping[str, str]
    adoption: str

    def of(self, block: str) -> str:
        """The text of a block, or the code of the adoption."""
        return self.adoption if block == ADOPTION else self.blocks[block]


def corrected(first: Text, corrections: Iterable[Corrects]) -> Text:
    """The text after `corrections`, in their order."""
    blocks, adoption = dict(first.blocks), first.adoption
    for one in corrections:
        if one.block == ADOPTION:
            adoption = one.after
        else:
            blocks[one.block] = one.after
    return Text(blocks, adoption)


def correction_fault(now: Text, block: str, after: str, reason: str) -> tuple[str, str]:
    """Return why a correction is refused as (code, field), or two empty strings.

    Basis: `minben.answering.rules.CORRECTION_BASIS`.
    """
    if block not in BLOCKS:
        return "correction_block", "block"
    if not after.strip():
        return "correction_empty", "text"
    if len(after.strip()) > BLOCK_MAX:
        return "answering_too_long", "text"
    if block == ADOPTION and after not in set(Adoption):
        return "adoption_missing", "adoption"
    if after.strip() == now.of(block).strip():
        return "correction_nothing", "text"
    length = len(reason.strip())
    if length > REASON_MAX:
        return "answering_too_long", "reason"
    return ("", "") if length >= REASON_MIN else ("correction_reason", "reason")
