"""What resolvers of one request share: its context, its data loaders, its past state."""
