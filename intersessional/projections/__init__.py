"""What readers see: pure folds over the record."""
