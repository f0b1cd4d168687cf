"""The projector: folds new events into the stored documents of every view."""
