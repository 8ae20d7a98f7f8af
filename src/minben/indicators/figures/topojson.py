"""Reading TopoJSON (拓樸向量格式): quantised arcs that neighbours share.

The format (Bostock and Metcalf, TopoJSON 1.0): an arc is a list of steps in whole numbers; scale
and translation make longitudes and latitudes of them; ``~n`` is arc n backwards. Arcs are
simplified before they are joined, so that neighbours keep a common border.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

Place = tuple[float, float]  # longitude and latitude in degrees
Ring = list[Place]
Polygon = list[Ring]  # the outer ring, then holes


@dataclass(frozen=True)
class Topology:
    """What a file holds.

    Args:
        arcs: in degrees.
        geometries: of each shape its properties and, per polygon and ring, the numbers of its arcs.
    """

    arcs: tuple[Ring, ...]
    geometries: tuple[tuple[dict[str, str], list[list[list[int]]]], ...]

    def shapes(self, tolerance: float) -> Iterator[tuple[dict[str, str], list[Polygon]]]:
        """Every shape with its polygons, no border moved by more than `tolerance` degrees."""
        arcs = [simplified(arc, tolerance) for arc in self.arcs]
        for properties, polygons in self.geometries:
            yield properties, [[_joined(arcs, ring) for ring in rings] for rings in polygons]


def read(contents: bytes, name: str) -> Topology:
    """The object `name` of a file. Raises ValueError if this is not such a file."""
    try:
        document = json.loads(contents)
        transform = document["transform"]
        arcs = tuple(
            _arc(arc, transform["scale"], transform["translate"]) for arc in document["arcs"]
        )
        shapes = document["objects"][name]["geometries"]
        return Topology(arcs, tuple(_geometry(one, len(arcs)) for one in shapes))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"this is no TopoJSON file with {name!r}: {error}") from error


def _arc(steps: list[list[int]], scale: list[float], translate: list[float]) -> Ring:
    x = y = 0
    out = []
    for step in steps:
        x, y = x + step[0], y + step[1]
        out.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
    return out


def _geometry(one: dict[str, object], arcs: int) -> tuple[dict[str, str], list[list[list[int]]]]:
    """The properties and the polygons of a shape, each arc known."""
    found: object = one["arcs"]
    polygons: list[list[list[int]]]
    polygons = [found] if one["type"] == "Polygon" else found  # type: ignore[assignment,list-item]
    if one["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"a shape is a {one['type']}")
    for number in (arc for rings in polygons for ring in rings for arc in ring):
        if not -arcs <= number < arcs:
            raise ValueError(f"there is no arc {number}")
    properties = one.get("properties")
    known = properties if isinstance(properties, dict) else {}
    return {str(key): str(value) for key, value in known.items()}, polygons


def _joined(arcs: list[Ring], ring: list[int]) -> Ring:
    """Arcs one after the other; where one ends the next begins, and the point stands once."""
    out: Ring = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        out += arc[1:] if out else arc
    return out


def simplified(line: Ring, tolerance: float) -> Ring:
    """Fewer points, none of the old ones further off than `tolerance` (Douglas and Peucker, 1973).

    Both ends stay. A ring is cut at its farthest point first.
    """
    if len(line) < 3 or tolerance <= 0:
        return line
    keep = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        far, at = max((_off(line[n], line[first], line[last]), n) for n in range(first + 1, last))
        if far > tolerance:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [line[n] for n in sorted(keep)]


def _off(point: Place, a: Place, b: Place) -> float:
    """How far a point is from the line a–b; from a, if b is the same."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = hypot(dx, dy)
    if not length:
        return hypot(point[0] - a[0], point[1] - a[1])
    return abs(dx * (a[1] - point[1]) - dy * (a[0] - point[0])) / length
