"""Endorsements in partitions: the recipe keeps every row and rule, and the platform goes on."""

from pathlib import Path

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from minben.kernel.actor import SYSTEM
from minben.kernel.refusal import Refusal
from minben.ledger import actions as ledger
from minben.proposals import actions as proposals
from minben.proposals.models import Endorsement, Proposal
from tests.factories import accept_one, actor, file_one, make_person

RECIPE = Path(__file__).parents[3] / "docs" / "operations" / "partition-endorsements.sql"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="partitions are PostgreSQL's"),
]
SUBJECTS = ("路口請設行人庇護島", "圖書館延長夜間開放", "公車站牌加裝遮陽棚")


def sql(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


@pytest.fixture
def opened() -> list[Proposal]:
    """Three proposals with two endorsements each, counted."""
    rows = [accept_one(file_one(subject=subject)) for subject in SUBJECTS]
    for proposal in rows:
        for _ in range(2):
            give(proposal)
    return rows


def give(proposal: Proposal) -> None:
    assert proposal.opens_at is not None
    by, at = actor(make_person()), proposal.opens_at
    proposals.endorse(proposal_id=proposal.pk, by=by, at=at)
    ledger.sequence_all(by=SYSTEM, at=at)


def partition(count: int = 4) -> None:
    sql(f"SET LOCAL minben.partitions = '{count}'")
    sql(RECIPE.read_text(encoding="utf-8"))


def definitions(kind: str) -> set[tuple[object, ...]]:
    """Constraints of one kind on the table, by name and text; of the recipe's table."""
    return set(
        sql(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            f" WHERE conrelid = 'proposals_endorsement'::regclass AND contype = '{kind}'"
        )
    )


def indexes() -> set[object]:
    found = "SELECT indexname FROM pg_indexes WHERE tablename = 'proposals_endorsement'"
    return {row[0] for row in sql(found)}


def test_every_row_and_every_rule_is_still_there(opened: list[Proposal]) -> None:
    rows = sorted(Endorsement.objects.values_list())
    before = {kind: definitions(kind) for kind in "ucf"}
    named = indexes()
    partition()
    assert sorted(Endorsement.objects.values_list()) == rows
    assert {kind: definitions(kind) for kind in "ucf"} == before
    assert indexes() == named
    assert (
        sql("SELECT count(*) FROM pg_inherits WHERE inhparent = 'proposals_endorsement'::regclass")[
            0
        ][0]
        == 4
    )


def test_the_platform_goes_on_endorsing_and_counting(opened: list[Proposal]) -> None:
    partition()
    newest = max(Endorsement.objects.values_list("pk", flat=True))
    for proposal in opened:
        give(proposal)
        proposal.refresh_from_db()
        assert proposal.endorsed == 3
        numbers = Endorsement.objects.filter(proposal=proposal).values_list("number", flat=True)
        assert sorted(numbers) == [1, 2, 3]
    assert Endorsement.objects.filter(pk__gt=newest).count() == 3
    # Three proposals may hash to one partition by chance; a hundred numbers do not, so what is
    # asked of the rows is that each stands where PostgreSQL's own hash of its proposal says.
    astray = """
        SELECT count(*) FROM proposals_endorsement e
        WHERE NOT satisfies_hash_partition(
            'proposals_endorsement'::regclass, 4,
            substring(e.tableoid::regclass::text from '[0-9]+$')::int, e.proposal_id)"""
    assert sql(astray) == [(0,)]


def test_nobody_endorses_twice(opened: list[Proposal]) -> None:
    partition()
    row = Endorsement.objects.select_related("person").first()
    assert row is not None
    assert row.person is not None
    with pytest.raises(Refusal) as caught:
        proposals.endorse(proposal_id=row.proposal_id, by=actor(row.person), at=row.at)
    assert caught.value.code == "endorsed_already"
    row.pk = None
    row.number = None
    row.leaf_index = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_one_proposal_is_read_from_one_partition(opened: list[Proposal]) -> None:
    partition()
    asked = f"SELECT count(*) FROM proposals_endorsement WHERE proposal_id = {opened[0].pk}"
    plan = "\n".join(str(row[0]) for row in sql(f"EXPLAIN {asked}"))
    assert plan.count(" on proposals_endorsement_p") == 1


def test_a_second_time_changes_nothing(opened: list[Proposal]) -> None:
    partition()
    with pytest.raises(ProgrammingError, match="partitioned already"), transaction.atomic():
        partition()


def test_a_unique_rule_across_proposals_stops_it(opened: list[Proposal]) -> None:
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("CREATE UNIQUE INDEX across ON proposals_endorsement (leaf_index)")
    with pytest.raises(ProgrammingError, match="across lacks proposal_id"), transaction.atomic():
        partition()
    assert sql("SELECT relkind FROM pg_class WHERE relname = 'proposals_endorsement'") == [("r",)]
