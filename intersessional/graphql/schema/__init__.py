"""Construction of the schema: decorators, scalars, composition of its parts."""
