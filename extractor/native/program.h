/* Programs of the machine of patterns.c, as `extractor.rules.pattern_program` writes them. */

#ifndef EXTRACTOR_PROGRAM_H
#define EXTRACTOR_PROGRAM_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>

/* What a word says; pattern_program.py has the same list. */
enum { MATCH, TAKE, SAVE, TRY, JUMP, MAYBE, MANY, GAP, LOOP, TURN, UNLESS, UNLESS_BEHIND, UNLIKE, BEGIN, END, OPERATIONS };

enum { ARGUMENT = 8, OPERATION = 0xff }; /* bits: an argument lies above the operation */
enum { ENDLESS = INT32_MAX };

/* The words that an operation takes, its own among them, and what its argument is. */
static const uint8_t sizes[OPERATIONS] = {1, 1, 1, 2, 1, 1, 3, 3, 1, 5, 1, 1, 2, 1, 1};

typedef struct {
    uint32_t *words;
    Py_ssize_t size;
    Py_ssize_t groups;    /* all of it and its groups, of which each has two registers */
    Py_ssize_t registers; /* those of the groups and of loops */
} Program;

/* What is wrong with a program, or NULL: the machine trusts those that it runs. */
static const char *program_flaw(const Program *self, Py_ssize_t sets, uint8_t *begins)
{
    const Py_ssize_t size = self->size, groups = 2 * self->groups;
    Py_ssize_t last = -1;
    if (self->groups < 1 || self->registers < groups || self->registers > 1 << 20) {
        return "a program has registers for all of it and for its groups";
    }
    for (Py_ssize_t at = 0; at < size; at += sizes[self->words[at] & OPERATION]) {
        const uint32_t operation = self->words[at] & OPERATION;
        if (operation >= OPERATIONS || at + sizes[operation] > size) {
            return "a program has a word that says nothing";
        }
        begins[at] = 1;
        last = operation;
    }
    if (last != MATCH) {
        return "a program does not end with a match";
    }
    for (Py_ssize_t at = 0; at < size; at += sizes[self->words[at] & OPERATION]) {
        const uint32_t *word = self->words + at, argument = word[0] >> ARGUMENT;
        uint32_t to = 0, set = 0, other = 0, registers = 0;
        bool counts = true;
        switch (word[0] & OPERATION) {
        case TAKE:
        case MAYBE:
        case UNLESS:
        case UNLESS_BEHIND:
            set = argument;
            break;
        case TRY:
            set = argument;
            to = word[1];
            break;
        case MANY:
            set = argument;
            counts = word[1] <= ENDLESS && word[2] <= ENDLESS;
            break;
        case GAP:
            set = argument;
            other = word[2];
            counts = word[1] <= ENDLESS;
            break;
        case SAVE:
            registers = argument + 1;
            break;
        case LOOP:
            registers = argument + 2;
            break;
        case TURN:
            registers = argument + 2;
            counts = word[1] <= ENDLESS && word[2] <= ENDLESS;
            set = word[3];
            to = word[4];
            break;
        case UNLIKE:
            counts = word[1] <= ENDLESS;
            to = argument;
            break;
        case JUMP:
            to = argument;
            break;
        default:
            break;
        }
        if (set > sets || other > sets || registers > self->registers || to >= size || (to && !begins[to]) || !counts) {
            return "a program names what is not there";
        }
    }
    return NULL;
}

/* Let a program call its sets by the numbers that they have for all, `numbers`. */
static void program_name(Program *self, const uint32_t *numbers)
{
    for (Py_ssize_t at = 0; at < self->size; at += sizes[self->words[at] & OPERATION]) {
        uint32_t *word = self->words + at;
        switch (word[0] & OPERATION) {
        case TAKE:
        case TRY:
        case MAYBE:
        case MANY:
        case GAP:
        case UNLESS:
        case UNLESS_BEHIND:
            word[0] = (word[0] & OPERATION) | numbers[word[0] >> ARGUMENT] << ARGUMENT;
            if ((word[0] & OPERATION) == GAP) {
                word[2] = numbers[word[2]];
            }
            break;
        case TURN:
            word[3] = numbers[word[3]];
            break;
        default:
            break;
        }
    }
}

#endif
