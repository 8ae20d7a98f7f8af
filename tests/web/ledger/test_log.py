"""The log for machines: C2SP tlog-tiles, for every website, and 404 for what is not there."""

import gzip
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from minben.kernel.actor import SYSTEM
from minben.ledger import actions as ledger
from minben.ledger import merkle, onefile
from minben.ledger.actions import Submission
from minben.ledger.keys import origin
from minben.ledger.notes import PublicKey, SigningKey, open_checkpoint
from minben.ledger.tiles import unpack
from tests.factories import DAY0, count
from tests.web.ledger.logs import SIGNED, sign, small

pytestmark = pytest.mark.django_db
Queries = Callable[..., Any]


def fill(n: int) -> None:
    """So many entries more."""
    acts = [Submission("proposals.accepted", DAY0, ref=10_000 + i) for i in range(n)]
    ledger.submit_many(acts, by=SYSTEM, at=DAY0)
    count(SIGNED)


def log_key(client: Client) -> PublicKey:
    return PublicKey.parse(client.get("/ledger/log.vkey").content.decode())


def test_the_checkpoint_is_a_signed_note(client: Client) -> None:
    small()
    response = client.get("/ledger/checkpoint")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "max-age=2" in response["Cache-Control"]
    found = open_checkpoint(response.content.decode(), log_key(client))
    assert found.size > 3
    again = client.get("/ledger/checkpoint", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_a_reader_recomputes_the_root_from_what_is_served(client: Client) -> None:
    small()
    fill(300)
    sign(SIGNED)
    size = open_checkpoint(client.get("/ledger/checkpoint").content.decode(), log_key(client))
    first, rest = client.get("/ledger/tile/entries/000"), size.size - 256
    second = client.get(f"/ledger/tile/entries/001.p/{rest}")
    entries = [*unpack(first.content), *unpack(second.content)]
    hashes = [merkle.leaf_hash(entry) for entry in entries]
    assert merkle.root_of(hashes) == size.root
    assert client.get("/ledger/tile/0/000").content == b"".join(hashes[:256])
    assert client.get(f"/ledger/tile/0/001.p/{rest}").content == b"".join(hashes[256:])
    assert client.get("/ledger/tile/1/000.p/1").content == merkle.root_of(hashes[:256])


def test_tiles_never_change_and_say_so(client: Client) -> None:
    small()
    for path in ("/ledger/tile/0/000.p/3", "/ledger/tile/entries/000.p/3"):
        response = client.get(path)
        assert response.status_code == 200
        assert response["Content-Type"] == "application/octet-stream"
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_bundles_are_compressed_for_who_asks(client: Client) -> None:
    small()
    plain = client.get("/ledger/tile/entries/000.p/3").content
    packed = client.get("/ledger/tile/entries/000.p/3", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/001",
        "tile/0/000",  # not full yet
        "tile/0/000.p/200",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/03",
        "tile/0/0",
        "tile/00/000.p/1",
        "tile/1/000.p/1",
        "tile/64/000",
        "tile/entries/000",
        "tile/entries/x000/000.p/1",
        "tile/data/000.p/1",
        "tile/0/000.p/1/",
        "tile/0/../0/000.p/1",
        "timestamps/3.tsr",
    ],
)
def test_what_is_not_there(client: Client, path: str) -> None:
    small()
    response = client.get(f"/ledger/{path}")
    assert response.status_code == 404
    if not path.endswith("/"):
        assert response["Cache-Control"] == "no-store"


def test_an_empty_log_has_no_checkpoint(client: Client) -> None:
    assert client.get("/ledger/checkpoint").status_code == 404
    assert client.get("/ledger/checkpoints.jsonl").getvalue() == b""


def test_all_checkpoints_oldest_first(client: Client) -> None:
    small()
    fill(1)
    sign(SIGNED)
    lines = client.get("/ledger/checkpoints.jsonl").getvalue().decode().splitlines()
    assert len(lines) == 2
    assert lines[-1].startswith('{"note": "')


