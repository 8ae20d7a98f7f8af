"""The ledger's twins: how far it is, one entry with its proof, the entries of a proposal."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from minben.ledger import merkle
from minben.ledger.notes import PublicKey, open_checkpoint
from tests.web.ledger.logs import SIGNED, small

pytestmark = pytest.mark.django_db
At = Callable[..., Any]


def test_the_summary_can_be_verified(client: Client, at_instant: At) -> None:
    small()
    with at_instant(SIGNED):
        told = client.get("/api/v1/ledger").json()
    found = open_checkpoint(told["checkpoint"], PublicKey.parse(told["log_vkey"]))
    assert (found.origin, found.size) == (told["origin"], told["checkpoint_size"])
    assert told["size"] == found.size
    assert told["prefix"].endswith("/ledger/")


def test_an_empty_ledger_has_a_summary_too(client: Client) -> None:
    told = client.get("/api/v1/ledger").json()
    assert (told["size"], told["checkpoint"], told["checkpoint_at"]) == (0, "", None)


def test_without_a_key_the_summary_says_so(client: Client, settings: Any) -> None:
    settings.LEDGER_VKEY = "nonsense"
    assert client.get("/api/v1/ledger").json()["log_vkey"] == ""


def test_one_entry_proves_itself(client: Client, at_instant: At) -> None:
    index = small().endorsement.leaf_index
    assert index is not None
    with at_instant(SIGNED):
        told = client.get(f"/api/v1/ledger/leaves/{index}").json()
        key = PublicKey.parse(client.get("/api/v1/ledger").json()["log_vkey"])
    leaf = merkle.leaf_hash(told["text"].encode())
    top = open_checkpoint(told["checkpoint"], key)
    path = [bytes.fromhex(one) for one in told["proof"]]
    assert leaf.hex() == told["hash"]
    assert merkle.verify_inclusion(leaf, index, top.size, path, top.root)
    assert told["entry"]["kind"] == "proposals.endorsed"


@pytest.mark.parametrize(
    ("index", "status"), [("999", 404), ("-1", 422), ("x", 422), ("9" * 30, 422)]
)
def test_an_entry_that_is_not_there(client: Client, index: str, status: int) -> None:
    small()
    assert client.get(f"/api/v1/ledger/leaves/{index}").status_code == status


def test_the_entries_of_a_proposal(client: Client, at_instant: At) -> None:
    log = small()
    with at_instant(SIGNED):
        told = client.get(f"/api/v1/proposals/{log.number}/ledger").json()
    kinds = [one["kind"] for one in told["items"]]
    assert told["endorsements"] == 3
    assert told["case"] == log.proposal.case_id
    assert "proposals.accepted" in kinds
    assert "proposals.endorsed" not in kinds
    assert [one["index"] for one in told["items"]] == sorted(
        (one["index"] for one in told["items"]), reverse=True
    )
    assert set(told["items"][0]["title"]) == {"zh", "en"}


def test_of_a_proposal_that_is_not_public_nothing_is_told(client: Client) -> None:
    assert client.get("/api/v1/proposals/2026-999999/ledger").status_code == 404
