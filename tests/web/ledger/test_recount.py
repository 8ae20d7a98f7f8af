"""What a recount reads beside the log: claims, cases and schema; and codes a camera can read."""

import base64
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import segno
from django.test import Client

from minben.base.qr import qr_picture
from minben.kernel.actor import SYSTEM
from minben.ledger import actions as ledger
from minben.ledger.receipts import Code, Promise
from tests.web.ledger.logs import SIGNED, small
from tests.web.proposals.stages import OPEN

pytestmark = pytest.mark.django_db
Queries = Callable[..., Any]


@pytest.mark.parametrize("name", ["claims.json", "cases.json"])
def test_before_anything_is_claimed_there_is_nothing(client: Client, name: str) -> None:
    small()
    assert client.get(f"/ledger/{name}").status_code == 404


def test_what_is_claimed_is_served(client: Client, django_assert_max_num_queries: Queries) -> None:
    log = small()
    ledger.claim(by=SYSTEM, at=SIGNED)
    with django_assert_max_num_queries(1):
        told = client.get("/ledger/claims.json").json()
    assert told["cases"][str(log.proposal.case_id)]["count"] == 3
    cases = client.get("/ledger/cases.json").json()["cases"]
    one = cases[str(log.proposal.case_id)]
    assert one["number"] == log.number
    assert any(first <= (log.endorsement.leaf_index or 0) < end for first, end in one["ranges"])
    for name in ("claims.json", "cases.json"):
        response = client.get(f"/ledger/{name}")
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Content-Type"] == "application/json"
        again = client.get(f"/ledger/{name}", headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304


def test_cases_are_walked_once_for_each_claim(
    client: Client, django_assert_max_num_queries: Queries
) -> None:
    small()
    ledger.claim(by=SYSTEM, at=SIGNED)
    first = client.get("/ledger/cases.json").content
    with django_assert_max_num_queries(2):
        assert client.get("/ledger/cases.json").content == first


def test_the_schema_is_json(client: Client) -> None:
    assert client.get("/ledger/schema.json").json()["format"] == "minben-events/v1"


def picture_of(address: str) -> str:
    """The SVG in a ``data:`` address."""
    head, _, body = address.partition(",")
    assert head.startswith("data:image/svg+xml")
    return base64.b64decode(body).decode() if "base64" in head else unquote(body)


def test_the_code_is_a_picture_in_the_page_itself() -> None:
    svg = picture_of(qr_picture("r1"))
    assert svg.startswith(("<svg", "<?xml"))
    assert "script" not in svg
    assert 'fill="#fff"' in svg or "#fff" in svg


@pytest.mark.parametrize("index", [None, 0, 23_000_000])
def test_another_program_reads_the_code(tmp_path: Path, index: int | None) -> None:
    reader = shutil.which("zbarimg")
    if not reader:
        pytest.skip("nothing here reads QR codes: apt-get install zbar-tools")
    code = Code(bytes(range(32)), index, Promise(OPEN, bytes(range(64))))
    address = f"https://join.example.gov.tw/en/ledger/receipt/#{code}"
    picture = tmp_path / "code.png"
    segno.make(address, error="m", micro=False).save(str(picture), scale=4, border=4)
    done = subprocess.run(
        [reader, "--raw", "-q", str(picture)], capture_output=True, text=True, check=True
    )
    assert Code.parse(done.stdout) == code
    assert json.dumps(done.stdout.strip()) == json.dumps(address)


def test_the_schema_speaks_both_languages(client: Client) -> None:
    kinds = client.get("/ledger/schema.json").json()["kinds"]
    assert [kind for kind, told in kinds.items() if told["zh"].isascii()] == []
