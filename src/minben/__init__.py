"""Minben 民本: the open platform for people-centric (以民為本) digital government."""

__version__ = "0.1.0"
