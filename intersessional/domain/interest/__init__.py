"""Interest of organisations in a proposal, after it was written."""
