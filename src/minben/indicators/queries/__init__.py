"""Asking the registry (指標查詢)."""
