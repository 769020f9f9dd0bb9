"""Events out of matches: what kind, what form, and the words that stand for each of its roles.

Nothing here knows a kind of event: a rule file names the kind, its captures name the roles, and the vocabulary tells
the form. An event is still in terms of segments of its sentence; `event_records` turns it into a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from extractor.chunks import Layer
from extractor.match import Match, Matcher, Span
from extractor.rules.ruleset import Form
from extractor.sentence import Sentence, SentenceReader

Roles = Mapping[str, tuple[Span, ...]]


class Event:
    """One event as matched. `span` is the word that tells of it; `roles` are the captures of its rule."""

    # No dataclass: of these mypyc leaves `__init__` to Python.
    def __init__(
        self, match: Match, kind: str, form: str | None, method: str | None, roles: Roles, *, definite: bool
    ) -> None:
        self.match = match
        self.span: Span = (match.at, match.at + 1)
        self.kind = kind
        self.form = form
        self.method = method
        self.definite = definite
        self.roles = roles


class EventReader:
    """Finds the events of a sentence. Holds the rules and nothing of any text."""

    def __init__(
        self,
        reader: SentenceReader,
        rules: Matcher,
        roles: Mapping[str, Mapping[str, str]],
        forms: Mapping[tuple[str, str], Form],
    ) -> None:
        self._reader = reader
        self.rules = rules
        self._roles = roles
        self._forms = forms

    def events(self, sentence: Sentence, layer: Layer) -> list[Event]:
        """The events of a sentence in the order of their triggers."""
        matches = list(self.rules.matches(layer))
        if not matches:
            return []
        # A rule that drops is one that takes a word away from others: the attack of a football team, say.
        return [self._event(sentence, match) for match in settle(matches) if match.rule.set.get("drop") != "yes"]

    def spoken_of(self, events: Iterable[Event]) -> dict[int, int]:
        """The segments of what `events` of forms that speak are about, each with the trigger that speaks of it."""
        found: dict[int, int] = {}
        for event in events:
            form = self._forms.get((event.kind, event.form or "")) or self._forms[event.kind, ""]
            if form.speaks:
                for name, spans in event.roles.items():
                    if self._roles[event.kind][name] == "span":
                        found.update((at, event.match.at) for first, end in spans for at in range(first, end))
        return found

    def _event(self, sentence: Sentence, match: Match) -> Event:
        kind = match.rule.record
        form = match.rule.set.get("form")
        method, definite = match.rule.set.get("method"), False
        for reading in self._reader.readings(sentence, match.at):
            attributes = dict(reading.attributes)
            form = form or attributes.get("form")
            if "own_method" not in match.rule.set:
                method = method or attributes.get("method")
            definite = definite or "def" in reading.atoms
        shapes = self._roles[kind]
        roles = {name: spans for name, spans in match.captures.items() if shapes.get(name)}
        return Event(match, kind, form, method, roles, definite=definite)


def settle(matches: Iterable[Match]) -> list[Match]:
    """The matches that stay, best first by priority and length: one for each trigger; and where one event's words
    hold another trigger of the same kind ("carried out raids … the raids"), that tells of the same event."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.rule.priority, m.length, -m.at), reverse=True):
        if not any(_same(match, other) for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.at)


def _same(one: Match, other: Match) -> bool:
    if one.at == other.at:
        return True
    if one.rule.record != other.rule.record:
        return False
    return other.start <= one.at < other.end or one.start <= other.at < one.end
