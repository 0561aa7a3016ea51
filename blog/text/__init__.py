"""Text: the only room that makes safe HTML. Pure functions; see docs/text.md."""
