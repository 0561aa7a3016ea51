"""The public pages, each made of what several rooms know."""
