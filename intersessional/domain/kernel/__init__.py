"""Kernel of the domain: base classes of aggregates and events, values and refusals."""
