"""Views: pure folds of the recorded events into documents."""
