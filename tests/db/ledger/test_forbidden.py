"""The database itself refuses rows of the ledger that cannot be."""

from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from minben.ledger.models import Checkpoint, Claimed, Cosignature, Leaf, Node, Opening, Tree
from tests.factories import DAY0

pytestmark = pytest.mark.django_db
HASH = b"h" * 32
LEAF = {"kind": "x", "entry": b"{}", "hash": HASH}
OPENING = {"kind": "x", "ref": 1, "salt": HASH, "sealed": {}}
CLAIMED = {"size": 1, "at": DAY0, "told": "{}"}


@pytest.mark.parametrize(
    ("model", "row"),
    [
        (Tree, {"only": False}),
        (Tree, {"only": True, "size": -1}),
        (Leaf, LEAF | {"index": -1}),
        (Node, {"level": 0, "index": 0, "hash": HASH}),
        (Claimed, CLAIMED | {"only": False}),
    ],
)
def test_what_cannot_be(model: type[models.Model], row: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.bulk_create([model(**row)])


@pytest.mark.parametrize(
    ("model", "row"),
    [
        (Leaf, LEAF | {"index": 10**9}),
        (Node, {"level": 5, "index": 0, "hash": HASH}),
        (Opening, OPENING),
    ],
)
def test_what_is_once_is_once(model: type[models.Model], row: dict[str, Any]) -> None:
    model._default_manager.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.bulk_create([model(**row)])


def test_a_witness_signs_a_checkpoint_once() -> None:
    signed = Checkpoint.objects.create(size=0, root=HASH, at=DAY0, note="x")
    line = {"checkpoint": signed, "witness": "w", "line": "x", "at": DAY0}
    Cosignature.objects.create(**line)
    with pytest.raises(IntegrityError), transaction.atomic():
        Cosignature.objects.create(**line)
