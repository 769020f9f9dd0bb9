"""The vocabulary behind the triggers of the rules: which classes, which rows, and which words of a text they are."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extractor.rules.compile import requirements
from extractor.rules.lexicon import AL
from extractor.rules.lexicon_build import meets
from extractor.rules.problems import line_of_table
from extractor.rules.ruleset import CLAIM_RECORDS
from extractor.rules.vocabulary import row_entries
from extractor.rules.written import RuleFiles
from extractor.sentence import Sentence, SentenceReader


@dataclass(frozen=True, slots=True)
class VocabularyRow:
    """One table of a vocabulary file, by its first word."""

    word: str
    classes: tuple[str, ...]
    file: str
    line: int


class TriggerIndex:
    """Says of a segment whether it can be a trigger, of which classes, and from which rows of the vocabulary."""

    def __init__(self, parsed: RuleFiles, files: Mapping[str, bytes], reader: SentenceReader) -> None:
        self._reader = reader
        rules = [(rule, [s for s in rule.steps if s.field == "trigger"]) for rule in parsed.rules]
        self._wanted = {r for _, steps in rules for r in requirements(steps, parsed.phrases)}
        of_claims = [steps for rule, steps in rules if rule.record in CLAIM_RECORDS]
        self._of_claims = {a for steps in of_claims for r in requirements(steps, parsed.phrases) for a in r}
        self._reasons: dict[str, list[str]] = {}
        for rule, steps in rules:
            if rule.rare:
                for atom in {a for r in requirements(steps, parsed.phrases) for a in r}:
                    self._reasons.setdefault(atom, []).append(rule.rare)
        atoms = {a for requirement in self._wanted for a in requirement}
        self.rows: list[VocabularyRow] = []
        self._by_form: dict[str, list[VocabularyRow]] = {}
        for row, forms in _rows(files, atoms):
            self.rows.append(row)
            for form in forms:
                known = self._by_form.setdefault(form, [])
                if row not in known:
                    known.append(row)
        self.classes = tuple(sorted({c for row in self.rows for c in row.classes if c in atoms}))
        self._by_set: dict[int, tuple[str, ...]] = {}

    def begins_claims(self, name: str) -> bool:
        """Whether rules of claims have this class as a trigger; the others tell of sources, perpetrators and so on."""
        return name in self._of_claims

    def reasons(self, name: str) -> str:
        """Why rules that begin with this class may seldom fire, as they say themselves; empty where none does."""
        return "; ".join(dict.fromkeys(self._reasons.get(name, ())))

    def classes_at(self, sentence: Sentence, at: int) -> tuple[str, ...]:
        """The trigger classes of segment `at` that some rule can begin with; empty for most words."""
        index = sentence.sets[at]
        known = self._by_set.get(index)
        if known is None:
            found: set[str] = set()
            for reading in self._reader.readings(sentence, at):
                if any(meets(reading.atoms, requirement) for requirement in self._wanted):
                    found.update(reading.atoms.intersection(self.classes))
            known = self._by_set[index] = tuple(sorted(found))
        return known

    def rows_at(self, sentence: Sentence, at: int) -> list[VocabularyRow]:
        """The rows that segment `at` is a form of and whose class can be a trigger here."""
        classes = set(self.classes_at(sentence, at))
        word = sentence.words[at]
        rows = self._by_form.get(word, []) or self._by_form.get(word.removeprefix(AL), [])
        return [row for row in rows if classes.intersection(row.classes)]


def _rows(files: Mapping[str, bytes], atoms: set[str]) -> Iterator[tuple[VocabularyRow, list[str]]]:
    """Rows of the vocabulary with a class among `atoms`, with all their forms."""
    for name, data in files.items():
        if not name.endswith(".toml") or not any(a.encode() in data for a in atoms) or b"[[rule]]" in data:
            continue
        source = data.decode("utf-8")
        for table, rows in tomllib.loads(source).items():
            if not isinstance(rows, list):
                continue
            for index, row in enumerate(rows):
                classes = _classes(row)
                if atoms.intersection(classes):
                    line = line_of_table(source, table, index)
                    word = row.get("word") or next(iter(_words(row)), "?")
                    found = VocabularyRow(word, classes, name, line)
                    yield found, [entry.form for entry in row_entries(table, row)]


def _classes(row: Any) -> tuple[str, ...]:
    found = row.get("class", ()) if isinstance(row, dict) else ()
    return (found,) if isinstance(found, str) else tuple(found)


def _words(row: Mapping[str, Any]) -> Iterator[str]:
    for key in ("words", "past", "present", "passive_past", "passive_present", "forms"):
        value = row.get(key, ())
        yield from (value,) if isinstance(value, str) else value
