"""Sessions that groups hold at the annual meeting."""
