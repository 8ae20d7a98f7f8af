"""Telling people (通知): a transactional outbox, channels for mail and SMS, and the demo's mailbox.

An action writes a row in its own transaction; `minben tick` sends it, once, after asking again
whether it is still true.
"""
