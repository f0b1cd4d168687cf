"""Statistics: dated claims about numbers, as their sources give them."""
