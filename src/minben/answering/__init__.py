"""The government's dealings with a case that reached: plan, contact, answer, survey.

處理規劃、與提議者聯繫、期中回報、正式回應之更正、滿意度調查. Source: 公共政策網路參與實施要點 (2018-04-11)
and the practice of its administration, as each rule says.
"""
