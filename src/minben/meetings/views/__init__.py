"""Pages of meetings, for everybody and for staff."""
