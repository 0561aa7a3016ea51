"""House advertisements: what is booked, where it stands on a page."""
