"""Where a log is read from (來源): a folder, or an address of the web."""

import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Protocol, TypeVar
from urllib.parse import urlsplit

from minben.ledger.verifier.differences import Difference, SourceAway

LINE_MAX = 65_536
TIMEOUT = 30  # seconds without an answer
_AT_ONCE, _AHEAD = 4, 16
_PART, _LIST_MAX = 1 << 20, 1 << 33
T = TypeVar("T")
S = TypeVar("S")


class Source(Protocol):
    """Files of one log, by their paths below it, such as ``tile/0/000``."""

    def read(self, path: str, most: int) -> bytes | None:
        """The file, or None when there is none.

        Raises:
            Difference: ``too_big``, more than `most` bytes.
            SourceAway: it cannot be read.
        """

    def lines(self, path: str) -> Iterator[bytes]:
        """The lines of a file without their ends, streamed. Raises as `read`, or ``missing``."""

    def each(self, todo: Iterable[S], read: Callable[[S], T]) -> Iterator[T]:
        """What `read` says of each in order; a slow source works ahead."""


def open_source(text: str) -> Source:
    """A source by what was typed. Raises SourceAway for what is neither folder nor address."""
    if "://" in text:
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SourceAway(f"only http and https are read, not {text}")
        return Web(text.rstrip("/"))
    if not Path(text).is_dir():
        raise SourceAway(f"no folder {text}")
    return Folder(Path(text))


class Folder:
    """A bundle on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str, most: int) -> bytes | None:
        file = self.root / path
        try:
            if not file.is_file():
                return None
            with file.open("rb") as opened:
                found = opened.read(most + 1)
        except OSError as error:
            raise SourceAway(f"{path}: {error.strerror}") from error
        return _not_more(found, most, path)

    def lines(self, path: str) -> Iterator[bytes]:
        file = self.root / path
        if not file.is_file():
            raise Difference("missing", path)
        try:
            with file.open("rb") as opened:
                yield from _lines(opened.readline, path)
        except OSError as error:
            raise SourceAway(f"{path}: {error.strerror}") from error

    def each(self, todo: Iterable[S], read: Callable[[S], T]) -> Iterator[T]:
        return map(read, todo)


class _StayOnTheWeb(urllib.request.HTTPRedirectHandler):
    """Follows to other places of the web, as a log behind a proxy needs, and nowhere else."""

    max_redirections = 3

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise urllib.error.HTTPError(newurl, code, "leads off the web", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Web:
    """A log that is served."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._open = urllib.request.build_opener(_StayOnTheWeb).open

    def read(self, path: str, most: int) -> bytes | None:
        try:
            with self._open(f"{self.root}/{path}", timeout=TIMEOUT) as answer:
                return _not_more(answer.read(most + 1), most, path)
        except urllib.error.HTTPError as error:
            if error.code in (404, 410):
                return None
            raise SourceAway(f"{path}: HTTP {error.code}") from error
        except (OSError, HTTPException, ValueError) as error:
            raise SourceAway(f"{path}: {error}") from error

    def lines(self, path: str) -> Iterator[bytes]:
        # Fetched whole before it is read: no server waits until a long walk asks for more.
        with TemporaryFile() as kept:
            self._fetch(path, kept)
            kept.seek(0)
            yield from _lines(kept.readline, path)

    def _fetch(self, path: str, into: IO[bytes]) -> None:
        try:
            with self._open(f"{self.root}/{path}", timeout=TIMEOUT) as answer:
                while part := answer.read(_PART):
                    if into.tell() + len(part) > _LIST_MAX:
                        raise Difference("too_big", path, expected=f"≤ {_LIST_MAX} bytes")
                    into.write(part)
        except urllib.error.HTTPError as error:
            if error.code in (404, 410):
                raise Difference("missing", path) from error
            raise SourceAway(f"{path}: HTTP {error.code}") from error
        except (OSError, HTTPException, ValueError) as error:
            raise SourceAway(f"{path}: {error}") from error

    def each(self, todo: Iterable[S], read: Callable[[S], T]) -> Iterator[T]:
        waiting: deque[Future[T]] = deque()
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            try:
                for one in todo:
                    waiting.append(pool.submit(read, one))
                    if len(waiting) >= _AHEAD:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)


def _not_more(found: bytes, most: int, path: str) -> bytes:
    if len(found) > most:
        raise Difference("too_big", path, expected=f"≤ {most} bytes")
    return found


def _lines(readline: Callable[[int], bytes], path: str) -> Iterator[bytes]:
    while line := readline(LINE_MAX + 1):
        if len(line) > LINE_MAX:
            raise Difference("too_big", path, expected=f"lines of ≤ {LINE_MAX} bytes")
        yield line.rstrip(b"\n")
