"""Live delivery, side by side in one run."""
