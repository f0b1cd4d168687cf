"""The context, loaders and past state that resolvers of one operation share."""
