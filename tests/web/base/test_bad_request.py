"""What can't be read at all is answered kindly, and never as a fault of ours."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_a_host_name_that_is_not_ours_is_a_bad_request() -> None:
    answer = Client(raise_request_exception=False).get("/", HTTP_HOST="elsewhere.example.org")
    assert answer.status_code == 400
    assert "elsewhere.example.org" not in answer.content.decode()
