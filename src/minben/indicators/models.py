"""Units, indicators, observations, methods and runs as they are kept (指標登錄).

What was observed is never overwritten: a newer file adds observations, and the newest that was not
withdrawn counts. Every number leads back to a file, by its hash, and to the place in it.
"""

from django.db import models
from django.db.models import F, Q

from minben.base.models import Recorded
from minben.indicators.rules import (
    CODE_MAX,
    NAME_MAX,
    PERIOD_MAX,
    RELATION_SETS,
    TEXT_MAX,
    Direction,
    Domain,
    Scale,
    Status,
    UnitKind,
)

AGENCY = "people.Agency"


def _ends_after_it_begins() -> Q:
    return Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gt=F("valid_from"))


def _hash(name: str = "sha256") -> Q:
    """Sixty-four characters, told without a function SQLite lacks outside Django."""
    return Q(**{f"{name}__gte": "0" * 64, f"{name}__lte": "f" * 64})


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
            models.CheckConstraint(condition=_ends_after_it_begins(), name="indicators_alias_span"),
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
            models.CheckConstraint(
                condition=_ends_after_it_begins(), name="indicators_member_span"
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.group_id}"


class Source(Recorded):
    """Who publishes a set of figures, and on what terms (資料來源).

    Without `agency` it is the platform's. `open_terms`: values may be passed on for download.
    """

    code = models.CharField(max_length=CODE_MAX, unique=True)
    agency = models.ForeignKey(AGENCY, models.PROTECT, null=True, related_name="+")
    publisher = models.CharField(max_length=NAME_MAX)
    title_zh = models.CharField(max_length=NAME_MAX)
    title_en = models.CharField(max_length=NAME_MAX)
    published_on = models.DateField(null=True)
    address = models.CharField(max_length=500, blank=True)
    licence = models.CharField(max_length=NAME_MAX)
    open_terms = models.BooleanField(default=False)
    survey = models.BooleanField(default=False)
    notes_zh = models.TextField(max_length=TEXT_MAX, blank=True)
    notes_en = models.TextField(max_length=TEXT_MAX, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(publisher="") & ~Q(title_zh="") & ~Q(title_en=""),
                name="indicators_source_named",
            ),
            models.CheckConstraint(condition=~Q(licence=""), name="indicators_source_licence"),
        )

    def __str__(self) -> str:
        return self.code


class Intake(Recorded):
    """One import: the vintage of what it brought (資料版次).

    `sheet` tells per file what was in it; `remarks` are the warnings whoever imported it saw. One
    that was withdrawn counts no more, and stays to be read.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="intakes")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    observations = models.PositiveIntegerField()
    sheet = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)
    withdrawn_why = models.TextField(max_length=TEXT_MAX, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("source", "number"), name="indicators_intake_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="indicators_intake_from_one"),
            models.CheckConstraint(condition=_hash(), name="indicators_intake_hash"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by="", withdrawn_why="")
                | Q(Q(withdrawn_at__isnull=False), ~Q(withdrawn_by=""), ~Q(withdrawn_why="")),
                name="indicators_intake_withdrawn",
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} {self.number}"


class IntakeFile(Recorded):
    """A file as it was brought, compressed (gzip): what every number of it can be checked with."""

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="files")
    name = models.CharField(max_length=NAME_MAX)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("intake", "name"), name="indicators_file_once"),
            models.CheckConstraint(condition=_hash(), name="indicators_file_hash"),
            models.CheckConstraint(condition=~Q(name=""), name="indicators_file_named"),
        )

    def __str__(self) -> str:
        return self.name


class Staged(Recorded):
    """Files between their preview and their import (待確認之匯入); kept for a day, see `rules`.

    `package` is an archive (`taking.bundles`), `layout` how the files are read, as JSON.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    package = models.BinaryField()
    layout = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.source_id} {self.at}"


