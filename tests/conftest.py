"""What all tests share. The suite runs on SQLite, and on PostgreSQL with DATABASE_URL."""

import os
import tempfile

os.environ.setdefault("MINBEN_MODE", "demo")
os.environ.setdefault("SECRET_KEY", "only-for-tests-0123456789-0123456789-0123456789")
os.environ["MINBEN_VAR"] = tempfile.mkdtemp(prefix="minben-tests-")


import pytest
from django.core.management import call_command

from minben.kernel.actor import SYSTEM
from tests.factories import DAY0, add_shipped_rule_sets


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        call_command("createcachetable")
        add_shipped_rule_sets(by=SYSTEM, at=DAY0)


@pytest.fixture(autouse=True)
def _plain_static(settings: object) -> None:
    settings.STORAGES = {  # type: ignore[attr-defined]
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
