"""Root fields that belong to no noun, and what the nouns' root fields share."""
