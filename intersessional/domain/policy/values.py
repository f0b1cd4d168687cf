"""Checks of the values of policies in commands."""

from intersessional.domain.kernel.keys import validated_key
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.texts import validated_optional_text
from intersessional.domain.policy.commands import SetPolicy
from intersessional.domain.policy.policy_form import check_value, form_of
from intersessional.domain.policy.policy_value import PolicyValue, PolicyValueKind

KEYS_MAX = 100

_FIELDS = {
    "value": PolicyValueKind.NUMBER,
    "days": PolicyValueKind.DAYS,
    "date": PolicyValueKind.DATE,
    "text": PolicyValueKind.TEXT,
    "keys": PolicyValueKind.KEYS,
}


def validated_policy_value(setting: SetPolicy) -> PolicyValue:
    """The value that a command gives to a policy, of the kind that its key has.

    Raises BadValue.
    """
    validated_key("key", setting.key)
    given = [field for field in _FIELDS if getattr(setting, field) not in (None, ())]
    if len(given) != 1:
        raise BadValue(field="value", problem="give one of value, days, date, text and keys.")
    kind, form = _FIELDS[given[0]], form_of(setting.key)
    if form is not None and kind is not form.kind:
        raise BadValue(field=given[0], problem=f"{setting.key} is a {form.kind.value}.")
    if len(setting.keys) > KEYS_MAX:
        raise BadValue(field="keys", problem=f"at most {KEYS_MAX}.")
    value = PolicyValue(
        kind=kind,
        number=setting.value,
        days=setting.days,
        date=setting.date,
        text=validated_optional_text("text", setting.text),
        keys=tuple(validated_key(f"keys.{n}", key) for n, key in enumerate(setting.keys)),
    )
    check_value(setting.key, value)
    return value
