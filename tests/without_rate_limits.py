"""Settings with which no test or benchmark reaches a rate limit by accident."""

WITHOUT_RATE_LIMITS = {"INTERSESSIONAL_COMMENTS_PER_MINUTE_MAX": "1000000000"}
