"""Plugins: values that extend the project. The core is one of them."""
