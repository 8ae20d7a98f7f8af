"""Collaboration meetings and workshops (協作會議、工作坊), from topic to released action."""
