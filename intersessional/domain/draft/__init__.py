"""Draft outputs, made of blocks that can be commented on."""
