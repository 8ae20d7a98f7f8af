"""One fault from beginning to end: load, fault, recovery, reckoning, figures."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.faults.accounts import Reckoning, reckoning, settle
from tests.faults.cluster import Cluster
from tests.faults.installation import Site
from tests.faults.load import Load, Oracle, Outcome
from tests.faults.standby import HighlyAvailable

FIGURES: dict[str, dict[str, Any]] = {}  # Any: numbers and words
WARM = 120
AFTERWARDS = 150


class Scene:
    """A running platform with its load.

    Args:
        between: makes what stands between site and database, given the database's port; it has a
            `port` of its own and can be closed.
        extra: environment of the site.
    """

    def __init__(
        self,
        name: str,
        cluster: Cluster | HighlyAvailable,
        var: Path,
        told: Mapping[str, Any],
        *,
        between: Callable[[int], Any] | None = None,
        extra: Mapping[str, str] | None = None,
        **load: Any,
    ) -> None:
        self.name, self.cluster, self.told = name, cluster, told
        self.wire = between(cluster.port) if between else None
        database = cluster.url(self.wire.port if self.wire else 0)
        self.site = Site(var, database, extra=extra)
        try:
            self.site.start()
        except BaseException:
            self.site.stop()
            raise
        people = [(person, key) for person, key in told["people"]]
        self.load = Load(self.site.port, told["number"], people, **load)
        self.began = 0.0

    @property
    def oracle(self) -> Oracle:
        """What everybody was told."""
        return self.load.oracle

    def warm(self, acknowledged: int = WARM) -> None:
        """Start the load and wait until it flows."""
        self.load.start()
        self.load.wait_for(acknowledged)

    def mark(self) -> float:
        """The instant of the fault, or of its end: recovery is counted from here."""
        self.began = time.monotonic()
        return self.began

    def recover(self, within: float, acknowledged: int = AFTERWARDS) -> float:
        """Wait until endorsing works again, let it go on a while, and end the load.

        Returns seconds from `mark` until the service was back, which is when the first of those
        who asked after it was acknowledged. Raises TimeoutError when that takes too long.
        """
        self.load.wait_for(1, after=self.began, within=within)
        back = self.oracle.first_after(self.began) or 0.0
        self.load.wait_for(acknowledged, after=self.began)
        self.load.stop()
        return back

    def reckon(self, **figures: Any) -> Reckoning:
        """Let the ledger catch up, compare everything, and note the figures."""
        with self.cluster.connect() as to:
            settled = settle(to, self.told["proposal"])
            found = reckoning(to, self.told["proposal"], self.oracle)
        unexpected = [one for one in self.oracle.told if one.outcome is Outcome.UNEXPECTED]
        found.faults += [f"answered {one.status} {one.detail}" for one in unexpected[:3]]
        with TemporaryDirectory() as place:
            self.site.minben("ledger", "export", f"{place}/bundle")
            self.site.verify(Path(place) / "bundle")
        FIGURES[self.name] = {
            **{name: round(v, 2) if isinstance(v, float) else v for name, v in figures.items()},
            **self._recovery(),
            "ledger_settled_s": round(settled, 2),
            **self.oracle.tally(),
            "bundle_verified": True,
            "rows": found.rows,
            "lost": len(found.lost),
            "doubled": len(found.doubled),
        }
        print(f"\n{self.name}: {FIGURES[self.name]}")
        return found

    def _recovery(self) -> dict[str, float]:
        """How long it hurt after the mark, in seconds; nothing if there was none."""
        if not self.began:
            return {}
        return {
            "last_failure_s": round(self.oracle.last_failure_after(self.began), 2),
            "longest_silence_s": round(self.oracle.longest_silence(self.began), 2),
        }

    def close(self) -> None:
        """End everything."""
        try:
            self.load.stop()
        finally:
            self.site.stop()
            if self.wire:
                self.wire.close()


def unharmed(found: Reckoning) -> None:
    """What every fault must end with."""
    assert not found.lost, f"{len(found.lost)} acknowledged endorsements are lost"
    assert not found.doubled, f"{len(found.doubled)} people count more than once"
    assert not found.uninvited, "people who never asked are in the table"
    assert not found.faults, found.faults
