"""Demands (訴求): what a proposal asks for, one by one, who is responsible, what becomes of each.

Source: 公共政策網路參與實施要點 (2018-04-11): 參採情形及其理由; that it is told for each demand
(參採情形子項) was agreed among the participation officers of the Executive Yuan (行政院開放政府聯絡人
工作推動會議, 2018-10-01 and 2018-12-03). The split, its correction by whoever petitioned and the
clearance of drafts are rules of this platform, each named as such where it is applied.
"""
