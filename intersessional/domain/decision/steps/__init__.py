"""The steps of a decision that is proposed before it is taken."""
