"""Public services as a table (公共服務清單): in the form the desk takes them in again."""

from collections.abc import Iterable

from minben.indicators.exporting.dataset import Service
from minben.indicators.exporting.tables import csv_bytes

SERVICES = ("code", "kind", "name_zh", "name_en", "agency", "relations")


def services_csv(services: Iterable[Service]) -> bytes:
    """One service a line; several relations are separated by semicolons."""
    return csv_bytes(
        SERVICES,
        (
            (one.code, "service", one.name.zh, one.name.en, one.agency, "; ".join(one.relations))
            for one in services
        ),
    )
