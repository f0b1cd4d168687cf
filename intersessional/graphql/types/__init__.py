"""The object types of the API, one noun a file."""
