"""Duties (應辦事項): what the government owes by a date, of a case, an agency or everybody."""

from collections.abc import Collection
from datetime import datetime

from minben.casework.models import Deadline
from minben.casework.rules import Outcome


def any_owed(dues: Collection[tuple[int, datetime]]) -> bool:
    """Whether one of these duties still runs and is due at the instant beside it. One query."""
    rows = Deadline.objects.filter(pk__in=[pk for pk, _ in dues], outcome=Outcome.OPEN)
    return not set(rows.values_list("pk", "due_at")).isdisjoint(dues)
