"""Setting the site up, and later running it."""
