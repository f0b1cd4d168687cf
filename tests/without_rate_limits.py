"""Settings with which no test or benchmark reaches a rate limit by accident."""

WITHOUT_RATE_LIMITS = {
    f"INTERSESSIONAL_{what}_PER_MINUTE_MAX": "1000000000"
    for what in ("COMMENTS", "PERSON_POINTS", "ADDRESS_POINTS", "ANONYMOUS_POINTS")
}
