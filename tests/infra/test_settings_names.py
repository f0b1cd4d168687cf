"""A variable that looks like a setting and is none is refused with the nearest name."""

import pytest

from intersessional.infra.settings import SettingsError, load_settings
from intersessional.infra.settings_names import misspelt

KNOWN = ["DATABASE_URL", "INTERSESSIONAL_HOST", "INTERSESSIONAL_ORIGINS", "PORT"]


@pytest.mark.parametrize(
    ("variable", "nearest"),
    [
        ("INTERSESSIONAL_HOTS", "INTERSESSIONAL_HOST"),
        ("INTERSESSIONAL_ORIGIN", "INTERSESSIONAL_ORIGINS"),
        ("INTERSESIONAL_HOST", "INTERSESSIONAL_HOST"),
        ("intersessional_hots", "INTERSESSIONAL_HOST"),
    ],
)
def test_misspelt_setting_is_told_with_the_nearest_name(variable: str, nearest: str) -> None:
    assert misspelt([variable], KNOWN) == [f"{variable} is no setting; did you mean {nearest}?"]


def test_settings_and_variables_of_others_are_no_mistake() -> None:
    assert misspelt([*KNOWN, "intersessional_host", "HOME", "INTERVAL"], KNOWN) == []


def test_name_that_is_like_no_other_is_told_without_one() -> None:
    [sentence] = misspelt(["INTERSES_X"], ["PORT"])

    assert sentence == "INTERSES_X is no setting; docs/running.md lists all."


def test_misspelt_setting_is_refused_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERSESSIONAL_OIDC_ISUER", "hush")

    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert str(refused.value) == (
        "INTERSESSIONAL_OIDC_ISUER is no setting; did you mean INTERSESSIONAL_OIDC_ISSUER?"
    )
