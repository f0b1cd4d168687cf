"""Kernel of the projections: views, folds, and protocols of readers."""
