"""Static files by hashed name; without a manifest (tests, first run) the plain name is used."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ManifestStorage(CompressedManifestStaticFilesStorage):
    """A file that was never collected is named plainly: a page without its style still speaks."""

    manifest_strict = False

    def hashed_name(self, name: str, *args: Any, **kwargs: Any) -> str:  # Any: Django's signature
        try:
            hashed: str = super().hashed_name(name, *args, **kwargs)
        except ValueError:
            return name
        return hashed
