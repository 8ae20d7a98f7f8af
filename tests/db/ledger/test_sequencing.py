"""Acts get their places once, in order, from one writer at a time; nothing else gets any."""

from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from minben.audit.actions import record
from minben.audit.models import Event
from minben.audit.registry import all_kinds
from minben.kernel.actor import SYSTEM
from minben.ledger import actions as ledger
from minben.ledger import queries
from minben.ledger.entries import commitment, read
from minben.ledger.keys import log_key
from minben.ledger.merkle import leaf_hash, root_of, verify_consistency, verify_inclusion
from minben.ledger.models import Checkpoint, Intake, Leaf, Node, Opening, Refused, Tree
from minben.ledger.notes import open_checkpoint
from minben.proposals.models import Proposal
from tests.db.crowd import at_once, outcomes
from tests.factories import DAY, DAY0, accept_one, actor, count, file_one, make_person


def tell(n: int) -> None:
    """So many acts of the simplest kind that enters the ledger."""
    for i in range(n):
        record(
            "people.agency_added",
            by=SYSTEM,
            at=DAY0,
            subject=f"agency:{i}",
            data={"code": f"a{i}"},
        )


@pytest.mark.django_db
def test_acts_stand_in_the_order_they_came_with_the_hash_of_what_they_say() -> None:
    count()
    start = queries.tree_size()
    tell(3)
    assert Intake.objects.count() == 3
    assert count() == 3
    leaves = list(Leaf.objects.filter(index__gte=start).order_by("index"))
    assert [leaf.index for leaf in leaves] == [start, start + 1, start + 2]
    assert [read(bytes(leaf.entry))["data"]["code"] for leaf in leaves] == ["a0", "a1", "a2"]
    assert all(bytes(leaf.hash) == leaf_hash(bytes(leaf.entry)) for leaf in leaves)
    assert not Intake.objects.exists()
    assert count() == 0


@pytest.mark.django_db
def test_an_act_that_is_undone_leaves_nothing_in_the_intake() -> None:
    count()
    with transaction.atomic():
        tell(1)
        transaction.set_rollback(True)
    assert not Intake.objects.exists()


@pytest.mark.django_db
def test_what_has_no_good_seal_is_set_aside_and_never_counted() -> None:
    count()
    size = queries.tree_size()
    tell(1)
    good = Intake.objects.get()
    Intake.objects.create(
        kind=good.kind, entry=bytes(good.entry) + b" ", seal=good.seal, at=DAY0
    )  # somebody with a hand in the database, who has no key
    count()
    assert queries.tree_size() == size + 1
    assert Refused.objects.count() == queries.set_aside() == 1


@pytest.mark.django_db
def test_an_act_that_was_copied_is_entered_once() -> None:
    count()
    size = queries.tree_size()
    tell(1)
    good = Intake.objects.get()
    copied = {"kind": good.kind, "ref": good.ref, "entry": good.entry, "seal": good.seal}
    Intake.objects.create(**copied, at=DAY0)
    count()
    Intake.objects.create(**copied, at=DAY0)
    count()
    assert queries.tree_size() == size + 1
    assert Refused.objects.count() == 2


@pytest.mark.django_db
def test_roots_nodes_and_proofs_agree_over_several_tiles() -> None:
    tell(600)
    count()
    size = queries.tree_size()
    assert size > 512
    hashes = [bytes(one) for one in Leaf.objects.values_list("hash", flat=True)]
    root = root_of(hashes)
    assert Node.objects.filter(level=1).count() == size // 256
    for index in (0, 255, 256, size - 1):
        assert verify_inclusion(hashes[index], index, size, queries.proof(index, size), root)
    for old in (1, 256, 300, size):
        proof = queries.growth_proof(old, size)
        assert verify_consistency(old, size, root_of(hashes[:old]), root, proof)
    signed = ledger.sign_checkpoint(by=SYSTEM, at=DAY0)
    assert signed is not None
    assert open_checkpoint(signed.note, log_key().public).root == root


