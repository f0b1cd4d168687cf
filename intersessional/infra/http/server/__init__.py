"""The web server: uvicorn, its listener and its worker processes."""
