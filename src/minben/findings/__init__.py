"""Usability findings of a service, by step (使用者測試發現)."""
