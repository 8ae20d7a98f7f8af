"""Composition root: settings, URLs, API and the command line; may import everything."""
