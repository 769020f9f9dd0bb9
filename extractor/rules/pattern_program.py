"""Patterns over type strings as programs of a machine that backtracks, for `extractor/native/patterns.c`.

The machine reads what `re` reads, and as `re` does: the first way that fits wins (backtracking, as Cox tells it in
"Regular Expression Matching: the Virtual Machine Approach", 2009). What it has over `re` are sets of characters for all
patterns together, so that whether a character is in a set is one bit of what is known of that character, and that an
alternative is tried only where its first character stands.

A program is a row of words of 32 bits: the operation in the lowest eight, a set or a place above them, what else it
takes in the words behind. Sets are named by numbers of the program's own and 0 for any, with nothing to be tested.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import Any, Final, NamedTuple

_WORD: Final = "I"
_ANY: Final = -1  # every character, as bits: those of a number below zero go on for ever
_ENDLESS: Final = (1 << 31) - 1
_SINGLE: Final = frozenset({"LITERAL", "NOT_LITERAL", "IN", "ANY"})  # what takes one character


class Operation(IntEnum):
    """What a word says; patterns.c has the same list. `set` and `to` are arguments, those in brackets words behind."""

    MATCH = 0
    TAKE = 1  # set
    SAVE = 2  # register: the place here
    TRY = 3  # set (to): go on here where one of `set` stands, `to` else or where that comes to nothing
    JUMP = 4  # to
    MAYBE = 5  # set: one of it, or none
    MANY = 6  # set (least, most): as many as there are
    GAP = 7  # set (most, set behind): as few as will do
    LOOP = 8  # registers: none yet
    TURN = 9  # registers (least, most, set, to): another turn, or on to `to`
    UNLESS = 10  # set: not before one of it
    UNLESS_BEHIND = 11  # set: not behind one of it
    UNLIKE = 12  # to (letters back): what stands up to `to` does not fit here
    BEGIN = 13
    END = 14


class Program(NamedTuple):
    """`words` of a program; its `sets`, the first of number 1, as pairs of first and last characters, of what is not in
    them where a `^` stands before; how many registers it uses: two for the whole and for each group, then those of
    loops."""

    words: bytes
    sets: tuple[str, ...]
    groups: int
    registers: int


class _UnsupportedError(Exception):
    """The machine has no word for something in a pattern."""


class Programmer:
    """Writes programs. Remembers the classes that patterns have in common, and how each is written."""

    def __init__(self) -> None:
        self._chars: dict[int, tuple[Any, int]] = {}  # by the identity of a class, which is held here to stay its own
        self._written: dict[int, str] = {}

    def program(self, tree: Any) -> Program | None:
        """The program of a pattern as the parser of `re` understands it; None where it asks for what the machine
        lacks."""
        groups: int = tree.state.groups
        writer = _Writer(2 * groups, self.chars)
        try:
            writer.sequence(tree, _ANY)
        except _UnsupportedError:
            return None
        writer.say(Operation.MATCH)
        sets = tuple(map(self._ranges, writer.sets))
        return Program(array(_WORD, writer.words).tobytes(), sets, groups, writer.registers)

    def chars(self, item: Any) -> int:
        """The characters that an item takes one of, as bits."""
        value = item[1]
        if item[0].name != "IN":
            return _chars(item)
        known = self._chars.get(id(value))
        if known is None:
            known = self._chars[id(value)] = value, _chars(item)
        return known[1]

    def _ranges(self, chars: int) -> str:
        written = self._written.get(chars)
        if written is None:
            written = self._written[chars] = _ranges(chars)
        return written


class _Writer:
    def __init__(self, registers: int, chars: Callable[[Any], int]) -> None:
        self._chars = chars
        self._firsts: dict[int, tuple[int, bool]] = {}  # by the identity of a row of items of the tree
        self.words: list[int] = []
        self.sets: dict[int, int] = {}  # as bits over characters
        self.registers = registers

    def say(self, operation: Operation, argument: int = 0, *behind: int) -> int:
        """Append an operation; its place."""
        place = len(self.words)
        self.words += (operation | argument << 8, *behind)
        return place

    def set(self, chars: int) -> int:
        return 0 if chars == _ANY else self.sets.setdefault(chars, len(self.sets) + 1)

    def sequence(self, items: Iterable[Any], behind: int) -> None:
        """Write `items`, behind which one of the characters `behind` stands."""
        row = list(items)
        following = [behind]
        for item in reversed(row):
            chars, empty = self._first(item)
            following.append(chars | following[-1] if empty else chars)
        for item, after in zip(row, following[-2::-1], strict=True):
            self._item(item, after)

    def _item(self, item: Any, behind: int) -> None:
        name, value = item[0].name, item[1]
        if name in _SINGLE:
            self.say(Operation.TAKE, self.set(self._chars(item)))
        elif name == "FAILURE":
            self.say(Operation.TAKE, self.set(0))
        elif name == "SUBPATTERN":
            self._group(value[0], value[3], behind)
        elif name == "BRANCH":
            self._branch(value[1], behind)
        elif name == "MAX_REPEAT":
            self._repeat(value[0], value[1], value[2], behind)
        elif name == "MIN_REPEAT" and value[0] == 0 and _is_single(value[2]):
            self.say(Operation.GAP, self.set(self._chars(value[2][0])), _count(value[1]), self.set(behind))
        elif name == "ASSERT_NOT":
            self._unlike(*value)
        elif name == "AT" and value.name in {"AT_BEGINNING", "AT_END"}:
            self.say(Operation.BEGIN if value.name == "AT_BEGINNING" else Operation.END)
        else:
            raise _UnsupportedError

    def _group(self, number: int | None, items: Any, behind: int) -> None:
        if number is None:
            self.sequence(items, behind)
            return
        self.say(Operation.SAVE, 2 * number)
        self.sequence(items, behind)
        self.say(Operation.SAVE, 2 * number + 1)

    def _try(self, items: Any, behind: int) -> int:
        """Write `items` as what is tried first; the place of the word that is to say where the next try stands."""
        chars, empty = self._first_of(items)
        place = self.say(Operation.TRY, self.set(chars | behind if empty else chars), 0)
        self.sequence(items, behind)
        return place + 1

    def _branch(self, alternatives: Sequence[Any], behind: int) -> None:
        jumps = []
        for items in alternatives[:-1]:
            other = self._try(items, behind)
            jumps.append(self.say(Operation.JUMP))
            self.words[other] = len(self.words)
        self.sequence(alternatives[-1], behind)
        for jump in jumps:
            self.words[jump] |= len(self.words) << 8

    def _repeat(self, least: int, most: Any, items: Any, behind: int) -> None:
        if _is_single(items):
            chars = self.set(self._chars(items[0]))
            if (least, most) == (0, 1):
                self.say(Operation.MAYBE, chars)
            else:
                self.say(Operation.MANY, chars, least, _count(most))
        elif (least, most) == (0, 1):
            other = self._try(items, behind)
            self.words[other] = len(self.words)
        else:
            chars, empty = self._first_of(items)
            registers, self.registers = self.registers, self.registers + 2
            self.say(Operation.LOOP, registers)
            turn = self.say(Operation.TURN, registers, least, _count(most), self.set(_ANY if empty else chars), 0)
            self.sequence(items, chars | behind)
            self.say(Operation.JUMP, turn)
            self.words[turn + 4] = len(self.words)

    def _unlike(self, direction: int, items: Any) -> None:
        if _is_single(items):
            operation = Operation.UNLESS if direction > 0 else Operation.UNLESS_BEHIND
            self.say(operation, self.set(self._chars(items[0])))
            return
        back = 0 if direction > 0 else items.getwidth()[0]
        place = self.say(Operation.UNLIKE, 0, back)
        self.sequence(items, _ANY)
        self.say(Operation.MATCH)
        self.words[place] |= len(self.words) << 8

    def _first(self, item: Any) -> tuple[int, bool]:
        """The characters that what an item takes can begin with, as bits, and whether it can take nothing."""
        name, value = item[0].name, item[1]
        if name in _SINGLE:
            return self._chars(item), False
        if name == "SUBPATTERN":
            return self._first_of(value[3])
        if name == "BRANCH":
            firsts = [self._first_of(items) for items in value[1]]
            return _union(chars for chars, _ in firsts), any(empty for _, empty in firsts)
        if name in {"MAX_REPEAT", "MIN_REPEAT"}:
            chars, empty = self._first_of(value[2])
            return chars, empty or value[0] == 0
        return 0, True

    def _first_of(self, items: Any) -> tuple[int, bool]:
        known = self._firsts.get(id(items))
        if known is None:
            known = self._firsts[id(items)] = self._united(items)
        return known

    def _united(self, items: Iterable[Any]) -> tuple[int, bool]:
        found = 0
        for item in items:
            chars, empty = self._first(item)
            found |= chars
            if not empty:
                return found, False
        return found, True


def _is_single(items: Any) -> bool:
    """Whether items are one that takes one character."""
    return len(items) == 1 and items[0][0].name in _SINGLE


def _count(times: Any) -> int:
    return min(int(times), _ENDLESS)


def _chars(item: Any) -> int:
    """The characters that an item takes one of, as bits."""
    name, value = item[0].name, item[1]
    if name == "LITERAL":
        return 1 << int(value)
    if name == "ANY":
        return ~(1 << ord("\n"))
    if name == "NOT_LITERAL":
        return ~(1 << int(value))
    chars, negated = 0, False
    for kind, part in value:
        if kind.name == "NEGATE":
            negated = True
        elif kind.name == "RANGE":
            chars |= (1 << part[1] + 1) - (1 << part[0])
        elif kind.name == "LITERAL":
            chars |= 1 << part
        else:
            raise _UnsupportedError
    return ~chars if negated else chars


def _union(sets: Iterable[int]) -> int:
    found = 0
    for chars in sets:
        found |= chars
    return found


def _ranges(chars: int) -> str:
    """A set as pairs of first and last characters, as `Program` has it."""
    if chars < 0:
        return "^" + _ranges(~chars)
    found: list[str] = []
    at = 0
    while chars:
        skipped = (chars & -chars).bit_length() - 1
        at, chars = at + skipped, chars >> skipped
        taken = (~chars & (chars + 1)).bit_length() - 1
        found += (chr(at), chr(at + taken - 1))
        at, chars = at + taken, chars >> taken
    return "".join(found)
