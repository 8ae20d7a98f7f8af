"""The schema can be spread over machines by proposal: nothing in it needs two shards at once.

Citus, like every partitioning, can hold a unique constraint only inside a shard, and a foreign key
only towards a table that stands on every machine. This fails when somebody adds one that cannot
be held (docs/operations/scale.md).
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import UniqueConstraint

# Tables that grow with the number of people: model → the field they are spread by.
DISTRIBUTED = {
    "proposals.Endorsement": "proposal",
    "proposals.CurvePoint": "proposal",
}
# Tables every machine has a copy of.
REFERENCE = {"proposals.Proposal", "people.User"}
# Foreign keys into a distributed table that the recipe drops, and what holds them then.
DROPPED = {
    "proposals.CampaignEndorsement.endorsement": "endorsements are never deleted, "
    "and a campaign covers those of one proposal only",
}


def label(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}.{model.__name__}"


def uniques(model: type[models.Model]) -> Iterator[tuple[str, set[str]]]:
    """Every uniqueness of a model but that of its number: name and fields.

    The number comes from one sequence, and the recipe makes (id, proposal) the primary key.
    """
    for one in model._meta.constraints:
        if isinstance(one, UniqueConstraint):
            yield one.name, set(one.fields)
    for fields in model._meta.unique_together:
        yield "unique_together", set(fields)
    for field in model._meta.local_fields:
        if field.unique and not isinstance(field, models.AutoField | models.BigAutoField):
            yield field.name, {field.name}


def faults(model: type[models.Model], spread_by: str, targets: set[str]) -> list[str]:
    """What of a model could not be held shard by shard."""
    found = [
        f"unique {name} lacks {spread_by}"
        for name, fields in uniques(model)
        if spread_by not in fields
    ]
    for field in model._meta.local_fields:
        other: Any = field.related_model
        if other is not None and label(other) not in targets:
            found.append(f"{field.name} points to {label(other)}, which is not everywhere")
    return found


def pointing_at(distributed: set[str]) -> set[str]:
    """Foreign keys of any table into a distributed one."""
    return {
        f"{label(model)}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.related_model is not None and label(field.related_model) in distributed
    }


def test_nothing_needs_two_shards() -> None:
    found = {
        name: faults(apps.get_model(name), field, REFERENCE) for name, field in DISTRIBUTED.items()
    }
    assert not {name: told for name, told in found.items() if told}


def test_the_field_they_are_spread_by_is_always_there_and_never_changes() -> None:
    for name, field in DISTRIBUTED.items():
        assert not apps.get_model(name)._meta.get_field(field).null


def test_no_other_table_points_into_a_shard() -> None:
    assert pointing_at(set(DISTRIBUTED)) == set(DROPPED)


def test_what_stands_everywhere_points_to_nothing_that_does_not() -> None:
    for name in REFERENCE:
        others = {
            label(field.related_model)
            for field in apps.get_model(name)._meta.local_fields
            if field.related_model is not None
        }
        assert not others & set(DISTRIBUTED)


def test_planted_violations_are_found() -> None:
    class Planted(models.Model):
        proposal = models.ForeignKey("proposals.Proposal", models.CASCADE)
        draft = models.ForeignKey("proposals.Draft", models.CASCADE)
        token = models.CharField(max_length=9, unique=True)

        class Meta:
            app_label = "planted"
            constraints = (UniqueConstraint(fields=("draft",), name="planted_draft"),)

    assert faults(Planted, "proposal", REFERENCE) == [
        "unique planted_draft lacks proposal",
        "unique token lacks proposal",
        "draft points to proposals.Draft, which is not everywhere",
    ]
    apps.all_models.pop("planted", None)
    apps.clear_cache()
