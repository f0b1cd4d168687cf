"""The HTTP API: endpoints, limits, authentication and errors."""
