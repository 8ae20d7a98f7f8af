"""Every picture at every size is SVG, says a checker that is not ours."""

from pathlib import Path

import pytest

from tests import outside
from tests.rules.indicators.figure_zoo import KINDS, all_of

pytestmark = pytest.mark.skipif(not outside.java(), reason=f"no checker of SVG: {outside.HOW}")
GOOD = KINDS["bars"](9, "zh").svg
PLANTED = {
    "path-in-rect": ("</svg>", '<rect width="2" height="2"><path d="M1 1"/></rect></svg>'),
    "path-of-three": ('d="M', 'd="M1 2L3V9M'),
    "path-of-words": ('d="M', 'd="M1 nan'),
    "attribute": ('fill="#', 'fil="#'),
    "element": ("</svg>", "<circles/></svg>"),
    "id-twice": ('id="bars-d"', 'id="bars-t"'),
    "anchor": ('text-anchor="', 'text-anchor="left'),
    "role": ('role="img"', 'role="picture"'),
    "not-closed": ("</svg>", ""),
}


def test_every_picture_is_svg_and_what_is_not_is_found(tmp_path: Path) -> None:
    for kind in KINDS:
        for what, figure in all_of(kind):
            (tmp_path / f"{kind} {what}.svg".replace(" ", "-")).write_text(figure.svg, "utf-8")
    for name, (before, after) in PLANTED.items():
        assert before in GOOD
        (tmp_path / f"planted-{name}.svg").write_text(GOOD.replace(before, after), "utf-8")
    found = outside.remarks(tmp_path, "svg")
    planted = {f"planted-{name}.svg" for name in PLANTED}
    assert {name: said for name, said in found.items() if name not in planted} == {}
    assert found.keys() == planted
