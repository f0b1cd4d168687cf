"""What things rest on: the steps of a chain of reasons."""
