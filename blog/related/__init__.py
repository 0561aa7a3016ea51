"""Which articles go with which, and why."""
