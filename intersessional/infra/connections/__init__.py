"""What all client connections of a node share, on any transport."""
