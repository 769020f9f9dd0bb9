"""Coverage as plain values and as text for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from extractor.authoring.coverage import Coverage, TriggerTally
from extractor.rules.sources import shown

_MANY = 3  # texts in which a rule that calls itself rare is no longer so


def as_dict(coverage: Coverage) -> dict[str, Any]:
    """Everything counted, in plain values."""

    def trigger(tally: TriggerTally) -> dict[str, Any]:
        return {
            "stood": tally.stood,
            "fired": tally.fired.count,
            "inside": tally.inside,
            "silent": tally.silent.count,
            "texts": tally.fired.texts,
            "samples": tally.fired.samples,
            "silent_samples": tally.silent.samples,
        }

    begins = coverage.triggers.begins_claims
    return {
        "texts": coverage.texts,
        "sentences": coverage.sentences,
        "claims": coverage.claims,
        "rules": [
            {
                "id": name,
                "title": coverage.rule_files[name].title,
                "where": f"{shown(coverage.rule_files[name].file)}:{coverage.rule_files[name].line}",
                "fired": tally.kept.count,
                "texts": tally.kept.texts,
                "lost": tally.lost,
                "samples": tally.kept.samples,
                "rare": coverage.rule_files[name].rare,
            }
            for name, tally in sorted(coverage.rules.items(), key=lambda kv: (kv[1].kept.count, kv[0]))
        ],
        "trigger_classes": [
            {"class": name, "claims": begins(name), "rare": coverage.triggers.reasons(name), **trigger(tally)}
            for name, tally in sorted(coverage.classes.items(), key=lambda kv: (kv[1].fired.count, kv[0]))
        ],
        "triggers": [
            {
                "word": row.word,
                "classes": list(row.classes),
                "where": f"{shown(row.file)}:{row.line}",
                "claims": any(map(begins, row.classes)),
                **trigger(tally),
            }
            for row, tally in sorted(coverage.rows.items(), key=lambda kv: (-kv[1].silent.count, kv[0].word))
        ],
        "unknown_words": [
            {
                "word": word,
                "count": found.tally.count,
                "texts": found.tally.texts,
                "listed": found.listed,
                "slots": found.slots,
                "samples": found.tally.samples,
            }
            for word, found in sorted(coverage.missing.items(), key=lambda kv: (-kv[1].tally.count, kv[0]))
        ],
    }


def as_text(report: Mapping[str, Any], *, most: int) -> Iterator[str]:
    """Lines for a terminal; at most `most` rows of each list."""
    yield f"{report['texts']} texts, {report['sentences']} sentences with a trigger, {report['claims']} claims"
    yield ""
    yield from _rules(report["rules"])
    yield from _classes(report["trigger_classes"])
    triggers = [t for t in report["triggers"] if t["claims"]]
    silent = [t for t in triggers if t["silent"]]
    yield from _list(
        "Trigger words of claims from which nothing came (nothing / fired / part of another claim)",
        silent,
        most,
        lambda t: f"{t['silent']:7} / {t['fired']} / {t['inside']}  {t['word']}  {t['where']}",
        "silent_samples",
    )
    unseen = [t for t in triggers if not t["stood"]]
    yield from _list(
        "Trigger words of claims that do not stand in these texts",
        unseen,
        most,
        lambda t: f"  {t['word']}  ({', '.join(t['classes'])})  {t['where']}",
        None,
    )
    yield from _list(
        "Words where a noun for people is expected, and no list of people has them",
        report["unknown_words"],
        most,
        lambda w: f"{w['count']:7}  {w['word']}  listed {w['listed']}; {', '.join(sorted(w['slots']))}",
        "samples",
    )


def _rules(rules: list[dict[str, Any]]) -> Iterator[str]:
    yield f"Rules ({len(rules)}), those that fired least first (fired / in texts / lost to another rule)"
    for rule in rules:
        warning = ""
        if rule["rare"]:
            warning = f"  rare: {rule['rare']}"
            if rule["texts"] >= _MANY:
                warning += "  NOTE: not so rare here; `rare` can go"
        elif not rule["fired"]:
            warning = "  WARNING: never fired"
        elif rule["texts"] == 1:
            warning = "  WARNING: fired in one text only"
        yield f"{rule['fired']:7} / {rule['texts']} / {rule['lost']}  {rule['id']}  {rule['where']}{warning}"
        yield from (f"          {sample}" for sample in rule["samples"])
    yield ""


def _classes(classes: list[dict[str, Any]]) -> Iterator[str]:
    yield "Classes of trigger words (stood / fired / part of another claim / nothing came of it)"
    for row in classes:
        warning = "" if row["fired"] else f"  rare: {row['rare']}" if row["rare"] else "  WARNING: never fired"
        if not row["claims"]:
            warning += "  (of sources, perpetrators and other context)"
        yield f"{row['stood']:7} / {row['fired']} / {row['inside']} / {row['silent']}  @{row['class']}{warning}"
    yield ""


def _list(
    title: str,
    rows: list[dict[str, Any]],
    most: int,
    line: Callable[[dict[str, Any]], str],
    samples: str | None,
) -> Iterator[str]:
    yield f"{title} ({len(rows)})"
    for row in rows[:most]:
        yield line(row)
        if samples:
            yield from (f"          {sample}" for sample in row[samples])
    if len(rows) > most:
        yield f"  … {len(rows) - most} more: --limit {len(rows)}, or --format json"
    yield ""
