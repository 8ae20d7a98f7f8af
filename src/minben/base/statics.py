"""Static files by hashed name; without a manifest (tests, first run) the plain name is used."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ManifestStorage(CompressedManifestStaticFilesStorage):
    """A name missing from the manifest is served plainly instead of breaking the page."""

    manifest_strict = False
