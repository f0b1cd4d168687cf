"""Root fields that belong to no noun, and arguments and types that root fields share."""
