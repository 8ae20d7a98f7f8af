"""The same browsers and the same clock as for the pages."""

from tests.web.conftest import at_instant, citizen_client, staff_client

__all__ = ["at_instant", "citizen_client", "staff_client"]
