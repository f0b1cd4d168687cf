"""Rate limits of a node: token buckets in memory, bounded in number."""
