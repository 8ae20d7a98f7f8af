"""Bytes as text (文字編碼): UTF-8 only; other encodings are named, not guessed through."""

from collections.abc import Iterator

from minben.indicators.engine.faults import Fault, Faulty

MOST_BYTES = 50_000_000
LIKELY = 0.8


def decoded(name: str, content: bytes) -> str:
    """The text of a file in UTF-8, with or without a byte order mark. Raises Faulty."""
    if len(content) > MOST_BYTES:
        raise Faulty([Fault(name, "too_large", f"is larger than {MOST_BYTES} bytes")])
    begins = content[:200]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or begins.count(b"\0") * 4 > len(begins):
        raise Faulty([Fault(name, "not_utf8", "is UTF-16 text, not UTF-8: save it as “CSV UTF-8”")])
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise Faulty([Fault(f"{name}, line {line}", "not_utf8", "holds a NUL: this is no text")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        text = f"is not UTF-8 text but looks like {guess(content[error.start :])}: save it as “CSV UTF-8”"
        raise Faulty([Fault(f"{name}, line {line}", "not_utf8", text)]) from None


def guess(content: bytes) -> str:
    """Which encoding a text that is not UTF-8 may be in, by where its first bytes lie.

    Common Chinese characters begin with A4 to C6 in Big5 and with B0 to D7 in GB 18030, of which a
    second byte above A0 follows; accented letters of Western Europe begin with C0 to FF, and what
    follows is a letter.
    """
    pairs = list(_pairs(content[:200_000]))
    if not pairs:
        return "another encoding"
    big5 = sum(0xA4 <= first <= 0xC6 and second >= 0x40 for first, second in pairs)
    gb = sum(0xB0 <= first <= 0xF7 and second >= 0xA1 for first, second in pairs)
    if big5 > LIKELY * len(pairs):
        return "Big5"
    return "GB 18030" if gb > LIKELY * len(pairs) else "Windows-1252 (Western European)"


def _pairs(content: bytes) -> Iterator[tuple[int, int]]:
    place = 0
    while place < len(content) - 1:
        if content[place] >= 0x80:
            yield content[place], content[place + 1]
            place += 1
        place += 1
