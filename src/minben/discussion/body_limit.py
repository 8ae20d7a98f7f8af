"""A bound on how much one request may carry (上傳總量上限), before any of it is kept."""

from collections.abc import Mapping
from typing import IO, Any, Final

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from minben.discussion.rules import FILE_MAX_BYTES, FILES_MAX

BODY_MAX_BYTES: Final = 2 * FILES_MAX * FILE_MAX_BYTES
"""Twice what may be kept, so that whoever chose too large a file is still told which one."""


class BodyLimit(FileUploadHandler):
    """Refuses a body that says it is larger than anything we take, before reading it.

    Forms are read before we know who sends them, so this holds for everybody.
    """

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: Mapping[str, Any],  # Any: the request's headers
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Judge the length alone. Raises RequestDataTooBig."""
        if content_length > BODY_MAX_BYTES:
            raise RequestDataTooBig("the request is larger than what may be uploaded")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Leave the data to the handlers that follow."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that follow."""
