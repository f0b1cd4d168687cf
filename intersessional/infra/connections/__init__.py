"""Client connections of a node, on any transport: limits, heartbeats and their end."""
