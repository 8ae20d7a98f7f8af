"""A migration must leave the release before it running, and must not lock a large table for long.

The rules stand in docs/operations/upgrade.md. A migration that cannot keep them says so in its
docstring, in a line that begins with one of `SAYS`; the host then knows before it runs.
"""

import importlib
from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from tests.repo.test_migrations import files
from tests.repo.tree import name_of

SAYS = ("Needs a stop:", "Unused since")
# Millions of rows in a large installation: no lock while something is built or checked.
LARGE = frozenset(
    {
        ("audit", "event"),
        ("ledger", "intake"),
        ("ledger", "leaf"),
        ("ledger", "opening"),
        ("notify", "notice"),
        ("people", "user"),
        ("proposals", "endorsement"),
    }
)
# The last ones made while nobody ran the platform yet: nothing was there to be disturbed.
BEFORE_FIRST_RELEASE = {
    "audit": 4,
    "casework": 2,
    "discussion": 3,
    "ledger": 2,
    "notify": 1,
    "operations": 1,
    "people": 7,
    "proposals": 7,
}


def fault_of(operation: Operation, app: str, created: set[str]) -> str:
    """What is wrong with one operation for a platform that goes on running, or nothing."""
    done: Any = operation
    model = getattr(done, "model_name_lower", getattr(done, "name_lower", ""))
    if isinstance(done, migrations.DeleteModel | migrations.RenameModel):
        return f"{model}: the release before still reads this table"
    if model in created:
        return ""
    if isinstance(done, migrations.RemoveField | migrations.RenameField):
        return f"{model}: the release before still reads this column"
    if isinstance(done, migrations.AlterField):
        return f"{model}.{done.name}: a changed column may be rewritten, and the release before writes the old kind"
    if isinstance(done, migrations.AddField):
        field = done.field
        needed = not (field.null or field.many_to_many or field.has_db_default())
        return f"{model}.{done.name}: the release before inserts without it" if needed else ""
    if (app, model) not in LARGE:
        return ""
    if isinstance(done, migrations.AddIndex) and not isinstance(done, AddIndexConcurrently):
        return f"{model}: an index of a large table is built concurrently"
    if isinstance(done, migrations.AddConstraint) and not isinstance(done, AddConstraintNotValid):
        return f"{model}: a constraint of a large table is added not valid, and validated later"
    return ""


def faults_in(operations: Iterable[Operation], app: str) -> list[str]:
    """The faults of a migration; tables it creates itself are empty and its own."""
    listed = [
        inner
        for one in operations
        for inner in (
            one.database_operations
            if isinstance(one, migrations.SeparateDatabaseAndState)
            else [one]
        )
    ]
    created = {one.name_lower for one in listed if isinstance(one, migrations.CreateModel)}
    return [fault for one in listed if (fault := fault_of(one, app, created))]


def test_a_running_platform_is_not_disturbed_unless_the_migration_says_so() -> None:
    found = {}
    for path in files():
        module = importlib.import_module(f"minben.{path.parents[1].name}.migrations.{path.stem}")
        told = f"{module.__doc__ or ''}\n{module.Migration.__doc__ or ''}"
        app = path.parents[1].name
        early = int(path.stem[:4]) <= BEFORE_FIRST_RELEASE.get(app, 0)
        if early or any(mark in told for mark in SAYS):
            continue
        if faults := faults_in(module.Migration.operations, app):
            found[name_of(path)] = faults
    assert not found


def test_what_is_excused_is_there() -> None:
    numbers = {(path.parents[1].name, int(path.stem[:4])) for path in files()}
    assert numbers >= set(BEFORE_FIRST_RELEASE.items())


@pytest.mark.parametrize(
    ("operation", "fault"),
    [
        (migrations.AddField("endorsement", "x", models.IntegerField(null=True)), ""),
        (migrations.AddField("endorsement", "x", models.IntegerField(db_default=0)), ""),
        (migrations.AddField("endorsement", "x", models.IntegerField(default=0)), "without it"),
        (migrations.AddField("endorsement", "x", models.IntegerField()), "without it"),
        (migrations.RemoveField("endorsement", "x"), "still reads this column"),
        (migrations.RenameField("endorsement", "x", "y"), "still reads this column"),
        (migrations.AlterField("endorsement", "x", models.TextField()), "may be rewritten"),
        (migrations.DeleteModel("Endorsement"), "still reads this table"),
        (migrations.RenameModel("Endorsement", "Vote"), "still reads this table"),
        (migrations.AddIndex("endorsement", models.Index(fields=["x"], name="x")), "concurrently"),
        (AddIndexConcurrently("endorsement", models.Index(fields=["x"], name="x")), ""),
        (migrations.AddIndex("draft", models.Index(fields=["x"], name="x")), ""),
        (
            migrations.AddConstraint(
                "endorsement", models.CheckConstraint(condition=models.Q(x=1), name="x")
            ),
            "not valid",
        ),
        (
            AddConstraintNotValid(
                "endorsement", models.CheckConstraint(condition=models.Q(x=1), name="x")
            ),
            "",
        ),
    ],
)
def test_planted_operations_are_judged(operation: Operation, fault: str) -> None:
    told = faults_in([operation], "proposals")
    assert (fault in told[0]) if fault else not told


def test_an_empty_table_of_its_own_may_be_changed() -> None:
    made = migrations.CreateModel("Endorsement", [("id", models.BigAutoField(primary_key=True))])
    index = migrations.AddIndex("endorsement", models.Index(fields=["id"], name="x"))
    assert not faults_in([made, index], "proposals")
