"""What the marks of a picture mean (圖例): a row of samples with words, in as many lines as needed."""

from collections.abc import Callable, Sequence

from minben.indicators.figures import svg
from minben.indicators.figures.lettering import lines_of, width_of
from minben.indicators.figures.shapes import Shape

SAMPLE, SPACE = 28.0, 22.0
Draw = Callable[[float, float], str]  # the left end of a sample, and its middle line


def legend(items: Sequence[tuple[Draw, str]], shape: Shape, y: float) -> tuple[list[str], float]:
    """Samples and words from `y` down; and where they end."""
    out: list[str] = []
    x, size = shape.left, shape.body if not shape.narrow else shape.small
    step = size * 1.8
    room = shape.right - shape.left - SAMPLE - 8
    for draw, words in items:
        wide = SAMPLE + 8 + min(width_of(words, size), room) + SPACE
        if x > shape.left and x + wide - SPACE > shape.right:
            x, y = shape.left, y + step
        out.append(draw(x, y))
        for n, part in enumerate(lines_of(words, room, size)):
            y += step * 0.75 if n else 0
            out.append(svg.text(x + SAMPLE + 8, y, part, font_size=size))
        x += wide
    return out, y + step * 0.5


def box(**look: object) -> Draw:
    """A filled sample."""
    return lambda x, y: svg.tag("rect", x=x, y=y - 8, width=SAMPLE, height=16, **look)


def rule(**look: object) -> Draw:
    """A sample of a line."""
    return lambda x, y: svg.line(x, y, x + SAMPLE, y, **look)


def dot(**look: object) -> Draw:
    """A sample of a point."""
    return lambda x, y: svg.tag("circle", cx=x + SAMPLE / 2, cy=y, **look)
