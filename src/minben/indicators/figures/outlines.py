"""Outlines of the counties on a picture (縣市輪廓): which shapes, where, and where labels stand.

Projection: equirectangular, true at 23.7 degrees north.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, radians

from minben.indicators.figures import topojson
from minben.indicators.figures.counties import BY_CODE, BY_OFFICIAL

SHRINK = cos(radians(23.7))
Box = tuple[float, float, float, float]  # west, south, east, north


@lru_cache(maxsize=8)
def shapes(boundaries: bytes, tolerance: float) -> dict[str, list[topojson.Polygon]]:
    """The polygons of every county. Raises ValueError if one is not there."""
    topology = topojson.read(boundaries, "counties")
    found: dict[str, list[topojson.Polygon]] = {}
    for properties, polygons in topology.shapes(tolerance):
        county = BY_OFFICIAL.get(properties.get("COUNTYCODE", ""))
        if county:
            found[county.code] = polygons
    lacking = set(BY_CODE) - set(found)
    if lacking:
        raise ValueError(f"the boundaries lack {min(lacking)}")
    return found


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the world on a part of the picture; `scale` is pixels for a degree of latitude."""

    box: Box
    left: float
    top: float
    scale: float

    def at(self, place: topojson.Place) -> tuple[float, float]:
        """The pixel of a place."""
        west, _, _, north = self.box
        x = self.left + (place[0] - west) * SHRINK * self.scale
        return x, self.top + (north - place[1]) * self.scale

    def holds(self, ring: topojson.Ring) -> bool:
        """Whether all of a ring is inside."""
        west, south, east, north = self.box
        return all(west <= x <= east and south <= y <= north for x, y in ring)

    def path(self, polygons: Sequence[topojson.Polygon]) -> str:
        """The outlines of the polygons that are inside; what shrank to a line is left out."""
        out = []
        for polygon in polygons:
            if self.holds(polygon[0]):
                for ring in (one for one in polygon if len(one) > 3):
                    points = [f"{x:.1f} {y:.1f}" for x, y in map(self.at, ring[:-1])]
                    kept = [p for n, p in enumerate(points) if not n or p != points[n - 1]]
                    out.append("M" + "L".join(kept) + "Z")
        return "".join(out)


def centre(polygons: Sequence[topojson.Polygon]) -> topojson.Place:
    """The centroid of the largest outer ring (the shoelace formula)."""
    best, middle = 0.0, polygons[0][0][0]
    for polygon in polygons:
        ring = polygon[0]
        area = x = y = 0.0
        ox, oy = ring[0]  # sums stay small around a point of the ring
        for (ax, ay), (bx, by) in pairwise(ring):
            cross = (ax - ox) * (by - oy) - (bx - ox) * (ay - oy)
            area += cross
            x += (ax + bx - 2 * ox) * cross
            y += (ay + by - 2 * oy) * cross
        if abs(area) > best:
            best, middle = abs(area), (ox + x / (3 * area), oy + y / (3 * area))
    return middle


def inner(polygons: Sequence[topojson.Polygon]) -> topojson.Place:
    """Where a county is pointed at: its centroid; beside a hole, the place farthest from any border.

    New Taipei surrounds Taipei, and Chiayi County the city: their centroids point at the other.
    """
    around = [polygon for polygon in polygons if len(polygon) > 1]
    if not around:
        return centre(polygons)
    rings = around[0]
    xs, ys = zip(*rings[0], strict=True)
    points = [place for ring in rings for place in ring]

    def room(place: topojson.Place) -> float:
        return min((place[0] - x) ** 2 + (place[1] - y) ** 2 for x, y in points)

    steps = [n / 16 for n in range(1, 16)]
    grid = (
        (min(xs) + (max(xs) - min(xs)) * a, min(ys) + (max(ys) - min(ys)) * b)
        for a in steps
        for b in steps
    )
    return max((place for place in grid if _inside(place, rings)), key=room)


def _inside(place: topojson.Place, rings: Sequence[topojson.Ring]) -> bool:
    """Whether a line to the east crosses the borders an odd number of times."""
    x, y = place
    odd = False
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise(ring):
            if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
                odd = not odd
    return odd


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places near the wanted ones, in their order, at least `gap` apart and from `low` to `high`.

    If there is no room for so many, they stand evenly between.
    """
    count = len(wanted)
    if count > 1 and gap * (count - 1) > high - low:
        return [low + (high - low) * n / (count - 1) for n in range(count)]
    out: list[float] = []
    for n, place in enumerate(wanted):
        least = out[-1] + gap if out else low
        most = high - gap * (count - 1 - n)
        out.append(min(max(place, least), most))
    for n in range(count - 2, -1, -1):  # those pushed down too far come back up
        centre = (wanted[n] + wanted[n + 1]) / 2 - gap / 2
        if out[n + 1] - out[n] <= gap + 1e-9 and out[n] > centre:
            least = out[n - 1] + gap if n else low
            out[n] = max(min(out[n], centre), least)
    return out
