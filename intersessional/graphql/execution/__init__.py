"""Execution of operations: documents, limits, results and errors."""
