"""The API: types, queries, mutations and subscriptions, one noun a file."""

if __name__ != "intersessional.graphql":
    raise ImportError("this folder hides graphql-core: start Python outside of intersessional/")
