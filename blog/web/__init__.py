"""The HTTP toolkit: what every room that answers requests has in common."""
