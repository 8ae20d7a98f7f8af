"""Rows of another table as one JSON value of a row (巢狀列): what a page needs, in one statement.

A page that shows a case with its agencies, deadlines and events would ask for each of them; this
way the database answers them together. Times come as text: `instant_of` reads them.
"""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Expression, JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject


class JsonRows(Subquery):
    """A list of objects, in the order of `rows`; an empty list if there are none.

    Args:
        rows: may refer to the row around it by ``OuterRef``, and may be sliced.
        names: of the fields each object holds.
        told: further members of each object, by expression.
    """

    template = "(SELECT JSON_GROUP_ARRAY(JSON(one.as_json)) FROM (%(subquery)s) one)"
    output_field = JSONField()

    def __init__(
        self,
        rows: QuerySet[Any, Any],  # Any: of whatever model
        *names: str,
        **told: Expression | str,
    ) -> None:
        members = {name: name for name in names} | told
        super().__init__(rows.values(as_json=JSONObject(**members)))

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """The same in the words of PostgreSQL. Any: Django's own compiler and connection."""
        template = "(SELECT COALESCE(JSONB_AGG(one.as_json), '[]') FROM (%(subquery)s) one)"
        return super().as_sql(compiler, connection, template=template)


def instant_of(text: str | None) -> datetime | None:
    """A time as the database wrote it into JSON; SQLite leaves the zone out, which is UTC."""
    if text is None:
        return None
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
