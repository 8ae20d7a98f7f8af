"""Sizes of pictures (版面): for a wide screen and paper, or for a phone of 390 pixels.

Of 390 pixels a page keeps 16 at either side and a border; what it leaves is the narrow width, so
that letters of 12 are 12 pixels high where they are read.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """In units of the picture, which are pixels at its natural size.

    Args:
        margin: left free at every side.
        title, body, small: sizes of letters; no letter is smaller than `small`.
        row: height of a line of a list.
    """

    width: int
    margin: float
    title: int
    body: int
    small: int
    row: float

    @property
    def left(self) -> float:
        """Where things may begin."""
        return self.margin

    @property
    def right(self) -> float:
        """Where things must end."""
        return self.width - self.margin

    @property
    def narrow(self) -> bool:
        """Whether this is for a phone."""
        return self.width < 600


WIDE = Shape(width=840, margin=24.0, title=24, body=16, small=14, row=28.0)
NARROW = Shape(width=356, margin=10.0, title=19, body=14, small=12, row=26.0)
