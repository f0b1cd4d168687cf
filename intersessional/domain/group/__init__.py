"""The groups that work between annual meetings."""
