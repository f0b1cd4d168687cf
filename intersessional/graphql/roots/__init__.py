"""The root types: Query and Subscription."""
