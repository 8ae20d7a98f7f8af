"""People and proposals for a bench (人群): made by the platform's own actions, then multiplied.

The first person is made as everybody is; the thousands after that are copies of that row with an
address, a number and a secret of their own, written straight into the table.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from importlib import import_module
from itertools import count, islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.http import HttpRequest
from django.middleware.csrf import get_token

from minben.kernel import clock
from minben.kernel.actor import SYSTEM, Actor, ActorKind, Grant, Role
from minben.people import actions as people
from minben.people import queries as people_queries
from minben.proposals import actions as proposals

BATCH = 5000
_rounds = count()
USERS = "people_user"
Row = Sequence[Any]


def confirmed_person(name: str, n: int, at: datetime) -> Any:  # Any: people's User
    """Somebody confirmed in every respect."""
    user = people.open_account(
        email=f"{name}@bench.invalid", password=None, language="zh-hant", by=SYSTEM, at=at
    )
    people.confirm_email(user=user, by=SYSTEM, at=at)
    people.set_phone(user=user, phone=f"+88691{n:07d}", by=SYSTEM, at=at)
    people.confirm_phone(user=user, by=SYSTEM, at=at)
    people.declare(
        user=user,
        nickname="量測",
        county="臺北市",
        township="中正區",
        residency="national",
        by=SYSTEM,
        at=at,
    )
    return user


def open_proposals(how_many: int, at: datetime) -> list[str]:
    """Proposals that are being endorsed at `at`; returns their numbers."""
    before = at - timedelta(days=3)
    n = next(_rounds)
    proposer = confirmed_person(f"proposer-{n}", 10 + 2 * n, before)
    checker = confirmed_person(f"checker-{n}", 11 + 2 * n, before)
    agency, _ = people.add_agency(
        code="bench",
        jurisdiction_code="ey",
        name_zh="量測機關",
        name_en="Bench",
        by=SYSTEM,
        at=before,
    )
    people.grant_role(user_id=checker.pk, role=Role.CHECKER, agency_id=None, by=SYSTEM, at=before)
    by = Actor(ActorKind.PERSON, str(proposer.pk), True, frozenset(), False)
    office = Actor(
        ActorKind.PERSON, str(checker.pk), True, frozenset({Grant(Role.CHECKER, None)}), True
    )
    return [_open(n, agency.pk, by, office, before) for n in range(how_many)]


def _open(n: int, agency_id: int, by: Actor, office: Actor, at: datetime) -> str:
    draft = proposals.begin_draft(jurisdiction_code="ey", by=by, at=at)
    proposals.save_draft(
        draft_id=draft.pk,
        changes={
            "subject": f"第 {n + 1} 號路口請增設行人庇護島並延長行人綠燈秒數",
            "content": "路口太寬，長者一次綠燈走不完，請設置庇護島並延長秒數，讓行人安全通過。" * 8,
            "benefits": "減少行人傷亡，長者與孩童都能安心過馬路。" * 4,
            "topic": "transport",
            "agency_ids": [agency_id],
        },
        by=by,
        at=at,
    )
    # Proposals of one person on one matter are refused; these stand for those of many.
    filed = proposals.file_proposal(draft_id=draft.pk, by=by, at=at)
    proposals.take_up_check(proposal_id=filed.pk, by=office, at=at)
    proposals.accept_for_endorsement(proposal_id=filed.pk, by=office, at=at)
    return str(filed.case.number)


def multiply(how_many: int, at: datetime, places: Sequence[tuple[str, str]] | None = None) -> range:
    """So many more confirmed people, from these counties and townships; returns their ids."""
    with connection.cursor() as cursor:
        whole = f"SELECT * FROM {USERS} WHERE email = 'first@bench.invalid'"  # noqa: S608
        cursor.execute(whole)
        if cursor.fetchone() is None:
            confirmed_person("first", 3, at)
        cursor.execute(whole)
        columns = [column[0] for column in cursor.description]
        template = list(cursor.fetchone())
        cursor.execute(f"SELECT max(id) FROM {USERS}")  # noqa: S608
        start = int(cursor.fetchone()[0]) + 1

    def copies() -> Iterator[Row]:
        row = dict(zip(columns, template, strict=True))
        for n, pk in enumerate(range(start, start + how_many)):
            row["id"], row["phone"] = pk, f"+8868{pk:09d}"
            row["email"] = row["canonical_email"] = f"b{pk}@bench.invalid"
            row["ledger_secret"] = secrets.token_bytes(32)
            if places is not None:
                row["county"], row["township"] = places[n]
            yield list(row.values())

    write_rows(USERS, columns, copies())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [USERS, start + how_many]
            )
    return range(start, start + how_many)


def sign_in(ids: Iterable[int], file: Path) -> None:
    """Sessions for these people, and a file with cookies and form token of each in a line."""
    engine: Any = import_module(settings.SESSION_ENGINE)
    store = engine.SessionStore()
    until = clock.now() + timedelta(days=14)
    hashed = ""
    rows = []
    with file.open("w", encoding="ascii") as lines:
        for pk in ids:
            hashed = hashed or people_queries.user_by_id(pk).get_session_auth_hash()
            content = {
                SESSION_KEY: str(pk),
                BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                HASH_SESSION_KEY: hashed,
            }
            key = secrets.token_hex(16)
            rows.append((key, store.encode(content), until, pk))
            request = HttpRequest()
            token = get_token(request)
            csrf = request.META["CSRF_COOKIE"]
            names = f"{settings.SESSION_COOKIE_NAME}={key};{settings.CSRF_COOKIE_NAME}={csrf}"
            lines.write(f"{names} {token}\n")
    columns = ("session_key", "session_data", "expire_date", "account_id")
    write_rows("people_accountsession", columns, rows)
    write_rows("django_session", columns[:3], (row[:3] for row in rows))  # for the plain site


def write_rows(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Rows into a table of the scratch database, as fast as it takes them."""
    names = ", ".join(f'"{column}"' for column in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        source = iter(rows)
        while batch := list(islice(source, BATCH)):
            plain = [[_plain(value) for value in row] for row in batch]
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", plain)  # noqa: S608


def _plain(value: Any) -> Any:  # Any: what a column holds
    """SQLite takes times as the platform writes them there."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
