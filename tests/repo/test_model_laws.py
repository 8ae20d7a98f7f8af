"""What a state may be, and that a time has its actor, is held by the database and not by habit."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from minben.base.models import Recorded

# Fields with choices whose values the database need not know, and why.
FREE_CHOICES: dict[str, str] = {}
# Tables with an instant that know no second one, and why.
NO_SECOND_TIME = {"Intake": "a moment in the outbox of the ledger; the act's own row has both"}


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("minben.")]


def leaves(condition: Q) -> Iterator[tuple[str, Any]]:
    """The (field, value) pairs of a condition, at every depth."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from leaves(child)
        elif isinstance(child, tuple):
            yield child


def checks(model: type[models.Model]) -> list[CheckConstraint]:
    return [one for one in model._meta.constraints if isinstance(one, CheckConstraint)]


def values_left(condition: Q, field: str) -> set[str] | None:
    """The values a condition leaves to a field; None if it leaves all of them."""
    if condition.negated:
        return None
    parts = [
        values_left(child, field) if isinstance(child, Q) else values_named(child, field)
        for child in condition.children
    ]
    if condition.connector == Q.OR:
        known = [part for part in parts if part is not None]
        return set().union(*known) if len(known) == len(parts) else None
    known = [part for part in parts if part is not None]
    return set.intersection(*known) if known else None


def values_named(pair: Any, field: str) -> set[str] | None:
    name, value = pair if isinstance(pair, tuple) else ("", None)
    if name == f"{field}__in":
        return {str(item) for item in value}
    return {str(value)} if name == field and isinstance(value, str) else None


def held_values(model: type[models.Model], field: str) -> set[str] | None:
    """The values the constraints together leave to a field; None without such a constraint."""
    found = [
        left
        for one in checks(model)
        if isinstance(one.condition, Q) and (left := values_left(one.condition, field)) is not None
    ]
    return set.intersection(*found) if found else None


def choice_faults(model: type[models.Model]) -> dict[str, str]:
    """Fields with choices that no constraint holds to exactly these choices."""
    found = {}
    for field in model._meta.local_fields:
        choices = {str(value) for value, _ in field.flatchoices}
        if not choices:
            continue
        allowed = choices | ({""} if field.blank else set())
        held = held_values(model, field.name)
        if held != allowed:
            found[f"{model.__name__}.{field.name}"] = f"{held} instead of {allowed}"
    return found


def fields_of(constraint: CheckConstraint) -> set[str]:
    condition = constraint.condition
    named = (
        {name.split("__")[0] for name, _ in leaves(condition)}
        if isinstance(condition, Q)
        else set()
    )
    values = {getattr(value, "name", "") for _, value in leaves(condition)}  # F("…")
    return named | values


def pairs_of(model: type[models.Model]) -> list[tuple[str, str]]:
    """Fields X_by with the X_at (or X_until) that tells when."""
    names = {field.name for field in model._meta.local_fields}
    return [
        (when, f"{stem}_by")
        for stem in (name[:-3] for name in names if name.endswith("_by"))
        for when in (f"{stem}_at", f"{stem}_until")
        if when in names
    ]


def may_be_missing(model: type[models.Model], name: str) -> bool:
    field: Any = model._meta.get_field(name)
    return bool(field.null or field.blank)


def pair_faults(model: type[models.Model]) -> list[str]:
    """Pairs of which one half may stand without the other."""
    return [
        f"{model.__name__}: {when} and {by}"
        for when, by in pairs_of(model)
        if (may_be_missing(model, when) or may_be_missing(model, by))
        and not any({when, by} <= fields_of(one) for one in checks(model))
    ]


def merged(found: Iterable[dict[str, str]]) -> dict[str, str]:
    return {place: what for one in found for place, what in one.items()}


def test_every_state_is_held_to_its_enum() -> None:
    found = merged(choice_faults(model) for model in ours())
    assert set(found) == set(FREE_CHOICES), found


def test_no_time_stands_without_its_actor() -> None:
    assert sum(len(pairs_of(model)) for model in ours()) >= 6
    assert not [fault for model in ours() for fault in pair_faults(model)]


def test_constraints_are_named_after_their_module() -> None:
    misnamed = [
        one.name
        for model in ours()
        for one in model._meta.constraints
        if isinstance(one, CheckConstraint | UniqueConstraint)
        and not one.name.startswith(model._meta.app_label)
    ]
    assert not misnamed


def test_records_of_acts_know_when_they_were_written() -> None:
    """Plain tables have no time of their own; everything with an instant has both times."""
    with_instant = {
        model.__name__
        for model in ours()
        if any(
            field.name in ("at", "filed_at", "declared_at") for field in model._meta.local_fields
        )
        and not issubclass(model, Recorded)
    }
    assert with_instant == set(NO_SECOND_TIME)


def test_planted_violations_are_found() -> None:
    class Planted(models.Model):
        state = models.CharField(max_length=9, choices=[("open", "open"), ("shut", "shut")])
        shut_at = models.DateTimeField(null=True)
        shut_by = models.CharField(max_length=9, blank=True)

        class Meta:
            app_label = "planted"
            constraints = (CheckConstraint(condition=Q(state__in=["open"]), name="planted_state"),)

    assert set(choice_faults(Planted)) == {"Planted.state"}
    assert pair_faults(Planted) == ["Planted: shut_at and shut_by"]
    apps.all_models.pop("planted", None)
    apps.clear_cache()
