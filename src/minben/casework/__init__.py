"""The case (案件): rule sets, deadlines, responsible agencies, formal responses.

Source: 公共政策網路參與實施要點 (2018-04-11). Every number lives in an effective-dated rule set that
the case pins when it is filed; every deadline is a stored row with its basis and outcome.
"""
