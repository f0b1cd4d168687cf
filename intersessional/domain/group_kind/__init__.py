"""The kinds of intersessional group, and what applies to each."""
