"""The stakeholder map as a grid (利益與影響力矩陣): who stands where, by number. Pure."""

from dataclasses import dataclass
from typing import Final

from minben.proceedings.rules.stakeholders import GRADES, Kind, StakeholderMap

CELL: Final = 62.0
LEFT, TOP = 40.0, 6.0
ACROSS: Final = 3  # dots beside each other in a cell
SHOWN: Final = 9  # dots in a cell; the rest are counted
SIZE: Final = LEFT + CELL * len(GRADES) + 6
HEIGHT: Final = TOP + CELL * len(GRADES) + 44


@dataclass(frozen=True, slots=True)
class Dot:
    """A stakeholder in the grid: its place in the list, and the centre of its dot."""

    number: int
    kind: Kind
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A square of the grid; `more` do not fit into it."""

    x: float
    y: float
    interest: int
    influence: int
    more: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Interest grows to the right, influence upwards. Lengths are units of the viewBox."""

    cells: tuple[Cell, ...]
    dots: tuple[Dot, ...]
    width: float = SIZE
    height: float = HEIGHT


def draw_grid(sheet: StakeholderMap) -> Grid:
    """The numbers are those of the list beside it, from 1."""
    held: dict[tuple[int, int], list[tuple[int, Kind]]] = {}
    for number, row in enumerate(sheet.rows, start=1):
        held.setdefault((row.interest, row.influence), []).append((number, row.kind))
    cells, dots = [], []
    for influence in reversed(GRADES):
        for interest in GRADES:
            x = LEFT + (interest - 1) * CELL
            y = TOP + (GRADES.stop - 1 - influence) * CELL
            rows = held.get((interest, influence), [])
            cells.append(Cell(x, y, interest, influence, max(0, len(rows) - SHOWN)))
            step = CELL / ACROSS
            dots += [
                Dot(number, kind, x + step * (n % ACROSS + 0.5), y + step * (n // ACROSS + 0.5))
                for n, (number, kind) in enumerate(rows[:SHOWN])
            ]
    return Grid(tuple(cells), tuple(dots))
