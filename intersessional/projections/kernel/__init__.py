"""What every view is built from: folds, placements, reading as of a position."""
