"""Typed reading of the environment. A secret may be given as NAME or as a file in NAME_FILE."""

import os
import secrets
from pathlib import Path


class Misconfigured(SystemExit):
    """The environment lacks something; one line, exit code 78 (EX_CONFIG)."""

    def __init__(self, message: str) -> None:
        super().__init__(f"minben: {message}")


def text(name: str, default: str = "") -> str:
    """A setting, read from NAME or from the file that NAME_FILE names."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def number(name: str, default: int) -> int:
    """A whole number."""
    value = text(name)
    if not value:
        return default
    if not value.isdigit():
        raise Misconfigured(f"{name} must be a whole number, not {value!r}")
    return int(value)


def listed(name: str, default: str = "") -> list[str]:
    """Comma-separated values."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def secret(name: str, keep_in: Path | None) -> str:
    """A secret; a sandbox makes its own once and keeps it in `keep_in`, readable by its owner."""
    if value := text(name):
        return value
    if keep_in is None:
        raise Misconfigured(f"set {name} or {name}_FILE (or MINBEN_MODE=demo for a sandbox)")
    if not keep_in.exists():
        keep_in.parent.mkdir(parents=True, exist_ok=True)
        keep_in.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        keep_in.chmod(0o600)
    return keep_in.read_text(encoding="utf-8").strip()
