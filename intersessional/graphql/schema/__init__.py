"""How the schema is made: decorators, scalars, composition of its parts."""
