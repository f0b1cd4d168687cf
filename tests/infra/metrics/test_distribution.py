"""Values are counted up to bounds."""

from intersessional.infra.metrics.distribution import Distribution


def test_value_counts_for_its_bound_and_every_greater_one() -> None:
    observed = Distribution([1, 4])
    for value in (0.5, 1, 2, 100):
        observed.observe(value)

    assert observed.up_to() == [(1, 2), (4, 3), (float("inf"), 4)]
    assert (observed.count, observed.sum) == (4, 103.5)
