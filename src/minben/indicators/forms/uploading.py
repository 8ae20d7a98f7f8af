"""Fields that take files (上傳欄位)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from minben.indicators.rules import FILE_MAX

MOST_MB = FILE_MAX // 1_000_000


class ManyFiles(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FileField(forms.FileField):
    """One file, as name and content. The file chosen is never shown again: choose it anew."""

    def clean(self, data: Any, initial: Any = None) -> tuple[str, bytes]:  # Any: Django's
        """Refuse what is too large before it is read."""
        given: UploadedFile[bytes] | None = super().clean(data, initial)
        return _read(given) if given else ("", b"")


class FilesField(forms.FileField):
    """Several files by name."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> dict[str, bytes]:  # Any: Django's
        """Refuse two of one name: one would replace the other."""
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        found: dict[str, bytes] = {}
        for one in given:
            name, content = _read(super().clean(one, initial))
            if name in found:
                raise forms.ValidationError(
                    _("Two files are called %(name)s."), params={"name": name}
                )
            found[name] = content
        if not found and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return found


def _read(given: "UploadedFile[bytes]") -> tuple[str, bytes]:
    name = given.name or ""
    if (given.size or 0) > FILE_MAX:
        raise forms.ValidationError(
            _("%(name)s is larger than %(most)s MB; split it."),
            params={"name": name, "most": MOST_MB},
        )
    given.seek(0)
    return name, given.read()
