"""The demo with a few of its proposals, played once for all tests of a module."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from minben.ledger.keys import log_key
from minben.operations import switches
from minben.proposals.queries.places import forget_places
from minben.simulation.demo import load_demo, loading
from tests.factories import DAY0
from tests.ledger_book import KEY

Row = dict[str, Any]


@contextmanager
def played(blocker: Any, folder: Path, chosen: Callable[[list[Row]], list[Row]]) -> Iterator[None]:
    """The demo with what is chosen of its proposals; afterwards nothing of it is left.

    Playing takes seconds, so it is done once for a module: what a test writes is undone behind it,
    because its own transaction stands within this one.
    """
    forget_places()
    switches.know({}, seconds=3600)
    log_key.cache_clear()
    kept = override_settings(
        VAR=folder,
        SANDBOX=True,
        MEDIA_ROOT=str(folder / "files"),
        LEDGER_ORIGIN=KEY.name,
        LEDGER_KEY=str(KEY),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],  # a quick one
    )
    rows = chosen(loading.documents())
    with blocker.unblock(), pytest.MonkeyPatch.context() as patch, kept, transaction.atomic():
        patch.setattr(loading, "documents", lambda: rows)
        load_demo(at=DAY0)
        yield
        transaction.set_rollback(True)
    log_key.cache_clear()
    forget_places()
