"""Stored times that no node has recorded, which Python cannot hold."""


def readable(column: str) -> str:
    """The SQL of a column of times; one that is no datetime reads as the first of all days.

    PostgreSQL's times reach from 4713 BC to the year 294276, and infinity.
    """
    within = f"{column} BETWEEN '0001-01-02 00:00+00' AND '9999-12-30 00:00+00'"
    first = "timestamptz '0001-01-02 00:00+00'"
    return f"CASE WHEN {column} IS NULL OR {within} THEN {column} ELSE {first} END AS {column}"
