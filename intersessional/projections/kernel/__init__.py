"""Views, folds and readers: what the views of all nouns are built from."""
