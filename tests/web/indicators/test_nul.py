"""A NUL in an address is answered like any other word that is not there, on every database."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/indicators/?q=%00",
    "/indicators/?source=%00&dimension=%00&domain=%00&relation=%00",
    "/indicators/a%00b/",
    "/indicators/a%00b/method/",
    "/indicators/a%00b/recipe.json",
    "/indicators/a%00b/files/csv",
    "/indicators/list/a%00b/",
    "/indicators/units/a%00b/",
    "/indicators/sources/a%00b/",
    "/indicators/surveys/a%00b/",
    "/indicators/conduct/?measure=%00&month=%00",
    "/api/v1/indicators?q=%00&source=%00",
    "/api/v1/indicators/a%00b",
    "/api/v1/indices/a%00b",
    "/api/v1/units/a%00b",
    "/api/v1/units?q=%00&kind=%00",
    "/api/v1/indicator-sources/a%00b",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_nul_is_nothing_that_is_there(client: Client, address: str) -> None:
    assert client.get(address).status_code in (200, 400, 404, 422)
