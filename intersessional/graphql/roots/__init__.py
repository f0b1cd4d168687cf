"""The root types: fields of no noun, and what the nouns' root fields share."""
