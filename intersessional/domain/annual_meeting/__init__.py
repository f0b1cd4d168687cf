"""The annual meeting, on which a cycle's deadlines depend."""
