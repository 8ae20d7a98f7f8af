"""What is observed, its names and the groups it is in (單位)."""

from django.db import models
from django.db.models import Q

from minben.base.models import Recorded
from minben.indicators.models.shared import AGENCY, ends_after_it_begins
from minben.indicators.rules import CODE_MAX, NAME_MAX, RELATION_SETS, UnitKind


class Unit(Recorded):
    """What is observed: a country, a county, an agency, a public service (單位).

    A service, and nothing else, has an `agency` that runs it and `relations`: whom it is between.
    """

    code = models.CharField(max_length=CODE_MAX, unique=True)
    kind = models.CharField(max_length=9, choices=[(one.value, one.value) for one in UnitKind])
    name_zh = models.CharField(max_length=NAME_MAX)
    name_en = models.CharField(max_length=NAME_MAX)
    agency = models.ForeignKey(AGENCY, models.PROTECT, null=True, related_name="+")
    relations = models.JSONField(default=list, db_default=[])

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=list(UnitKind)), name="indicators_unit_kind"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=UnitKind.SERVICE, agency__isnull=False, relations__in=RELATION_SETS
                )
                | Q(~Q(kind=UnitKind.SERVICE), agency=None, relations=[]),
                name="indicators_unit_service",
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(name_zh="") & ~Q(name_en=""),
                name="indicators_unit_named",
            ),
        )

    def __str__(self) -> str:
        return self.code


class UnitAlias(Recorded):
    """Another name of a unit, and when it held (別名). Empty dates: always.

    `folded` is the name as it is looked up (`rules.folded`).
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=NAME_MAX)
    folded = models.CharField(max_length=NAME_MAX)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("unit", "folded"), name="indicators_alias_once"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(folded=""), name="indicators_alias_named"
            ),
            models.CheckConstraint(condition=ends_after_it_begins(), name="indicators_alias_span"),
        )
        indexes = (models.Index(fields=("folded",), name="indicators_alias_folded"),)

    def __str__(self) -> str:
        return self.name


class UnitGroup(Recorded):
    """Units that are compared with each other (分組), such as OECD or a region.

    `family` names the kind of grouping; a recipe's column of groups is a family.
    """

    family = models.CharField(max_length=CODE_MAX)
    code = models.CharField(max_length=CODE_MAX)
    name_zh = models.CharField(max_length=NAME_MAX)
    name_en = models.CharField(max_length=NAME_MAX)

    class Meta:
        ordering = ("family", "code")
        constraints = (
            models.UniqueConstraint(fields=("family", "code"), name="indicators_group_once"),
            models.CheckConstraint(
                condition=~Q(family="") & ~Q(code="") & ~Q(name_zh="") & ~Q(name_en=""),
                name="indicators_group_named",
            ),
        )

    def __str__(self) -> str:
        return f"{self.family} {self.code}"


class Membership(Recorded):
    """A unit in a group, and when (隸屬). Empty dates: always."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    group = models.ForeignKey(UnitGroup, models.PROTECT, related_name="memberships")
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "group", "valid_from"), name="indicators_member_once"
            ),
            models.UniqueConstraint(
                fields=("unit", "group"),
                condition=Q(valid_from=None),
                name="indicators_member_always",
            ),
            models.CheckConstraint(condition=ends_after_it_begins(), name="indicators_member_span"),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.group_id}"
