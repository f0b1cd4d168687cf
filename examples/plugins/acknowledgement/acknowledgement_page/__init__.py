"""The files that the plugin brings to the page."""
