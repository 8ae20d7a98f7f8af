"""Sets the stage, as a program of its own: one proposal, and many people who are signed in.

Its environment is the platform's. Prints one JSON object.
"""

import json
import sys
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import django

THRESHOLD = 250


def main(how_many: int) -> None:
    """Prepare the database from nothing; tell the proposal, and people with their session keys."""
    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from minben.kernel import clock
    from minben.kernel.actor import SYSTEM

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    at = clock.now() - timedelta(days=10)
    with transaction.atomic():
        _add_rules(SYSTEM, at)
        proposal = _proposal(at)
        people = _people(how_many, at)
    told = {
        "proposal": proposal.pk,
        "case": proposal.case_id,
        "number": proposal.case.number,
        "threshold": proposal.threshold,
        "people": people,
    }
    print(json.dumps(told))


def _add_rules(by: Any, at: datetime) -> None:
    """The shipped rule sets, and one whose threshold a short load reaches."""
    from minben.casework.actions.rule_sets import add_rule_set
    from minben.casework.shipped import add_shipped_rule_sets, documents

    add_shipped_rule_sets(by=by, at=at)
    document = next(one for one in documents() if one["code"] == "tw-join-2018")
    low = document["parameters"] | {"threshold": THRESHOLD}
    document |= {"code": "tw-faults", "in_force_from": "2020-01-01", "parameters": low}
    add_rule_set(document=document, by=by, at=at)


def _proposal(at: datetime) -> Any:
    from tests.factories import accept_one, file_one, make_agency, make_person

    proposer = make_person(at=at)
    filed = file_one(proposer, agencies=(make_agency(),), at=at)
    return accept_one(filed, at=at + timedelta(hours=1))


def _people(how_many: int, at: datetime) -> list[tuple[int, str]]:
    """Confirmed people with a session each, straight into the tables."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from minben.people.models import User

    made = User.objects.bulk_create(
        User(
            email=f"f{n}@example.org",
            canonical_email=f"f{n}@example.org",
            password="!",
            phone=f"+8869{50_000_000 + n}",
            email_verified_at=at,
            phone_verified_at=at,
            confirmed_by="mobile",
            confirmed_at=at,
            residency="national",
            residency_declared_at=at,
            nickname=f"市民{n}",
            county="臺北市",
            township="中正區",
            joined_at=at,
        )
        for n in range(how_many)
    )
    store = import_module(settings.SESSION_ENGINE).SessionStore
    rows, keys = [], []
    for user in made:
        session = store()
        data = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        if hasattr(session, "create_model_instance"):
            session.clear()
            session._session_key = f"{user.pk:08d}".rjust(32, "f")
            rows.append(session.create_model_instance(data))
        else:
            session.update(data)
            session.save()
        keys.append((user.pk, str(session.session_key)))
    if rows:
        type(rows[0]).objects.bulk_create(rows)
    return keys


if __name__ == "__main__":
    main(int(sys.argv[1]))
