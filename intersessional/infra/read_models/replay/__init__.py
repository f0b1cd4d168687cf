"""Replay: folds the whole record again and compares it with what is stored."""
