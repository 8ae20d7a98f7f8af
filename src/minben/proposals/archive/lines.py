"""Opening archive files and taking them apart into records (檔案之逐筆讀取).

A file is recognised by its content first and by its name second, and may be gzipped whatever
it is called. Damage is confined: a bad line is one fault, a broken-off file ends early.
"""

import gzip
import io
import re
import zlib
from collections import deque
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from minben.proposals.archive.faults import ArchiveFault, Reject

LINE_MAX = 4_000_000  # bytes; the longest of 1,400 real proposals has 120,000
RECORD_LINES_MAX = 200  # lines of one quoted record
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# How a row of endorsements begins, to find one's feet again after a quote that never closes.
_ROW = re.compile(rb"[0-9A-Za-z-]{8,40},\d+,\d{4}-\d\d-\d\d")

Numbered = tuple[int, bytes]


class Kind(StrEnum):
    """What a file holds."""

    PROPOSALS = "proposals"
    ENDORSEMENTS = "endorsements"


class ArchiveFile:
    """One file, open for reading once.

    Raises:
        ArchiveFault: ``unreadable``, ``empty_file``, ``unknown_file``, ``not_utf8`` or
            ``gzip_damaged``, when not even its beginning can be understood.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.name
        try:
            self._raw: BinaryIO = path.open("rb")
            self.size = path.stat().st_size
        except OSError as error:
            raise ArchiveFault("unreadable", detail=error.strerror or error) from error
        try:
            self._stream = self._unpacked()
            self._number, self._pending = 0, deque[Numbered]()
            self.kind = self._recognise()
        except ArchiveFault:
            self._raw.close()
            raise

    @property
    def position(self) -> int:
        """Bytes consumed of the file as it lies on disk, for a progress bar."""
        return self._raw.tell()

    def close(self) -> None:
        """Close it."""
        self._raw.close()

    def _unpacked(self) -> BinaryIO:
        packed = self._raw.read(2) == b"\x1f\x8b"
        self._raw.seek(0)
        if packed:
            return io.BufferedReader(gzip.GzipFile(fileobj=self._raw))
        return self._raw

    def _recognise(self) -> Kind:
        first = b""
        while not first.strip():
            read = self._read()
            if read is None:
                raise ArchiveFault("empty_file")
            first = read
        if first.startswith(_UTF16):
            raise ArchiveFault("not_utf8")
        first = first.removeprefix(_BOM)
        self._pending.append((self._number, first))
        if first.lstrip().startswith(b"{"):
            return Kind.PROPOSALS
        if b"proposal_id" in first:
            return Kind.ENDORSEMENTS
        names = {".jsonl": Kind.PROPOSALS, ".csv": Kind.ENDORSEMENTS}
        kinds = [names[suffix] for suffix in self.path.suffixes if suffix in names]
        if not kinds:
            raise ArchiveFault("unknown_file")
        return kinds[0]

    def _read(self) -> bytes | None:
        """The next line, or None at the end."""
        try:
            line = self._stream.readline(LINE_MAX)
        except EOFError as error:
            raise ArchiveFault("gzip_truncated") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise ArchiveFault("gzip_damaged", detail=error) from error
        except OSError as error:
            raise ArchiveFault("unreadable", detail=error.strerror or error) from error
        if not line:
            return None
        self._number += 1
        return line

    def lines(self) -> Iterator[Numbered | Reject]:
        """Yield numbered lines that are not blank; what ends the file early is a fault."""
        while True:
            if self._pending:
                yield self._pending.popleft()
                continue
            try:
                line = self._read()
            except ArchiveFault as fault:
                yield Reject.of(self._number + 1, fault)
                return
            if line is None:
                return
            if len(line) == LINE_MAX and not line.endswith(b"\n"):
                yield Reject.of(self._number, ArchiveFault("line_too_long", most=LINE_MAX))
                self._skip_line()
            elif line.strip():
                yield self._number, line

    def _skip_line(self) -> None:
        while (rest := self._stream.readline(LINE_MAX)) and not rest.endswith(b"\n"):
            pass

    def rows(self) -> Iterator[Numbered | Reject]:
        """Yield the records of a CSV file: lines joined while a quotation is open."""
        held: list[Numbered] = []
        quoted = False
        for item in self.lines():
            if isinstance(item, Reject):
                yield item
                continue
            number, line = item
            if quoted and (_ROW.match(line) or len(held) >= RECORD_LINES_MAX):
                yield Reject.of(held[0][0], ArchiveFault("quote_not_closed"))
                held, quoted = [], False
            held.append((number, line))
            quoted ^= line.count(b'"') % 2 == 1
            if not quoted:
                yield held[0][0], b"".join(part for _, part in held)
                held = []
        if held:
            yield Reject.of(held[0][0], ArchiveFault("quote_not_closed"))


def decoded(raw: bytes) -> str:
    """The text of a line. Raises ArchiveFault ``not_utf8``."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ArchiveFault("not_utf8") from error