PATHS = (
    "checkpoint",
    "checkpoints.jsonl",
    "log.vkey",
    "receipt.vkey",
    "schema.json",
    "tile/0/000.p/3",
    "tile/entries/000.p/3",
    "tile/0/999",
    "verify.html",
)


@pytest.mark.parametrize("path", PATHS)
def test_for_every_website_and_without_cookies(client: Client, path: str) -> None:
    small()
    response = client.get(f"/ledger/{path}")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", PATHS)
def test_reading_only(client: Client, path: str) -> None:
    assert client.post(f"/ledger/{path}").status_code == 405


def test_few_queries(client: Client, django_assert_max_num_queries: Queries) -> None:
    small()
    for path, most in (
        ("checkpoint", 2),
        ("tile/0/000.p/3", 1),
        ("tile/entries/000.p/3", 1),
        ("log.vkey", 0),
    ):
        with django_assert_max_num_queries(most):
            client.get(f"/ledger/{path}")


def test_without_a_key_there_is_nothing_to_verify_with(client: Client, settings: Any) -> None:
    settings.LEDGER_VKEY = "nonsense"
    assert client.get("/ledger/log.vkey").status_code == 404


def test_older_keys_stand_below_the_newest(client: Client, settings: Any) -> None:
    newest = client.get("/ledger/log.vkey").content.decode()
    older = str(SigningKey(origin(), 1, b"o" * 32).public)
    settings.LEDGER_VKEY = f"{newest}{older}"
    assert client.get("/ledger/log.vkey").content.decode() == f"{newest}{older}\n"
    settings.SECRET_KEY_FALLBACKS = ["what it was before"]
    assert client.get("/ledger/receipt.vkey").content.count(b"\n") == 2


def test_another_logs_key_is_refused(client: Client, settings: Any) -> None:
    settings.LEDGER_VKEY = str(SigningKey("other.example/ledger", 1, b"o" * 32).public)
    assert client.get("/ledger/log.vkey").status_code == 404


def hashed(content: str) -> str:
    return b64encode(sha256(content.encode()).digest()).decode()


def test_the_recounting_page_alone_may_run_its_own_script(client: Client) -> None:
    response = client.get("/ledger/verify.html")
    page, policy = response.content.decode(), response["Content-Security-Policy"]
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.S)
    (sheet,) = re.findall(r"<style>(.*?)</style>", page, re.S)
    assert f"script-src 'sha256-{hashed(script)}';" in policy
    assert f"style-src 'sha256-{hashed(sheet)}';" in policy
    assert "connect-src 'self' https:;" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    other = client.get("/ledger/")["Content-Security-Policy"]
    assert "sha256" not in other
    assert "https:" not in other


def test_the_recounting_page_can_be_kept(client: Client) -> None:
    assert "Content-Disposition" not in client.get("/ledger/verify.html")
    kept = client.get("/ledger/verify.html?download")
    assert kept["Content-Disposition"] == 'attachment; filename="minben-verify.html"'
    assert kept.content.decode() == onefile.page()


def test_the_recounting_page_needs_nothing_from_elsewhere() -> None:
    page = onefile.page()
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!data:)""", page)
    assert not re.findall(r"@import|url\(", page)
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", page)
    assert not re.findall(r"innerHTML|outerHTML|document\.write|insertAdjacentHTML|eval\(", page)


def test_both_languages_of_the_recounting_page_say_the_same() -> None:
    words = (onefile.files(onefile.__package__) / "words.js").read_text(encoding="utf-8")
    chinese, english = words.split("\n  en: {")
    keys = [re.findall(r'(?:^|[ ,{])"?(\w+)"?: "', part, re.M) for part in (chinese, english)]
    assert len(keys[0]) > 100
    assert keys[0] == keys[1]
    places = [re.findall(r"\{(\w+)\}", part) for part in (chinese, english)]
    assert sorted(places[0]) == sorted(places[1])
