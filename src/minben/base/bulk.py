"""Plain rows into a table, for imports of hundreds of thousands (大量寫入).

`bulk_create` makes an object and a long statement of parameters for every row; here a batch
goes to SQLite in one prepared statement and to PostgreSQL through COPY. Only actions call it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models
from django.db.models import Q
from django.db.models.expressions import RawSQL


def insert_rows(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],  # Any: whatever the fields hold
) -> None:
    """Insert `rows` of the fields `names`, in the caller's transaction.

    Fields with a default in the database may be left out; whether the rows are simulated is
    filled in here. Constraints hold as ever; signals, defaults in Python and keys of the new
    rows are not provided.

    Raises:
        Refusal: ``simulated_in_production``.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    more: tuple[Any, ...] = ()
    if any(field.name == "simulated" for field in model._meta.fields):
        mark: Any = model._meta.get_field("simulated")
        fields.append(mark)
        more = (mark.pre_save(model(), True),)
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(field.column) for field in fields)
    whole = ((*row, *more) for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in whole:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608  no values in it
            cursor.executemany(sql, list(_prepared(fields, whole)))


def set_numbers(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[int | None]],
) -> None:
    """Set whole-number columns of many rows: each of `rows` is the key, then a value per name.

    One statement on PostgreSQL, one prepared statement on SQLite.
    """
    given = [tuple(row) for row in rows]
    table = connection.ops.quote_name(model._meta.db_table)
    if not given:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns = list(zip(*given, strict=True))
            lists = ", ".join(f"unnest(%s::bigint[]) AS c{n}" for n in range(len(columns)))
            places = ", ".join(f"{name} = v.c{n}" for n, name in enumerate(names, start=1))
            cursor.execute(
                f"UPDATE {table} SET {places} FROM (SELECT {lists}) v WHERE id = v.c0",  # noqa: S608
                [list(column) for column in columns],
            )
        else:
            places = ", ".join(f"{name} = %s" for name in names)
            cursor.executemany(
                f"UPDATE {table} SET {places} WHERE id = %s",  # noqa: S608  as above
                [(*values, key) for key, *values in given],
            )


def among(model: type[models.Model], ids: Sequence[int]) -> Q | RawSQL:
    """The condition that a row is one of thousands: on PostgreSQL one value, and by the index.

    A place for each key costs more than the answer; a list to join with is read by whatever plan
    the server holds for best before it knows the table.
    """
    if connection.vendor != "postgresql":
        return Q(pk__in=list(ids))
    column = f"{connection.ops.quote_name(model._meta.db_table)}.id"
    whether = models.BooleanField()
    return RawSQL(f"{column} = ANY(%s::bigint[])", [list(ids)], output_field=whether)  # noqa: S611


def _prepared(fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    """Rows as the driver takes them; only times need converting."""
    times = [
        at
        for at, field in enumerate(fields)
        if isinstance(field, (models.DateField, models.DateTimeField))
    ]
    for row in rows:
        values = list(row)
        for at in times:
            values[at] = fields[at].get_db_prep_save(values[at], connection)
        yield values
