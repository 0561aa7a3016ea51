"""Bringing articles in from elsewhere: folders of Markdown files, the sample publication."""
