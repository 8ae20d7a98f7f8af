"""Field and model mixins: what every recorded act carries."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from minben.kernel import clock
from minben.kernel.refusal import Refusal


class SimulatedField(models.BooleanField):  # type: ignore[type-arg]
    """True on rows written under a moved clock or by the demo; refused in production."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's field signature
        kwargs.setdefault("default", clock.is_simulated)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return _refuse_in_production(super().pre_save(model_instance, add))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        # Every way of writing passes here, `update` on a queryset too.
        return super().get_db_prep_save(_refuse_in_production(value), connection)


def simulated_mark() -> bool:
    """What a row written now bears in its column `simulated`, for whoever writes it by hand.

    Raises:
        Refusal: ``simulated_in_production``.
    """
    return bool(_refuse_in_production(clock.is_simulated()))


def _refuse_in_production(value: Any) -> Any:
    if value and settings.PRODUCTION:
        raise Refusal("simulated_in_production")
    return value


class Recorded(models.Model):
    """Two times of a row: when it took effect is the row's own `at`; this is when it was written.

    The sandbox can move only the first.
    """

    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    simulated = SimulatedField()

    class Meta:
        abstract = True
