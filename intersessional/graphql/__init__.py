"""The API: types, queries, mutations and subscriptions, one noun a file."""

if __name__ != "intersessional.graphql":
    raise ImportError("this folder hides graphql-core: start Python outside of intersessional/")

from intersessional.graphql.schema.enums import describe_enums

# Before any type that has a field of such a kind: Strawberry would make a definition of its own.
describe_enums()
