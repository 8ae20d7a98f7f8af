"""Reads of what is said and drawn."""
