"""Proposals (提點子): drafted, checked, endorsed, reached or lapsed, and answered.

Source: 公共政策網路參與實施要點 (2018-04-11) and the course-book of the National Academy of Civil
Service, chapter 4-3.
"""
