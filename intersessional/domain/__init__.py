"""What can happen, and when it is refused: pure, synchronous, knowing nothing of the world."""
