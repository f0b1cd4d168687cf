"""What every noun of the domain is built from: aggregates, events, values and refusals."""
