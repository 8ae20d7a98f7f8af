"""The visitor's address is what our own proxies saw, never what the visitor says."""

from typing import Any

import pytest
from django.test import RequestFactory

from minben.base.addresses import address_of


@pytest.mark.parametrize(
    ("proxies", "forwarded", "told"),
    [
        (0, "", "192.0.2.9"),
        (0, "198.51.100.1", "192.0.2.9"),  # nobody of ours wrote that
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.7, 198.51.100.1", "198.51.100.1"),  # the first is the visitor's own claim
        (2, "203.0.113.7, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "10.0.0.2", ""),  # somebody came past a proxy
        (1, "", ""),
    ],
)
def test_address(settings: Any, proxies: int, forwarded: str, told: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    more = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.9", **more)
    assert address_of(request) == told
