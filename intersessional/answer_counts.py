"""How often each answer was given in this process, for the metrics."""

from collections import Counter

commands = Counter[str]()
"""Commands that clients sent, by their names, whatever became of them."""

refusals = Counter[str]()
"""Commands that were refused, by codes."""

previews = Counter[str]()
"""Previews of commands and checks of files of history: ``shown``, or ``refused`` with reasons."""

sign_ins = Counter[str]()
"""Signing in on the page, by its outcome: ``done``, ``refused`` or ``unavailable``."""

request_errors = Counter[str]()
"""Requests and operations that were refused before they were executed, limits included."""

masked_errors = Counter[str]()
"""Errors whose details clients do not see: faults (INTERNAL), outages, views behind."""
