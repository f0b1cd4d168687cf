"""The record of the IGF's intersessional work, and the live room in which it is discussed."""

__version__ = "0.1.0"
