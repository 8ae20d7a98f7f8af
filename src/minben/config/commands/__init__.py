"""The commands behind `minben`, one file per concern."""
