"""Replay: folds the whole event log again and compares it with the stored views."""
