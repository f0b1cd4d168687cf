"""What the final segment of an output says on going on (DOMAIN row 29)."""
