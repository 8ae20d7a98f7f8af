"""What a proposer brought as evidence (佐證資料), read from the proposal's own JSON. No query.

Shape: ``{"links": [{"title", "url"}], "video": url, "files": [{"sha256", "name", "media_type",
"size"}], "not_in_archive": how many files an archive left out}``. Whatever is malformed, or no
web address, is left out rather than shown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

_ADDRESS: Final = re.compile(r"[0-9a-f]{64}/[^/\n]{1,120}")  # what the file's own page answers to


@dataclass(frozen=True, slots=True)
class Link:
    """A web address, its title, and the host it leads to."""

    title: str
    url: str
    host: str


@dataclass(frozen=True, slots=True)
class File:
    """An uploaded file; `size` in bytes."""

    name: str
    sha256: str
    media_type: str
    size: int

    @property
    def kind(self) -> str:
        """PDF, JPEG, PNG, WEBP."""
        return self.media_type.rpartition("/")[2].upper()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Links, a video's address, files, and how many files an archive left out."""

    links: tuple[Link, ...] = ()
    video: Link | None = None
    files: tuple[File, ...] = ()
    left_out: int = 0

    def __bool__(self) -> bool:
        return bool(self.links or self.video or self.files or self.left_out)


def evidence_of(given: Mapping[str, Any]) -> Evidence:  # Any: JSON
    """Read the evidence of a proposal or draft."""
    links = (_link(one) for one in _dicts(given.get("links")))
    files = (_file(one) for one in _dicts(given.get("files")))
    return Evidence(
        tuple(link for link in links if link),
        _link({"url": given.get("video")}),
        tuple(file for file in files if file),
        left_out if isinstance(left_out := given.get("not_in_archive"), int) else 0,
    )


def _dicts(given: object) -> list[dict[str, Any]]:  # Any: JSON
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def _link(given: Mapping[str, Any]) -> Link | None:  # Any: JSON
    url = str(given.get("url") or "").strip()
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return Link(str(given.get("title") or "").strip() or host, url, host)


def _file(given: Mapping[str, Any]) -> File | None:  # Any: JSON
    sha256, name = str(given.get("sha256") or ""), str(given.get("name") or "")
    if not _ADDRESS.fullmatch(f"{sha256}/{name}"):
        return None
    size = given.get("size")
    return File(
        name, sha256, str(given.get("media_type") or ""), size if isinstance(size, int) else 0
    )
