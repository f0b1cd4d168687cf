"""GraphQL over Server-Sent Events."""
