"""The IGF Code of Conduct, published in versions."""
