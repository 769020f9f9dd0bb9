"""Which rules and triggers do anything on a collection of texts, and which words the vocabulary lacks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extractor.authoring.families import TELLING, Families, Family
from extractor.authoring.triggers import TriggerIndex, VocabularyRow
from extractor.match import Match
from extractor.rules.written import Rule
from extractor.text.fold import Folded
from extractor.watch import Seen

_CONTEXT = 45  # characters shown on either side
_REACH = 5  # steps behind a trigger within which its count is looked for


@dataclass(frozen=True, slots=True)
class Place:
    """Segments of a sentence of the text with id `text`, to be shown where fewer than `most` are shown already."""

    text: str
    seen: Seen
    first: int
    last: int
    most: int


@dataclass(slots=True)
class Tally:
    """How often something happened, in how many texts, with the first few places."""

    count: int = 0
    texts: int = 0
    samples: list[str] = field(default_factory=list)
    _last: str | None = None

    def add(self, place: Place) -> None:
        """One more; samples are of different texts."""
        self.count += 1
        if place.text != self._last:
            self._last = place.text
            self.texts += 1
            if len(self.samples) < place.most:
                self.samples.append(snippet(place.seen, place.first, place.last))


@dataclass(slots=True)
class RuleTally:
    """A rule: the matches that stood, and those that another rule won over."""

    kept: Tally = field(default_factory=Tally)
    lost: int = 0


@dataclass(slots=True)
class TriggerTally:
    """A trigger class or a row of the vocabulary: where a claim began with it, where it was part of another one, and
    where nothing came of it."""

    fired: Tally = field(default_factory=Tally)
    inside: int = 0
    silent: Tally = field(default_factory=Tally)

    @property
    def stood(self) -> int:
        return self.fired.count + self.inside + self.silent.count


@dataclass(slots=True)
class MissingWord:
    """A word that stands where a victim noun is expected and is listed as none. `slots` says where it stood."""

    tally: Tally = field(default_factory=Tally)
    slots: dict[str, int] = field(default_factory=dict)
    listed: str = "nowhere"


class Coverage:
    """Counts what a watcher is shown. `samples` is the number of places kept of each thing."""

    def __init__(self, rules: Iterable[Rule], families: Families, triggers: TriggerIndex, samples: int = 2) -> None:
        self.triggers = triggers
        self._families = families
        self._most = samples
        self.text = ""
        self.texts = self.claims = self.sentences = 0
        self.rule_files = {rule.id: rule for rule in rules}
        self.rules = {rule: RuleTally() for rule in self.rule_files}
        self.classes = {name: TriggerTally() for name in triggers.classes}
        self.rows: dict[VocabularyRow, TriggerTally] = {row: TriggerTally() for row in triggers.rows}
        self.missing: dict[str, MissingWord] = {}

    def start(self, text: str) -> None:
        """What is shown from here on is of the text with the id `text`."""
        self.text = text
        self.texts += 1

    def watch(self, seen: Seen) -> None:
        """Count one sentence."""
        if seen.skipped:
            return
        self.sentences += 1
        self.claims += len(seen.claims)
        groups = [f for f in self._families.of(seen) if seen.records or f.name in TELLING]
        self._rules(seen, groups)
        self._trigger_words(seen, [m for group in groups for m in group.kept])
        for at, word, slot, listed in expected_nouns(seen, self.triggers):
            found = self.missing.setdefault(word, MissingWord(listed=listed))
            found.slots[slot] = found.slots.get(slot, 0) + 1
            found.tally.add(self._place(seen, at, at + 1))

    def _place(self, seen: Seen, first: int, last: int) -> Place:
        return Place(self.text, seen, first, last, self._most)

    def _rules(self, seen: Seen, groups: Iterable[Family]) -> None:
        for group in groups:
            for match in group.kept:
                self.rules[match.rule.id].kept.add(self._place(seen, match.start, match.end))
            for match in group.lost():
                self.rules[match.rule.id].lost += 1

    def _trigger_words(self, seen: Seen, matches: Iterable[Match]) -> None:
        sentence = seen.sentence
        fired = {m.at for m in matches}
        inside = {at for m in seen.kept for at in range(m.start, m.end)}
        for at in range(len(sentence)):
            classes = self.triggers.classes_at(sentence, at)
            if not classes:
                continue
            tallies = [self.classes[c] for c in classes] + [self.rows[r] for r in self.triggers.rows_at(sentence, at)]
            place = self._place(seen, at, at + 1)
            for tally in tallies:
                if at in fired:
                    tally.fired.add(place)
                elif at in inside:
                    tally.inside += 1
                else:
                    tally.silent.add(place)


def expected_nouns(seen: Seen, triggers: TriggerIndex) -> Iterator[tuple[int, str, str, str]]:
    """Segments where a noun for people is expected and a word stands that is none: (segment, word, slot, listed).

    Expected is one behind a count that follows a trigger closely, and right behind a trigger.
    """
    sentence, reader = seen.sentence, seen.tools.reader
    size = len(sentence)

    def atoms(at: int) -> frozenset[str]:
        return reader.atoms(sentence, at) if at < size else frozenset()

    for at in range(size):
        if not triggers.classes_at(sentence, at):
            continue
        here = atoms(at)
        if "people" not in here or "def" in here:
            continue
        if not here & {"casualty_noun", "case_noun"}:
            slot = "behind a verb" if "verb" in here else "behind a noun"
            if listed := _listed(atoms(at + 1), common=slot == "behind a noun"):
                yield at + 1, sentence.words[at + 1], slot, listed
        for place in range(at + 1, min(at + 1 + _REACH, size)):
            there = atoms(place)
            if "clause_end" in there or (place in sentence.quantities and "quantity" not in there):
                break
            if "quantity" in there:
                noun = place + 2 if "of" in atoms(place + 1) else place + 1
                if listed := _listed(atoms(noun), common=True):
                    yield noun, sentence.words[noun], "behind a count", listed
                break


def _listed(atoms: frozenset[str], *, common: bool) -> str:
    """Where a word is listed that is known as nothing in particular; empty for every other word."""
    if "unknown" in atoms and "latin" not in atoms:
        return "nowhere"
    return "as a common word" if common and "common" in atoms and atoms <= _COMMON else ""


_COMMON = frozenset({"common", "def", "shape_a", "nominal"})


def snippet(seen: Seen, first: int, last: int) -> str:
    """The original text around segments `first` to `last`, these in guillemets, on one line."""
    folded: Folded = seen.folded
    start, end = folded.span(seen.sentence.starts[first], seen.sentence.ends[last - 1])
    text = folded.original
    before = text[max(0, start - _CONTEXT) : start]
    after = text[end : end + _CONTEXT]
    if start > _CONTEXT:
        before = "…" + before.partition(" ")[2]
    if end + _CONTEXT < len(text):
        after = after.rpartition(" ")[0] + "…"
    return " ".join(f"{before}«{text[start:end]}»{after}".split())
