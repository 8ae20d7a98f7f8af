from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from minben.base.models import Recorded

HASH = 32


class Intake(models.Model):
    """An act on its way into the ledger (待入帳): written in the transaction of the act itself.

    `seal` proves that the platform wrote it and not somebody with a hand in the database: its key
    is not there. `ref` is the row of the act, which means something to whoever declared `kind`.
    """

    kind = models.CharField(max_length=60)
    case_id = models.BigIntegerField(null=True)
    ref = models.BigIntegerField(null=True)
    entry = models.BinaryField()
    seal = models.BinaryField(max_length=HASH)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Refused(models.Model):
    """What stood in the intake without a good seal, kept for the auditors (不予入帳)."""

    kind = models.CharField(max_length=60)
    case_id = models.BigIntegerField(null=True)
    ref = models.BigIntegerField(null=True)
    entry = models.BinaryField()
    seal = models.BinaryField()
    found_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Tree(models.Model):
    """The right edge of the log: one row, locked by whoever appends (帳本樹).

    `peaks` are the hashes of the full subtrees, in hex, left to right.
    """

    only = models.BooleanField(primary_key=True, default=True)
    size = models.BigIntegerField(default=0)
    peaks = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(only=True), name="ledger_one_tree"),
            models.CheckConstraint(condition=Q(size__gte=0), name="ledger_tree_size"),
        )

    def __str__(self) -> str:
        return f"{self.size} leaves"


class Leaf(models.Model):
    """One entry at its place in the log (條目). Never changed, never deleted."""

    index = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=60)
    case_id = models.BigIntegerField(null=True)
    ref = models.BigIntegerField(null=True)
    entry = models.BinaryField()
    hash = models.BinaryField(max_length=HASH)

    class Meta:
        ordering = ("index",)
        constraints = (models.CheckConstraint(condition=Q(index__gte=0), name="ledger_leaf_index"),)
        indexes = (
            models.Index(fields=("case_id", "index"), name="ledger_leaf_case"),
            models.Index(
                fields=("kind", "ref"),
                # Endorsements know their own place, and there are too many of them.
                condition=Q(ref__isnull=False) & ~Q(kind="proposals.endorsed"),
                name="ledger_leaf_ref",
            ),
        )

    def __str__(self) -> str:
        return f"{self.index} {self.kind}"


class Node(models.Model):
    """The hash of a full tile's subtree: 256**level leaves (區塊雜湊). Never changed."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=HASH)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("level", "index"), name="ledger_node_place"),
            models.CheckConstraint(condition=Q(level__gte=1), name="ledger_node_level"),
        )

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(Recorded):
    """A signed statement of size and root at one instant (檢查點). Never changed."""

    size = models.BigIntegerField()
    root = models.BinaryField(max_length=HASH)
    at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("size",), name="ledger_checkpoint_size"),)

    def __str__(self) -> str:
        return f"{self.size} at {self.at:%Y-%m-%dT%H:%MZ}"


class Cosignature(Recorded):
    """A witness's signature line under a checkpoint (見證人副署)."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=200)
    line = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("checkpoint", "witness"), name="ledger_cosignature_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.witness} under {self.checkpoint_id}"


class Timestamp(Recorded):
    """An outside authority's time stamp of a checkpoint, RFC 3161 (時戳)."""

    checkpoint = models.OneToOneField(Checkpoint, models.PROTECT, related_name="timestamp")
    token = models.BinaryField()
    authority = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.authority} of {self.checkpoint_id}"


class Opening(models.Model):
    """What opens a commitment: the salt and the sealed part (開封值).

    `ref` is the row of the act, as in `Intake`. To destroy it is to erase what it says: the entry
    and the tree stay, and tell nothing any more.
    """

    kind = models.CharField(max_length=60)
    ref = models.BigIntegerField()
    person = models.CharField(max_length=80, blank=True)
    salt = models.BinaryField(max_length=32)
    sealed = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "ref"), name="ledger_opening_ref"),)
        indexes = (models.Index(fields=("person",), name="ledger_opening_person"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class Claimed(Recorded):
    """What the platform last claimed to have counted (宣稱): one row, as it is published."""

    only = models.BooleanField(primary_key=True, default=True)
    size = models.BigIntegerField()
    at = models.DateTimeField()
    told = models.TextField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(only=True), name="ledger_one_claimed"),)

    def __str__(self) -> str:
        return f"{self.size} at {self.at:%Y-%m-%dT%H:%MZ}"
