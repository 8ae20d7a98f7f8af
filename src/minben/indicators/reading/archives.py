"""Zipped files (壓縮檔) that do not unfold into more than this machine holds."""

import io
import lzma
import re
import zipfile
import zlib

from minben.indicators.engine.faults import Fault, Faulty

MOST_FILES, MOST_UNFOLDED = 2_000, 200_000_000
PIECE = 1 << 20
SIGNATURE = b"PK\x03\x04"
# A drive letter, a scheme, an absolute path, a step upwards.
UNSAFE = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:|^[/\\]|(^|[/\\])\.\.([/\\]|$)|\\|[\x00-\x1f]")


def unfolded(name: str, content: bytes) -> dict[str, bytes]:
    """The files of an archive by their path in it. Raises Faulty: broken, too large, locked.

    What the archive says of sizes is not believed: what comes out is counted.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = [one for one in archive.infolist() if not one.is_dir()]
            if len(listed) > MOST_FILES:
                raise Faulty([Fault(name, "too_many", f"holds more than {MOST_FILES} files")])
            found: dict[str, bytes] = {}
            left = MOST_UNFOLDED
            for one in listed:
                if one.filename in found:
                    raise Faulty([Fault(name, "file_twice", f"holds {one.filename!r} twice")])
                found[one.filename] = _limited(name, archive, one, left)
                left -= len(found[one.filename])
            return found
    except Faulty:
        raise
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, OSError) as error:
        raise Faulty([Fault(name, "broken_archive", f"is a broken archive: {error}")]) from None
    except RuntimeError:  # what zipfile says of passwords and of ways of packing it does not know
        text = "is locked by a password or packed in an unknown way"
        raise Faulty([Fault(name, "locked_archive", text)]) from None


def _limited(name: str, archive: zipfile.ZipFile, one: zipfile.ZipInfo, left: int) -> bytes:
    pieces: list[bytes] = []
    with archive.open(one) as file:
        while piece := file.read(PIECE):
            pieces.append(piece)
            left -= len(piece)
            if left < 0:
                text = f"unfolds into more than {MOST_UNFOLDED} bytes"
                raise Faulty([Fault(name, "too_large", text)])
    return b"".join(pieces)


def unsafe(path: str) -> bool:
    """Whether a path leads out of its folder or away from this machine."""
    return not path or UNSAFE.search(path) is not None
