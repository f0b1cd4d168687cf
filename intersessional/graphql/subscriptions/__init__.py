"""Subscriptions: equal operations are executed and encoded once for all their subscribers."""
