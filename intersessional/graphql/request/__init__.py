"""What resolvers of one operation share: context, data loaders, past state."""
