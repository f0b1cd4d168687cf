"""Traces of requests and batches for OpenTelemetry, where an endpoint is set."""
