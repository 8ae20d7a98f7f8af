"""A log with a key of its own, and one whose times are real and therefore checked."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from minben.ledger.keys import log_key
from tests.ledger_book import KEY


@pytest.fixture
def own_key(settings: LazySettings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The log signs with the key the verifiers of the tests know, in a folder of its own."""
    settings.VAR = tmp_path_factory.mktemp("var")
    settings.LEDGER_ORIGIN, settings.LEDGER_KEY = KEY.name, str(KEY)
    log_key.cache_clear()
    yield
    log_key.cache_clear()


@pytest.fixture
def real_times(settings: LazySettings, own_key: None) -> None:
    """No sandbox: nobody moves the clock, so that times in the log are checked."""
    settings.SANDBOX = False
