"""Keeping the platform running (維運): its switches (服務開關) and the pulse of its own work.

A switch stops one service for everybody at once: endorsing, creating, mail, or all writing. Who
stopped it, since when and why stands on every page.
"""
