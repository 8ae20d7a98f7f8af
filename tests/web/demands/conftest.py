"""A case in its officer's hands, on the day after it reached its threshold."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from minben.kernel.actor import Role
from tests.db.demands.scene import NOW, Scene, scene
from tests.web.conftest import SignedIn


@pytest.fixture
def now(at_instant: Callable[[datetime], Any]) -> Iterator[datetime]:
    """Everything happens a day after the case reached."""
    with at_instant(NOW):
        yield NOW


@pytest.fixture
def one(now: datetime, db: None) -> Scene:
    """A case that reached; the agency mof leads."""
    return scene()


@pytest.fixture
def officer(one: Scene, staff_client: Callable[..., SignedIn]) -> SignedIn:
    """An officer of the agency that leads, not the one who made the scene."""
    return staff_client(Role.OFFICER, one.agency)


@pytest.fixture
def petitioner(one: Scene, citizen_client: Callable[..., SignedIn]) -> SignedIn:
    """Whoever proposed."""
    return citizen_client(one.petitioner)
