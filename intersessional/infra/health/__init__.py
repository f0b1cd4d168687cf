"""Whether a node can serve: what its readiness tells a load balancer."""
