"""Client connections of a node, whatever their protocol."""
