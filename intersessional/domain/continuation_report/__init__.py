"""Continuation reports: whether the groups of a cycle go on in the next one."""
