"""Methods and what was computed by them (計算方法與計算)."""

from django.db import models
from django.db.models import Q

from minben.base.models import Recorded
from minben.indicators.models.shared import AGENCY, is_hash
from minben.indicators.models.sources import Intake
from minben.indicators.rules import CODE_MAX


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
            models.CheckConstraint(condition=is_hash(), name="indicators_method_hash"),
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
            models.CheckConstraint(condition=is_hash("data_sha256"), name="indicators_run_hash"),
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
