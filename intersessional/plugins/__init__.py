"""Plugins: values that add to what the project can do. The core is one of them."""
