"""The live room: what is watched is executed once, encoded once, and written to everyone."""
