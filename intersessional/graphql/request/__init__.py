"""The context, data loaders and past state that resolvers of one operation share."""
