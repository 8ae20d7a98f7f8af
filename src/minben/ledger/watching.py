"""Reads of the ledger for the host's monitoring: how far witnesses follow."""

from datetime import datetime

from django.db.models import Max

from minben.ledger.models import Cosignature


def cosigned_until() -> dict[str, datetime]:
    """The time of the newest checkpoint each witness has signed, by its name. One query."""
    rows = Cosignature.objects.values("witness").annotate(until=Max("checkpoint__at"))
    return {row["witness"]: row["until"] for row in rows.order_by("witness")}
