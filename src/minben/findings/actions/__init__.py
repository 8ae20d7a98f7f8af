"""The acts on studies and findings; the only writers of this module.

While a study is a draft its findings may be changed and taken away. From its publication on rows
are only added: a correction with its reason, a change that was made, a re-test.
"""

from minben.findings.actions.seeing import add_finding, change_finding, remove_finding
from minben.findings.actions.shared import Facts, Seen
from minben.findings.actions.studies import begin_study, save_study
from minben.findings.actions.telling import correct_finding, publish_study, tell_fix, tell_retest

__all__ = [
    "Facts",
    "Seen",
    "add_finding",
    "begin_study",
    "change_finding",
    "correct_finding",
    "publish_study",
    "remove_finding",
    "save_study",
    "tell_fix",
    "tell_retest",
]
