"""Duties (應辦事項): what the government owes by a date, of a case, an agency or everybody."""

from datetime import datetime

from minben.casework.models import Deadline
from minben.casework.rules import Outcome


def is_owed(pk: int, due_at: datetime) -> bool:
    """Whether that duty still runs and is due at that instant. One query."""
    return Deadline.objects.filter(pk=pk, outcome=Outcome.OPEN, due_at=due_at).exists()
