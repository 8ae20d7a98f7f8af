"""Every code has a word."""

from minben.proposals.labels import TOPIC_LABELS
from minben.proposals.models import TOPICS


def test_every_topic_has_a_label() -> None:
    assert set(TOPIC_LABELS) == set(TOPICS)
