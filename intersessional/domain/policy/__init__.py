"""Policies: rules that decisions make, and documents of the past lay down."""
