"""Files kept together (檔案封存): in one archive until an import is confirmed, then each compressed."""

import gzip
import io
import zipfile
from collections.abc import Mapping

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip archive can name


def bundled(files: Mapping[str, bytes]) -> bytes:
    """One archive; the same files are the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, name in enumerate(sorted(files)):
            # Names are what somebody called them; in the archive they are only comments.
            entry = zipfile.ZipInfo(f"{number}", EARLIEST)
            entry.comment = name.encode()
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return out.getvalue()


def unbundled(package: bytes) -> dict[str, bytes]:
    """The files by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {one.comment.decode(): archive.read(one) for one in archive.infolist()}


def compressed(content: bytes) -> bytes:
    """A file as it is kept; the same file is the same bytes."""
    return gzip.compress(content, mtime=0)


def uncompressed(content: bytes) -> bytes:
    """A file as it was brought."""
    return gzip.decompress(content)
