"""Sealed texts stay out of logs."""

from intersessional.domain.kernel.sealed import Sealed


def test_text_in_clear_is_not_in_the_repr() -> None:
    text = Sealed("a remark")

    assert text.value == "a remark"
    assert "remark" not in repr((text, [text]))
