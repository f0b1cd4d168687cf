"""A node under mixed load for a long time: memory, descriptors and latency at its ends."""