@pytest.mark.django_db
def test_checkpoints_are_signed_when_there_is_something_new_and_never_go_back_in_time() -> None:
    count()
    first = ledger.sign_checkpoint(by=SYSTEM, at=DAY0)
    assert first is not None
    assert ledger.sign_checkpoint(by=SYSTEM, at=DAY0) is None
    tell(1)
    count()
    later = ledger.sign_checkpoint(by=SYSTEM, at=DAY0 - DAY)  # the clock was set back
    assert later is not None
    assert (later.at, later.size) == (first.at, first.size + 1)
    quiet = ledger.sign_checkpoint(by=SYSTEM, at=DAY0 + DAY)  # a log that is silent says so
    assert quiet is not None
    assert quiet.size == later.size


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Leaf, Node, Checkpoint])
def test_what_was_entered_cannot_be_changed(model: type[Model]) -> None:
    tell(256)
    count()
    ledger.sign_checkpoint(by=SYSTEM, at=DAY0)
    field = {Leaf: "kind", Node: "level", Checkpoint: "note"}[model]
    with pytest.raises(DatabaseError), transaction.atomic():
        model._default_manager.update(**{field: 7})
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError), transaction.atomic():
            model._default_manager.all().delete()


@pytest.mark.django_db
def test_there_is_one_tree() -> None:
    count()
    ledger.hold()
    with pytest.raises(DatabaseError), transaction.atomic():
        Tree.objects.create(only=False)


@pytest.mark.django_db
def test_a_typed_text_is_only_committed_to_and_erasing_leaves_the_tree_as_it_is() -> None:
    person = make_person()
    proposal = file_one(person, subject="請在校門口增設行人號誌並延長秒數")
    count()
    leaf = Leaf.objects.get(kind="proposals.filed", case_id=proposal.case_id)
    told = bytes(leaf.entry).decode()
    assert proposal.subject not in told
    assert person.nickname not in told
    opening = queries.opening_of("proposals.filed", leaf.ref)
    assert opening is not None
    assert opening.sealed["subject"] == proposal.subject
    assert read(bytes(leaf.entry))["commit"] == commitment(bytes(opening.salt), opening.sealed)
    signed = ledger.sign_checkpoint(by=SYSTEM, at=DAY0 + DAY)
    assert ledger.destroy_openings(person=actor(person).id, by=SYSTEM, at=DAY0) > 0
    assert not Opening.objects.filter(person=actor(person).id).exists()
    hashes = [bytes(one) for one in Leaf.objects.values_list("hash", flat=True)]
    assert signed is not None
    assert open_checkpoint(signed.note, log_key().public).root == root_of(hashes)


@pytest.mark.django_db
def test_no_act_enters_from_the_future() -> None:
    act = ledger.Submission(kind="people.agency_added", at=DAY0 + DAY, ref=1)
    with pytest.raises(ValueError, match="lies after"):
        ledger.submit(act, by=SYSTEM, at=DAY0)


def test_every_act_with_public_effect_enters() -> None:
    """The list of the issue that laid the ledger down, and who may be silent is named here."""
    silent = {kind.code for kind in all_kinds() if kind.timeline and kind.ledger is None}
    assert silent == set()
    entering = {kind.code for kind in all_kinds() if kind.ledger is not None}
    assert entering >= {
        "proposals.filed", "proposals.accepted", "proposals.hidden", "proposals.appealed",
        "proposals.reached", "proposals.invalidated", "proposals.restored",
        "casework.agencies_assigned", "casework.deadline_started", "casework.deadline_moved",
        "casework.deadline_missed", "casework.response_published", "casework.rule_set_added",
        "people.agency_added", "people.jurisdiction_added", "discussion.comment_hidden",
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_sequencers_by_mistake_enter_nothing_twice() -> None:
    proposal = accept_one(file_one())
    tell(300)
    found = outcomes(at_once([partial(ledger.sequence, by=SYSTEM, at=DAY0, limit=7)] * 8))
    assert found == {"done": 8}
    count()
    leaves = list(Leaf.objects.order_by("index").values_list("index", "kind", "ref"))
    assert [index for index, _, _ in leaves] == list(range(len(leaves)))
    refs = [(kind, ref) for _, kind, ref in leaves]
    assert len(set(refs)) == len(refs)
    entering = {kind.code for kind in all_kinds() if kind.ledger is not None}
    assert len(leaves) == Event.objects.filter(kind__in=entering).count()
    assert Proposal.objects.get(pk=proposal.pk).numbered == 0
