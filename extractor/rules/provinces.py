"""Governorates under the words that other countries have for one."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.rules.lexicon import Entry


def other_provinces(listed: Sequence[Entry]) -> list[Entry]:
    """Names of governorates with the other words for one (class `province_word`) in place of that which is listed.

    The press of one country says wilaya of what another calls muhafaza, or province.
    """
    words = {e.form for e in listed if "province_word" in e.reading.atoms}
    taken = {e.form for e in listed if e.id and " " in e.form}
    out = []
    for entry in listed:
        first, _, rest = entry.form.partition(" ")
        if first in words and entry.id and "governorate" in entry.reading.atoms:
            forms = sorted(f"{other} {rest}" for other in words if f"{other} {rest}" not in taken)
            out += [entry._replace(form=form) for form in forms]
    return out
