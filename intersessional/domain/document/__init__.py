"""Documents of the Forum, their versions, and the bodies to which they went."""