class Indicator(Recorded):
    """A measure, and all that must be known to read a number of it (指標).

    Args of note: `low` and `high` are what is plausible; `base_*` who was asked or counted;
    `relations` whom the service is between; `decimals` with how many it is published.
    """

    code = models.CharField(max_length=CODE_MAX, unique=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="indicators")
    title_zh = models.CharField(max_length=NAME_MAX)
    title_en = models.CharField(max_length=NAME_MAX)
    definition_zh = models.TextField(max_length=TEXT_MAX, blank=True)
    definition_en = models.TextField(max_length=TEXT_MAX, blank=True)
    scale = models.CharField(max_length=7, choices=[(one.value, one.value) for one in Scale])
    unit_zh = models.CharField(max_length=40, blank=True)
    unit_en = models.CharField(max_length=40, blank=True)
    direction = models.SmallIntegerField(default=0)
    domain = models.CharField(max_length=11, default=Domain.NONE)
    dimension_zh = models.CharField(max_length=NAME_MAX, blank=True)
    dimension_en = models.CharField(max_length=NAME_MAX, blank=True)
    base_zh = models.CharField(max_length=NAME_MAX, blank=True)
    base_en = models.CharField(max_length=NAME_MAX, blank=True)
    decimals = models.PositiveSmallIntegerField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    relations = models.JSONField(default=list)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("source", "order", "code")
        constraints = (
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(title_zh="") & ~Q(title_en=""),
                name="indicators_indicator_named",
            ),
            models.CheckConstraint(
                condition=Q(scale__in=list(Scale)), name="indicators_indicator_scale"
            ),
            models.CheckConstraint(
                condition=Q(domain__in=list(Domain)), name="indicators_indicator_domain"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=list(Direction)), name="indicators_indicator_direction"
            ),
            models.CheckConstraint(
                condition=Q(low=None) | Q(high=None) | Q(low__lt=F("high")),
                name="indicators_indicator_span",
            ),
            models.CheckConstraint(
                condition=Q(decimals=None) | Q(decimals__lte=12),
                name="indicators_indicator_decimals",
            ),
        )

    def __str__(self) -> str:
        return self.code


