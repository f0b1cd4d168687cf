"""Subscriptions that several tests use."""

COMMENTS = """
    subscription Comments($draft: ID!, $after: Position) {
        commentEvents(draft: $draft, after: $after) {
            position event { name position } node { body withdrawn draft { title } } } }
"""
TRAIL = """
    subscription Trail($after: Position) { auditTrail(after: $after) { position name } }
"""
