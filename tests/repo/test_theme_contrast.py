"""Every pair of colours that carries text or a shape is readable, in both schemes (WCAG 2.2)."""

import re
from itertools import product
from pathlib import Path

import pytest

import minben.base

ROOT = Path(__file__).resolve().parents[2]
STATIC = Path(minben.base.__file__).parent / "static" / "minben"
TOKEN = re.compile(
    r"--ds-color-(?P<name>[a-z0-9-]+):\s*"
    r"var\(--mb-light, (?P<light>#[0-9A-F]{6})\)\s*var\(--mb-dark, (?P<dark>#[0-9A-F]{6})\);"
)
COLOURS = ("neutral", "accent", "brand1", "success", "warning", "danger", "info")
PAPERS = ("neutral-background-default", "neutral-background-tinted", "neutral-surface-default")
TEXT, SHAPE = 4.5, 3.0


def tokens() -> dict[str, dict[str, str]]:
    """Name → {"light": "#RRGGBB", "dark": "#RRGGBB"} of every colour in the theme."""
    found = TOKEN.finditer((STATIC / "theme.css").read_text(encoding="utf-8"))
    return {m["name"]: {"light": m["light"], "dark": m["dark"]} for m in found}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2 definition."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def text_pairs() -> list[tuple[str, str]]:
    """Foreground and background of everything that is read."""
    pairs = [
        (f"{colour}-text-{tone}", ground)
        for colour, tone in product(COLOURS, ("default", "subtle"))
        for ground in (*PAPERS, f"{colour}-surface-default", f"{colour}-surface-tinted")
    ]
    pairs += [
        (f"{colour}-base-contrast-default", f"{colour}-base-{state}")
        for colour, state in product(COLOURS, ("default", "hover", "active"))
    ]
    # A secondary button under the pointer; the zebra rows and headers of tables.
    pairs += [(f"{colour}-text-subtle", f"{colour}-surface-hover") for colour in COLOURS]
    pairs += [("accent-text-subtle", "neutral-surface-tinted")]
    return pairs


def shape_pairs() -> list[tuple[str, str]]:
    """Edges and fills that one must be able to see: inputs, bars, markers, focus rings, seals."""
    pairs = [
        (f"{colour}-border-{tone}", ground)
        for colour, tone, ground in product(COLOURS, ("default", "strong"), PAPERS)
    ]
    pairs += [("focus-outer", ground) for ground in PAPERS]
    pairs += [
        (f"{colour}-base-default", "neutral-surface-active") for colour in ("accent", "success")
    ]
    pairs += [("brand1-base-default", "neutral-surface-default")]
    return pairs


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "least"), [(text_pairs(), TEXT), (shape_pairs(), SHAPE)], ids=["text", "shape"]
)
def test_pairs_are_readable(scheme: str, pairs: list[tuple[str, str]], least: float) -> None:
    colours = tokens()
    poor = [
        f"{front} on {back}: {ratio:.2f}"
        for front, back in pairs
        if (ratio := contrast(colours[front][scheme], colours[back][scheme])) < least
    ]
    assert poor == []


def test_every_token_the_sheet_asks_for_is_set() -> None:
    """What our sheets use of the theme exists, so that no colour silently falls away."""
    ours = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.css"))
    vendor = ROOT / "node_modules/@digdir/designsystemet-css/dist/src/index.css"
    used = set(re.findall(r"var\((--(?:ds|mb)-[a-z0-9-]+)", ours))
    if vendor.exists():
        sheet = vendor.read_text(encoding="utf-8")
        used |= set(
            re.findall(r"var\((--ds-(?:color|size|body|heading)-[a-z0-9]+[a-z0-9-]*)", sheet)
        )
    defined = set(re.findall(r"(--(?:ds|mb)-[a-z0-9-]+):", ours))
    set_by_the_sheet = {"--ds-icon-size"}  # and so not ours to define
    assert used - defined - set_by_the_sheet == set()


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
