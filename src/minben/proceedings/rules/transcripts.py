"""The transcript by turns (逐字紀錄): its text form, the window to correct it, and redactions. Pure.

Every participant may correct their own words for ten working days; then the transcript is public.
A redacted passage is replaced in the stored text by a numbered mark (█1█), so that no page can
show what it hid, and no correction may leave a mark out.

Basis: practice of the collaboration meetings (十個工作日內修正發言，其後公開); 政府資訊公開法 §18.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from minben.kernel.periods import Term, Unit
from minben.kernel.refusal import Refusal
from minben.proceedings.rules import bounded

WINDOW: Final = Term(
    Unit.WORKING_DAY,
    10,
    basis="行政院開放政府聯絡人協作會議作業實務：與會者得於十個工作日內修正自己的發言，其後公開逐字紀錄",
)
CLOSED_INFORMATION: Final = "政府資訊公開法 §18"
TEXT_MAX, TURN_MAX, NAME_MAX = 400_000, 8_000, 40  # characters
TURNS_MAX, SPEAKERS_MAX = 3_000, 120
PASSAGE_MAX, REASON_MIN, REASON_MAX = 500, 4, 300
BLOCK: Final = "█"
MARK: Final = re.compile(r"█(\d{1,3})█")
_SPEAKER: Final = re.compile(r"(?P<name>[^:：\n]{1,40})[:：]\s*(?P<text>.*)")


class RedactionGround(StrEnum):
    """Why a passage is not shown."""

    PERSONAL = "personal"  # 他人個人資料
    BUSINESS = "business"  # 營業秘密
    SECRET = "secret"  # noqa: S105  依法應保密
    AGREED = "agreed"  # 事先約定不紀錄


GROUND_BASIS: Final = {
    RedactionGround.PERSONAL: "政府資訊公開法 §18 I ⑥、個人資料保護法 §16",
    RedactionGround.BUSINESS: "政府資訊公開法 §18 I ⑦",
    RedactionGround.SECRET: "政府資訊公開法 §18 I ①",
    RedactionGround.AGREED: "協作會議作業實務：「此部分不紀錄」",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One turn as imported."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a turn: text, or the number of the redaction that stands in its place."""

    text: str
    mark: int | None = None


def decoded(raw: bytes) -> str:
    """The text of an uploaded file. Refuses ``transcript_encoding`` and what is far too long."""
    if len(raw) > 4 * TEXT_MAX:
        raise Refusal("transcript_too_long", field="file", most=TEXT_MAX)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("transcript_encoding", field="file") from error


def parsed(text: str) -> tuple[Said, ...]:
    """The turns of a plain text: ``Name: what was said``, one a line.

    Half and full-width colons both serve. A line without a name goes on with the turn before;
    empty lines are passed over. To begin a line of a turn with a word and a colon, indent it.

    Raises:
        Refusal: ``transcript_empty``, ``transcript_too_long``, ``transcript_no_speaker``,
            ``transcript_turn_too_long``.
    """
    if len(text) > TEXT_MAX:
        raise Refusal("transcript_too_long", field="text", most=TEXT_MAX)
    turns: list[tuple[str, list[str]]] = []
    for number, line in enumerate(text.replace(BLOCK, "■").splitlines(), start=1):
        found = None if line[:1].isspace() else _SPEAKER.fullmatch(line)
        if found and found["name"].strip():
            turns.append((found["name"].strip(), [found["text"].strip()]))
        elif line.strip() and not turns:
            raise Refusal("transcript_no_speaker", field="text", line=number)
        elif line.strip():
            turns[-1][1].append(line.strip())
    said = tuple(Said(name, "\n".join(line for line in lines if line)) for name, lines in turns)
    _refuse_what_is_too_much(said)
    return said


def _refuse_what_is_too_much(said: Sequence[Said]) -> None:
    if not said:
        raise Refusal("transcript_empty", field="text")
    if len(said) > TURNS_MAX or len({one.speaker for one in said}) > SPEAKERS_MAX:
        raise Refusal("transcript_too_long", field="text", most=TEXT_MAX)
    for number, one in enumerate(said, start=1):
        if not one.text:
            raise Refusal("transcript_turn_empty", field="text", turn=number)
        if len(one.text) > TURN_MAX:
            raise Refusal("transcript_turn_too_long", field="text", turn=number, most=TURN_MAX)


def pieces(text: str) -> tuple[Piece, ...]:
    """A stored text as what is shown: pieces of text, and redactions between them."""
    found: list[Piece] = []
    begin = 0
    for mark in MARK.finditer(text):
        if mark.start() > begin:
            found.append(Piece(text[begin : mark.start()]))
        found.append(Piece("", int(mark[1])))
        begin = mark.end()
    if begin < len(text):
        found.append(Piece(text[begin:]))
    return tuple(found)


def marks_in(text: str) -> list[str]:
    """The redactions in a text, in order."""
    return MARK.findall(text)


def corrected(old: str, new: str) -> str:
    """The new text of a turn. Refuses one that leaves out, adds or moves a redaction."""
    text = bounded(new, "text", TURN_MAX)
    if marks_in(text) != marks_in(old) or MARK.sub("", text).count(BLOCK):
        raise Refusal("redaction_left_out", field="text", basis=CLOSED_INFORMATION)
    if text == old:
        raise Refusal("correction_same", field="text")
    return text


def passage_in(text: str, passage: str) -> str:
    """The passage to be redacted. Refuses one that does not stand in the text as it is."""
    found = bounded(passage, "passage", PASSAGE_MAX)
    if BLOCK in found or found not in text:
        raise Refusal("redaction_passage", field="passage")
    return found


def redacted(text: str, passage: str, mark: int) -> str:
    """The text with every occurrence of the passage replaced by the mark."""
    return f"{BLOCK}{mark}{BLOCK}".join(text.split(passage_in(text, passage)))


def window_open(*, opened_at: datetime | None, due_at: datetime | None, at: datetime) -> bool:
    """Whether speakers may correct their words at `at`; `due_at` is exclusive."""
    return opened_at is not None and due_at is not None and opened_at <= at < due_at
