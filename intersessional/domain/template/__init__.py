"""The template of proposals, published in versions."""
