"""What all tests share. The suite runs on SQLite, and on PostgreSQL with DATABASE_URL."""

import pytest
from django.core.management import call_command
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from minben.kernel.actor import SYSTEM
from minben.operations import switches
from minben.proposals.queries.places import forget_places
from tests.factories import DAY0, add_shipped_rule_sets

# How long an example takes is the machine's affair: time is measured in tests/measures.
hypothesis_settings.register_profile("steady", deadline=None)
hypothesis_settings.register_profile("deep", max_examples=2000, deadline=None)
hypothesis_settings.load_profile("steady")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        call_command("createcachetable")
        add_shipped_rule_sets(by=SYSTEM, at=DAY0)


@pytest.fixture(autouse=True)
def _rule_sets_again(request: pytest.FixtureRequest) -> None:
    """Tests with transactions of their own empty all tables behind them, rule sets included."""
    marker = request.node.get_closest_marker("django_db")
    wanted = {"transactional_db", "live_server"} & set(request.fixturenames)
    if wanted or (marker is not None and marker.kwargs.get("transaction")):
        request.getfixturevalue("transactional_db")
        add_shipped_rule_sets(by=SYSTEM, at=DAY0)


@pytest.fixture(autouse=True)
def _nothing_stopped() -> None:
    """Switches are known for the whole test, so that none of its pages asks for them."""
    switches.know({}, seconds=3600)


@pytest.fixture(autouse=True)
def _language_of_nobody() -> None:
    """The client of the test before may have left the language of its last page behind."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _places_of_this_database() -> None:
    forget_places()


@pytest.fixture(autouse=True)
def _plain_static(settings: object) -> None:
    settings.STORAGES = {  # type: ignore[attr-defined]
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
