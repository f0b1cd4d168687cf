"""Values inside and outside the profile of canonical JSON."""

import unicodedata

from hypothesis import strategies as st

from intersessional.infra.event_store.format.canonical_json import INTEGER_MAX

integers = st.integers(-INTEGER_MAX, INTEGER_MAX)
texts = st.text(st.characters(exclude_categories=["Cs"])).map(
    lambda text: unicodedata.normalize("NFC", text)
)
keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
documents = st.recursive(
    st.none() | st.booleans() | integers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)
