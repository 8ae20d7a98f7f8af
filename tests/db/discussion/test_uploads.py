"""Uploads: what a file is decides its bytes, and nothing that hides in a picture survives."""

import hashlib
import io
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from minben.discussion import uploads
from minben.discussion.rules import FILE_MAX_BYTES
from minben.kernel.refusal import Refusal

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
SECRET = b"25.0330N 121.5654E"


@pytest.fixture(autouse=True)
def _files(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object
) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, "#284").save(made, kind, **options)  # type: ignore[arg-type]
    return made.getvalue()


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()  # ImageDescription
    exif[0x0112] = 6  # turned by a quarter
    return picture("JPEG", exif=exif)


def upload(content: bytes, name: str = "證據.jpg", said: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=said)


def refused(content: bytes, name: str = "證據.jpg") -> str:
    with pytest.raises(Refusal) as refusal:
        uploads.receive(upload(content, name))
    assert refusal.value.field == "files"
    assert refusal.value.params["name"]
    return refusal.value.code


def stored(received: uploads.Received) -> bytes:
    return uploads.path_of(received.sha256).read_bytes()


@pytest.mark.parametrize(
    ("kind", "media_type", "ending"),
    [
        ("JPEG", "image/jpeg", ".jpg"),
        ("PNG", "image/png", ".png"),
        ("WEBP", "image/webp", ".webp"),
    ],
)
def test_a_picture_is_stored_under_the_hash_of_what_is_stored(
    kind: str, media_type: str, ending: str, tmp_path: Path
) -> None:
    received = uploads.receive(upload(picture(kind), "現場 照片.dat"))
    content = stored(received)
    assert received.media_type == media_type
    assert received.name == f"現場_照片{ending}"
    assert received.sha256 == hashlib.sha256(content).hexdigest()
    assert received.size == len(content)
    assert uploads.path_of(received.sha256) == tmp_path / received.sha256[:2] / received.sha256
    assert Image.open(io.BytesIO(content)).format == kind


def test_metadata_is_left_behind_and_the_picture_stands_upright() -> None:
    given = with_exif()
    assert SECRET in given
    content = stored(uploads.receive(upload(given)))
    made = Image.open(io.BytesIO(content))
    assert SECRET not in content
    assert not made.getexif()
    assert made.size == (40, 60)


def test_text_chunks_of_a_png_are_left_behind() -> None:
    whole = picture("PNG")
    chunk = b"tEXt" + b"Comment\0<script>alert(1)</script>"
    crc = struct.pack(">I", zlib.crc32(chunk))
    text = struct.pack(">I", len(chunk) - 4) + chunk + crc
    given = whole[:33] + text + whole[33:]  # after the header chunk
    assert b"<script>" not in stored(uploads.receive(upload(given, "a.png")))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_second_file_behind_a_picture_is_left_behind(kind: str) -> None:
    given = picture(kind) + b"<html><script>alert(1)</script>PK\x03\x04" + b"\0" * 64
    content = stored(uploads.receive(upload(given)))
    assert b"<script>" not in content
    assert b"PK\x03\x04" not in content


def test_transparency_stays() -> None:
    content = stored(uploads.receive(upload(picture("PNG", mode="RGBA"), "a.png")))
    assert Image.open(io.BytesIO(content)).mode == "RGBA"


def test_a_very_large_picture_becomes_smaller() -> None:
    content = stored(uploads.receive(upload(picture("PNG", (5000, 100), "L"), "wide.png")))
    assert Image.open(io.BytesIO(content)).size == (4096, 82)


def test_a_pdf_is_stored_as_it_came() -> None:
    received = uploads.receive(upload(PDF, "報告.pdf"))
    assert received.media_type == "application/pdf"
    assert received.name == "報告.pdf"
    assert stored(received) == PDF


def test_the_same_bytes_twice_are_one_file(tmp_path: Path) -> None:
    first = uploads.receive(upload(PDF, "a.pdf"))
    second = uploads.receive(upload(PDF, "b.pdf"))
    assert first.sha256 == second.sha256
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script></html>", "照片.jpg"),
        (b"MZ\x90\0" + b"\0" * 300, "照片.png"),
        (b"GIF89a\x01\0\x01\0\0\0\0;", "照片.jpg"),
        (b"PK\x03\x04" + b"\0" * 300, "報告.pdf"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "圖.svg"),
        (b"\n" + PDF, "前面有東西.pdf"),
        (b"\xef\xbb\xbf" + PDF, "前面有東西.pdf"),
        (PDF + b"PK\x03\x04" + b"\0" * 3000, "後面有東西.pdf"),
        (b"", "空的.jpg"),
    ],
)
def test_files_that_lie_about_their_type(content: bytes, name: str) -> None:
    assert refused(content, name) == "file_type"


def test_the_message_names_the_file() -> None:
    with pytest.raises(Refusal) as refusal:
        uploads.receive(upload(b"nothing", "../../etc/照 片.jpg"))
    assert refusal.value.params["name"] == "照_片.jpg"


def test_a_picture_that_breaks_off_is_refused() -> None:
    assert refused(picture("JPEG", (400, 400))[:300]) == "file_broken"
    assert refused(picture("PNG", (400, 400))[:60]) == "file_broken"


def bomb(width: int, height: int) -> bytes:
    """A PNG that claims to be enormous and holds next to nothing."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 1000)
    parts = (header, data, b"IEND")
    chunks = (
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
        for part in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("side", [8001, 60_000])
def test_more_pixels_than_a_machine_should_decode(side: int) -> None:
    assert refused(bomb(side, side), "a.png") == "picture_too_large"


def test_too_many_bytes() -> None:
    assert refused(PDF + b" " * FILE_MAX_BYTES, "a.pdf") == "file_too_large"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("C:\\temp\\報稅.pdf", "報稅.pdf"),
        ("../../../etc/passwd", "passwd"),
        ("a\u202efdp.exe", "afdp.exe"),
        ('x";filename="y.html', "x_;filename=_y.html".replace(";", "_").replace("__", "_")),
        ("...", "file"),
        ("", "file"),
        ("字" * 300, "字" * 100),
    ],
)
def test_names_are_fit_for_headers_and_addresses(given: str, name: str) -> None:
    assert uploads.clean_name(given) == name


def test_an_ending_follows_the_type() -> None:
    assert uploads.with_ending("字" * 100, "image/webp") == "字" * 95 + ".webp"
    assert uploads.with_ending("a.php.jpg", "application/pdf") == "a.php.pdf"
    assert uploads.with_ending("file", "image/png") == "file.png"
