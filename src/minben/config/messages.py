"""Compile the message catalogues (.po → .mo) without gettext on the host."""

from pathlib import Path

import polib

from minben.config.settings import PACKAGE


def compile_all() -> int:
    """Compile every catalogue that is newer than its compiled form; returns how many."""
    count = 0
    for source in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        fresh: Path = target.with_suffix(".new")
        polib.pofile(str(source)).save_as_mofile(str(fresh))
        fresh.replace(target)
        count += 1
    return count
