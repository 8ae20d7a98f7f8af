"""The sandbox (沙盒、時光機): a movable clock, demo data, and the mailbox of the demo."""
