"""The step of evidence: links, a video, files (佐證資料)."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from minben.base.fields import TextField
from minben.base.refusals import sentence
from minben.discussion.rules import FILE_MAX_BYTES, FILES_MAX
from minben.kernel.refusal import Refusal
from minben.proposals.forms.steps import WritingForm
from minben.proposals.rules import link_fault

_BARE_ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)+([/?#].*)?")


def _with_scheme(typed: str) -> str:
    """``www.example.tw/x`` is what people type for ``https://www.example.tw/x``."""
    url = typed.strip()
    return f"https://{url}" if _BARE_ADDRESS.fullmatch(url) else url


class ManyFiles(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class EvidenceForm(WritingForm):
    """Links, a video, files; none of it is asked for. Files are received by the view."""

    step = "evidence"
    video = TextField(
        label=_("Address of a video"),
        required=False,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    uploads = forms.Field(
        label=_("Files"),
        required=False,
        widget=ManyFiles(attrs={"accept": ".jpg,.jpeg,.png,.webp,.pdf"}),
        help_text=_(
            "JPEG, PNG or WebP pictures and PDF documents, up to %(mb)s MB each, at most %(n)s "
            "files. What a picture says about place and camera is removed."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as WritingForm
        super().__init__(*args, **kwargs)
        self.links: list[dict[str, str]] = []
        help_text = str(self.fields["uploads"].help_text)
        self.fields["uploads"].help_text = help_text % {
            "mb": FILE_MAX_BYTES // 1_000_000,
            "n": FILES_MAX,
        }
        for row in range(self.rules.limits["links"]):
            self.fields[f"title_{row}"] = TextField(
                label=gettext("Link %(n)s: title") % {"n": row + 1},
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
            self.fields[f"url_{row}"] = TextField(
                label=gettext("Link %(n)s: web address") % {"n": row + 1},
                required=False,
                widget=forms.URLInput(attrs={"autocomplete": "off"}),
            )

    def stored(self) -> dict[str, Any]:
        """Links in rows."""
        evidence = self.draft.evidence
        found: dict[str, Any] = {"video": evidence.get("video", "")}
        for row, link in enumerate(evidence.get("links", [])):
            found |= {f"title_{row}": link.get("title", ""), f"url_{row}": link.get("url", "")}
        return found

    def clean(self) -> None:
        """Judge every link by itself, so that all faults are told at once and the rest is saved."""
        for row in range(self.rules.limits["links"]):
            title = self.cleaned_data.get(f"title_{row}", "").strip()
            url = _with_scheme(self.cleaned_data.get(f"url_{row}", ""))
            if (title or url) and not self._at_fault(row, title, url):
                self.links.append({"title": title, "url": url})
        video = _with_scheme(self.cleaned_data.get("video", ""))
        self.cleaned_data["video"] = video
        if video and (code := link_fault("", video, self.rules.limits)):
            self.add_error("video", sentence(Refusal(code)))

    def _at_fault(self, row: int, title: str, url: str) -> bool:
        code = link_fault(title, url, self.rules.limits)
        if code:
            field = "title" if code == "link_title_too_long" else "url"
            limit = self.rules.limits["link_title"]
            self.add_error(f"{field}_{row}", sentence(Refusal(code, limit=limit)))
        return bool(code)

    def changes(self) -> dict[str, Any]:
        """The links and the video that are web addresses."""
        return {"evidence": {"links": self.links, "video": self.cleaned_data.get("video", "")}}

    def review(self) -> None:
        """Nothing is missing: evidence is optional."""

    def rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Title and address of each link."""
        for row in range(self.rules.limits["links"]):
            yield self[f"title_{row}"], self[f"url_{row}"]

    @property
    def shown_rows(self) -> Sequence[tuple[forms.BoundField, forms.BoundField]]:
        """The rows somebody has filled in, and one more."""
        return list(self.rows())[: self._filled + 1]

    @property
    def more_rows(self) -> Sequence[tuple[forms.BoundField, forms.BoundField]]:
        """The rows left, which fold away."""
        return list(self.rows())[self._filled + 1 :]

    @property
    def _filled(self) -> int:
        filled = [n for n, row in enumerate(self.rows(), 1) if any(field.value() for field in row)]
        return max(filled, default=0)
