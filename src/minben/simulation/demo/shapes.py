"""When the demo's endorsements came (附議曲線的形狀): deterministic, pure."""

import math
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

# Share of all endorsements that had come after the share `x` of the time, both 0…1.
SHAPES: Mapping[str, Callable[[float], float]] = {
    "steady": lambda x: x,
    "slow_start": lambda x: x**2.4,
    "decay": lambda x: (1 - math.exp(-4 * x)) / (1 - math.exp(-4)),
    "news_spike": lambda x: 0.25 * x + 0.75 / (1 + math.exp(-28 * (x - 0.38))),
    "mobilised": lambda x: 0.1 * x + 0.9 / (1 + math.exp(-60 * (x - 0.22))),
    "last_minute": lambda x: x**6,
}
# Few people endorse at four in the morning.
_HOURS = (2, 1, 1, 1, 1, 1, 2, 5, 8, 9, 9, 9, 11, 9, 8, 8, 8, 9, 10, 12, 14, 15, 12, 6)


def moments(
    shape: str, total: int, start: datetime, end: datetime, seed: str
) -> Sequence[datetime]:
    """`total` instants in [start, end), in order, spread as `shape` says.

    The same arguments always give the same instants.
    """
    rng = random.Random(seed)  # noqa: S311  no secret: believable data, the same every time
    curve = SHAPES[shape]
    low, high = curve(0.0), curve(1.0)
    days = max(1, math.ceil((end - start) / timedelta(days=1)))
    steps = [(curve(i / days) - low) / (high - low) for i in range(days + 1)]
    found: list[datetime] = []
    for day in range(days):
        share = round(total * steps[day + 1]) - round(total * steps[day])
        begun = start + timedelta(days=day)
        span = min(timedelta(days=1), end - begun)  # the last day may be a part of one
        found += [
            begun + span * ((hour + rng.random()) / 24)
            for hour in rng.choices(range(24), _HOURS, k=share)
        ]
    return sorted(found)
