"""Asynchronous building blocks on top of asyncio that several layers use."""
