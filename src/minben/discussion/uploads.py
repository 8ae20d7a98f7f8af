"""Uploaded evidence (佐證檔案): checked by content, pictures made anew, kept under its own hash.

What a file is called and what the browser says it is count for nothing: the first bytes decide.
A picture is decoded and encoded again, which leaves behind whatever travelled with it (places and
cameras in EXIF, text chunks, a second file behind the last byte). A PDF is kept as it came, begins
and ends as one, and is only ever handed out as a download.
"""

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import filetype
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError

from minben.discussion.rules import FILE_MAX_BYTES, FILE_TYPES, PICTURE_TYPES
from minben.kernel.refusal import Refusal

PIXELS_MAX: Final = 8000 * 8000
"""Most pixels that are decoded at all; a few kilobytes can claim to be a thousand times that."""
SIDE_MAX: Final = 4096
NAME_MAX: Final = 100

_FORMATS: Final[Mapping[str, str]] = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
}
_ENDINGS: Final[Mapping[str, str]] = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
}
_PDF_END: Final = b"%%EOF"
_PDF_TAIL: Final = 1024  # bytes at the end in which readers look for the end mark


@dataclass(frozen=True, slots=True)
class Received:
    """A file that passed and is stored.

    Args:
        sha256: of the bytes as stored, in hexadecimal; also where they are stored.
        name: fit for a header and an address, with the ending of its true type.
        media_type: one of `FILE_TYPES`.
        size: bytes as stored.
    """

    sha256: str
    name: str
    media_type: str
    size: int


def receive(upload: "UploadedFile[bytes]") -> Received:
    """Check a file and store it; storing the same bytes again changes nothing.

    Raises:
        Refusal: ``file_too_large``, ``file_type``, ``file_broken``, ``picture_too_large``, all for
            the field ``files`` with the file's name.
    """
    name = clean_name(upload.name or "")
    if (upload.size or 0) > FILE_MAX_BYTES:
        raise Refusal("file_too_large", field="files", name=name, limit=FILE_MAX_BYTES // 1_000_000)
    upload.seek(0)
    content = upload.read()
    media_type = _type_of(content, name)
    if media_type in PICTURE_TYPES:
        content = _made_anew(content, media_type, name)
    sha256 = hashlib.sha256(content).hexdigest()
    _store(content, path_of(sha256))
    return Received(sha256, with_ending(name, media_type), media_type, len(content))


def path_of(sha256: str) -> Path:
    """Where a file's bytes are: ``MEDIA_ROOT/aa/aabb…``."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def clean_name(name: str) -> str:
    """Return `name` without folders, signs that mean something elsewhere, and unseen characters.

    Chinese names stay; a name with nothing left is ``file``.
    """
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(c for c in base if unicodedata.category(c)[0] != "C")
    safe = re.sub(r"""[<>:"'|?*%#&;`$~\s]+""", "_", seen).strip("._- ")
    return safe[:NAME_MAX] or "file"


def with_ending(name: str, media_type: str) -> str:
    """Return `name` with the ending of what the file truly is."""
    ending = _ENDINGS[media_type]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name).rstrip("._- ") or "file"
    return f"{stem[: NAME_MAX - len(ending)]}{ending}"


def _type_of(content: bytes, name: str) -> str:
    kind = filetype.guess(content[:8192])
    media_type = str(kind.mime) if kind else ""
    if media_type not in FILE_TYPES:
        raise Refusal("file_type", field="files", name=name)
    if media_type == "application/pdf" and not (
        content.startswith(b"%PDF-") and _PDF_END in content[-_PDF_TAIL:]
    ):
        raise Refusal("file_type", field="files", name=name)
    return media_type


def _made_anew(content: bytes, media_type: str, name: str) -> bytes:
    """Decode a picture within bounds and encode it again, upright and without its metadata."""
    try:
        with Image.open(BytesIO(content), formats=[_FORMATS[media_type]]) as opened:
            if opened.width * opened.height > PIXELS_MAX:
                raise Refusal("picture_too_large", field="files", name=name)
            # A JPEG can be decoded at a fraction of its size, which spares the memory.
            opened.draft("RGB", (SIDE_MAX, SIDE_MAX))
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((SIDE_MAX, SIDE_MAX))
            return _encoded(picture, media_type)
    except Image.DecompressionBombError as error:
        raise Refusal("picture_too_large", field="files", name=name) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refusal("file_broken", field="files", name=name) from error


def _encoded(picture: Image.Image, media_type: str) -> bytes:
    clear = "A" in picture.getbands() or "transparency" in picture.info
    bare = picture.convert("RGBA" if clear and media_type != "image/jpeg" else "RGB")
    bare.info = {}
    made = BytesIO()
    options = {} if media_type == "image/png" else {"quality": 86}
    bare.save(made, _FORMATS[media_type], **options)
    return made.getvalue()


def _store(content: bytes, path: Path) -> None:
    """Write through a neighbouring name, so that nobody ever reads half a file."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(beside, 0o640)
    os.replace(beside, path)
