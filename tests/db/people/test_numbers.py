"""Bound numbers are hashes: those that stood in plain before were turned into hashes too."""

import importlib

import pytest
from django.apps import apps

from minben.people.models import BoundNumber
from minben.people.numbers import digest_of, digests_of
from tests.factories import DAY0, make_person

pytestmark = pytest.mark.django_db
NUMBER = "+886955555555"


def test_a_hash_tells_no_number_and_needs_the_key(settings: object) -> None:
    first = digest_of(NUMBER)
    assert len(first) == 64
    assert first == digest_of(NUMBER) != digest_of("+886955555556")
    assert digests_of(NUMBER) == [first]
    settings.SECRET_KEY = "another-secret-another-secret-another"  # type: ignore[attr-defined]
    assert digest_of(NUMBER) != first


def test_numbers_of_earlier_versions_become_hashes() -> None:
    user = make_person()
    done = set(BoundNumber.objects.values_list("digest", flat=True))
    BoundNumber.objects.create(digest=NUMBER, user=user, at=DAY0)
    migration = importlib.import_module("minben.people.migrations.0007_numbers_as_hashes")
    for _ in range(2):  # a second time changes nothing
        migration.hash_numbers(apps, None)
        found = set(BoundNumber.objects.values_list("digest", flat=True))
        assert found == {*done, digest_of(NUMBER)}
