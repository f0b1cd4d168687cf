"""Themes, over the years in which Best Practice Forums worked on them."""