class Break(Recorded):
    """From `period` on an indicator is measured otherwise: no line is drawn across (序列中斷)."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="breaks")
    period = models.CharField(max_length=PERIOD_MAX)
    note_zh = models.CharField(max_length=NAME_MAX)
    note_en = models.CharField(max_length=NAME_MAX)

    class Meta:
        ordering = ("period",)
        constraints = (
            models.UniqueConstraint(fields=("indicator", "period"), name="indicators_break_once"),
            models.CheckConstraint(
                condition=~Q(period="") & ~Q(note_zh="") & ~Q(note_en=""),
                name="indicators_break_told",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}"


class Observation(models.Model):
    """One number, where it stood, and how sure it is (觀測值). The database refuses to change it.

    `value` is empty for what the source says is missing or withholds. `place` is the row or the
    cell in the file.
    """

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    period = models.CharField(max_length=PERIOD_MAX)
    value = models.FloatField(null=True)
    n = models.PositiveIntegerField(null=True)
    se = models.FloatField(null=True)
    status = models.CharField(max_length=1, default=Status.NORMAL)
    file = models.ForeignKey(IntakeFile, models.PROTECT, related_name="+")
    place = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "unit", "period", "intake"), name="indicators_observed_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=list(Status)), name="indicators_observed_status"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False)
                | Q(status__in=[Status.MISSING, Status.SUPPRESSED]),
                name="indicators_observed_or_missing",
            ),
            models.CheckConstraint(
                condition=Q(se=None) | Q(se__gte=0), name="indicators_observed_se"
            ),
            models.CheckConstraint(condition=~Q(period=""), name="indicators_observed_period"),
            models.CheckConstraint(condition=~Q(place=""), name="indicators_observed_place"),
        )
        indexes = (
            models.Index(fields=("unit", "indicator", "period"), name="indicators_observed_unit"),
            models.Index(fields=("intake",), name="indicators_observed_intake"),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.unit_id} {self.period}"


class Method(Recorded):
    """One version of a recipe; the database refuses to change it (計算方法).

    `content` is the document as it was written: a database that sorts names would lose the order
    of its dimensions. `sha256` is the recipe's own id (`engine.recipe.Recipe.id`). Without
    `agency` it is the platform's. The newest version of a code is the one in use.
    """

    code = models.CharField(max_length=CODE_MAX)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, unique=True)
    content = models.TextField()
    agency = models.ForeignKey(AGENCY, models.PROTECT, null=True, related_name="+")
    shipped = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("code", "-version")
        constraints = (
            models.UniqueConstraint(fields=("code", "version"), name="indicators_method_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="indicators_method_from_one"),
            models.CheckConstraint(condition=_hash(), name="indicators_method_hash"),
            models.CheckConstraint(condition=~Q(content=""), name="indicators_method_written"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class StoredRun(Recorded):
    """A method computed on a vintage of data, as the folder `minben indicators verify` reads (計算).

    `package` is that folder as a zip archive: recipe, data and results. `data_sha256` is the
    vintage, `engine` the version of what computed.
    """

    method = models.ForeignKey(Method, models.PROTECT, related_name="runs")
    data_sha256 = models.CharField(max_length=64)
    engine = models.CharField(max_length=12)
    units = models.PositiveIntegerField()
    periods = models.JSONField(default=list)
    package = models.BinaryField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("method", "data_sha256", "engine"), name="indicators_run_once"
            ),
            models.CheckConstraint(condition=_hash("data_sha256"), name="indicators_run_hash"),
        )

    def __str__(self) -> str:
        return f"{self.method_id} {self.data_sha256[:12]}"


class RunSource(models.Model):
    """From which imports the data of a run came (計算之資料版次)."""

    run = models.ForeignKey(StoredRun, models.PROTECT, related_name="sources")
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("run", "intake"), name="indicators_run_source_once"),
        )

    def __str__(self) -> str:
        return f"{self.run_id} {self.intake_id}"


class Claim(Recorded):
    """What somebody says in words of a survey's figures (發布者之說法), to be held against them.

    The database refuses to change it; it can be withdrawn once, and stays to be read.

    Args of note: `says` is a kind `surveys.claims` can judge; `figure` the number said, if one is,
    with as many `decimals`; without `said_by` it is the source's publisher who says it, in
    `said_in`. Without English the words are shown as they were said.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="claims")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    earlier = models.CharField(max_length=PERIOD_MAX, blank=True)
    period = models.CharField(max_length=PERIOD_MAX)
    says = models.CharField(max_length=12)
    figure = models.FloatField(null=True)
    decimals = models.PositiveSmallIntegerField(null=True)
    words_zh = models.CharField(max_length=NAME_MAX)
    words_en = models.CharField(max_length=NAME_MAX, blank=True)
    said_by = models.CharField(max_length=NAME_MAX, blank=True, db_default="")
    said_in = models.CharField(max_length=NAME_MAX, blank=True, db_default="")
    said_on = models.DateField(null=True)
    address = models.CharField(max_length=500, blank=True, db_default="")
    order = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(null=True)
    by = models.CharField(max_length=80, blank=True, db_default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True, db_default="")
    withdrawn_why = models.TextField(max_length=TEXT_MAX, blank=True, db_default="")

    class Meta:
        ordering = ("source", "order", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(period="") & ~Q(says="") & ~Q(words_zh=""),
                name="indicators_claim_said",
            ),
            models.CheckConstraint(
                condition=Q(decimals=None) | Q(figure__isnull=False, decimals__lte=6),
                name="indicators_claim_decimals",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by="", withdrawn_why="")
                | Q(Q(withdrawn_at__isnull=False), ~Q(withdrawn_by=""), ~Q(withdrawn_why="")),
                name="indicators_claim_withdrawn",
            ),
        )

    def __str__(self) -> str:
        return self.words_zh
