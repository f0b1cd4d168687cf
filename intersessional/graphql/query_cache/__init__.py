"""Results of queries, kept encoded for as long as an execution would answer the same."""
