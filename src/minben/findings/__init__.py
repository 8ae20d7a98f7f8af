"""Usability findings of a service, by step (使用者測試發現): what blocks, what makes people hesitate.

Source: the redesign of the income-tax service in 2017, where a table of every step with what
blocks (red) and what makes hesitate (yellow) decided what was mended before launch; retold in
the PDIS notes of 2018-06-15.
"""
