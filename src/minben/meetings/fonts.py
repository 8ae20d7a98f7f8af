"""The Chinese font of the machine, for what is printed (中文字型).

None is shipped: the host installs one (Debian: fonts-noto-cjk), fontconfig finds it, and the glyphs
that are used are embedded. Without one nothing is printed, because boxes help nobody.
"""

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

PACKAGE: Final = "fonts-noto-cjk"
_SAMPLE: Final = "lang=zh-tw"
_SUFFIXES: Final = frozenset({".otf", ".ttf", ".ttc", ".otc"})


@dataclass(frozen=True, slots=True)
class Font:
    """A font file, and which of a collection's fonts it is."""

    file: Path
    index: int


@cache
def cjk_font() -> Font | None:
    """The font fontconfig takes for Traditional Chinese, if it really covers it. Asked once."""
    asked = shutil.which("fc-list")
    if asked is None:
        return None
    words = [asked, "--format=%{file}|%{index}|%{family}|%{style}\n", f":{_SAMPLE}"]
    try:
        told = subprocess.run(words, capture_output=True, text=True, timeout=20, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    return chosen(told.stdout)


def chosen(told: str) -> Font | None:
    """The plainest of the fonts fontconfig tells of, one a line: file, index, family, style.

    Sans before serif, regular before bold, Taiwan's forms before others.
    """
    found: list[tuple[tuple[bool, bool, bool, str, int], Font]] = []
    for line in told.splitlines():
        parts = line.split("|")
        if len(parts) != 4 or not parts[1].isdigit():
            continue
        file, index, family, style = Path(parts[0]), int(parts[1]), parts[2], parts[3]
        # Beyond 16 bits fontconfig counts named instances of variable fonts.
        if file.suffix.lower() not in _SUFFIXES or index > 0xFFFF or "Mono" in family:
            continue
        order = ("Regular" not in style, "Serif" in family, "TC" not in family, str(file), index)
        found.append((order, Font(file, index)))
    return min(found, key=lambda one: one[0])[1] if found else None
