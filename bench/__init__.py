"""Benchmarks, which run without rate limits; the programs that they start inherit that."""

import os

from tests.without_rate_limits import WITHOUT_RATE_LIMITS

os.environ.update(WITHOUT_RATE_LIMITS)
