"""How often each code was answered in this process, for the metrics."""

from collections import Counter

refusals = Counter[str]()
"""Commands that were refused."""

request_errors = Counter[str]()
"""Requests and operations that were refused before they were executed, limits included."""

masked_errors = Counter[str]()
"""Errors whose details clients do not see: faults (INTERNAL), outages, views behind."""
