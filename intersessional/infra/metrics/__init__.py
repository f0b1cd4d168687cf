"""Metrics of a node for Prometheus, collected from counts when they are asked for."""
