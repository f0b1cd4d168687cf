"""The API on the web: HTTP and WebSocket, limits, errors."""
