"""People, and the roles they hold from one instant to another."""
