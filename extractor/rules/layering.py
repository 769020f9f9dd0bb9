"""Folders of rules laid over each other: words add up; a later rule or phrase takes the place of its namesake."""

from __future__ import annotations

from extractor.rules.problems import Problem, nearest
from extractor.rules.sources import inside, layer, shown
from extractor.rules.written import Chunk, Rule, RuleFiles


def rule_id(file: str, name: str) -> str:
    """The whole id of a rule: its folder, or the name of a file that stands in none, and its own name."""
    path = inside(file)
    folder = path.rsplit("/", 1)[0] if "/" in path else path.rsplit(".", 1)[0]
    return f"{folder.replace('/', '.')}.{name}"


def new_name(out: RuleFiles, name: str, file: str, line: int) -> bool:
    """Note that `file` defines the phrase or chunk `name`; False, with a problem, where its own folder does already.

    One of an earlier folder is taken out of the way.
    """
    before = out.owners.get(name)
    if before is not None and layer(before[0]) == layer(file):
        out.problems.append(Problem(file, line, f"{name!r} is defined in {shown(before[0])}:{before[1]} too"))
        return False
    if before is not None:
        out.problems.append(Problem(file, line, f"{name!r} replaces that of {shown(before[0])}:{before[1]}", "note"))
        out.phrases.pop(name, None)
    out.owners[name] = file, line
    return True


def put_chunk(out: RuleFiles, chunk: Chunk) -> None:
    """Add a chunk, in the place of its namesake if there is one: earlier chunks are tried first."""
    for place, known in enumerate(out.chunks):
        if known.name == chunk.name:
            out.chunks[place] = chunk
            return
    out.chunks.append(chunk)


def settle_layers(out: RuleFiles) -> None:
    """Take out the rules that others replace or switch off, and let the chunks of later folders be tried first.

    What is replaced is told as a note.
    """
    order = {name: number for number, name in enumerate(dict.fromkeys(layer(file) for file, _ in out.owners.values()))}
    out.chunks.sort(key=lambda chunk: -order[layer(out.owners[chunk.name][0])])
    known: dict[str, Rule] = {}
    twice: list[Rule] = []
    for rule in out.rules:
        for name in filter(None, (rule.replaces, rule.id)):
            before = known.get(name)
            if before is None:
                if name == rule.replaces:
                    out.problems.append(
                        Problem(rule.file, rule.line, f"no rule {name!r} to replace{nearest(name, known)}")
                    )
            elif layer(before.file) != layer(rule.file) or name == rule.replaces:
                del known[name]
                _note(out, rule.file, rule.line, "replaces", before)
        if rule.id in known:
            twice.append(rule)
        else:
            known[rule.id] = rule
    for name, file, line in out.without:
        gone = known.pop(name, None)
        if gone is None:
            out.problems.append(Problem(file, line, f"no rule {name!r} to do without{nearest(name, known)}"))
        else:
            _note(out, file, line, "switches off", gone)
    out.rules = [*known.values(), *twice]


def _note(out: RuleFiles, file: str, line: int, what: str, rule: Rule) -> None:
    out.problems.append(Problem(file, line, f"{what} the rule {rule.id!r} of {shown(rule.file)}:{rule.line}", "note"))
