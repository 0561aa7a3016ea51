"""People: who writes, and later who logs in."""
