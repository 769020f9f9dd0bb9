/* Patterns over type strings, tried as `extractor.rules.pattern_program` writes them: what `re` does with the same patterns.

   Whether a character is in a set is a bit of the row that the character has, of all sets that the patterns name; many have
   the same row. */

#include "bits.h"
#include "module.h"

/* What a word says; pattern_program.py has the same list. */
enum { MATCH, TAKE, SAVE, TRY, JUMP, MAYBE, MANY, GAP, LOOP, TURN, UNLESS, UNLESS_BEHIND, UNLIKE, BEGIN, END, OPERATIONS };

enum { ARGUMENT = 8, OPERATION = 0xff }; /* bits: an argument lies above the operation */
enum { ENDLESS = INT32_MAX };

/* The words that an operation takes, its own among them, and what its argument is. */
static const uint8_t sizes[OPERATIONS] = {1, 1, 1, 2, 1, 1, 3, 3, 1, 5, 1, 1, 2, 1, 1};

typedef struct {
    PyObject_HEAD
    Py_UCS4 first; /* the characters that have a row of their own, from the first to the last */
    Py_UCS4 last;
    int32_t *of; /* by character from the first on, the number of its row; before it that of all below, at the end of all above */
    uint64_t *rows;
    Py_ssize_t width;
} Sets;

typedef struct {
    PyObject_HEAD
    Sets *sets;
    uint32_t *words;
    Py_ssize_t size;
    Py_ssize_t groups;
    Py_ssize_t registers;
} Pattern;

/* -- trying ---------------------------------------------------------------------------------------------------------- */

/* What to go back to: another way on, or what a register held. */
typedef struct {
    enum { WAY, HELD, FEWER, MORE } kind;
    uint32_t at; /* in the program; of HELD the register */
    int32_t place;
    int32_t count;
} Step;

enum { STEPS = 128, REGISTERS = 64, PATIENCE = 1 << 16 }; /* kept where they cost nothing; goings back between signals */

typedef struct {
    const uint32_t *words;
    const Sets *sets;
    int kind;
    const void *data;
    int32_t size;
    int32_t *registers;
    Step *steps;
    size_t depth;
    size_t room;
    Step *grown; /* those in memory asked for, or NULL */
    int32_t end; /* of what fits */
    uint32_t patience;
} Trial;

static inline bool is_in(const Trial *trial, int32_t place, uint32_t set)
{
    const Sets *sets = trial->sets;
    const Py_UCS4 c = PyUnicode_READ(trial->kind, trial->data, place);
    const size_t at = c < sets->first ? 0 : c > sets->last ? (size_t)(sets->last - sets->first) + 2 : c - sets->first + 1;
    return bits_has(sets->rows + sets->of[at] * sets->width, set);
}

/* Whether one of a set stands at a place. */
static inline bool stands(const Trial *trial, int32_t place, uint32_t set)
{
    return place < trial->size && is_in(trial, place, set);
}

/* The same, where set 0 is anything or nothing. */
static inline bool can_stand(const Trial *trial, int32_t place, uint32_t set)
{
    return set == 0 || stands(trial, place, set);
}

static int trial_grow(Trial *trial)
{
    const size_t room = trial->room * 2;
    Step *made = PyMem_Malloc(room * sizeof(Step));
    if (made == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(made, trial->steps, trial->depth * sizeof(Step));
    PyMem_Free(trial->grown);
    trial->steps = trial->grown = made;
    trial->room = room;
    return 0;
}

static inline int push(Trial *trial, Step step)
{
    if (trial->depth == trial->room && trial_grow(trial) < 0) {
        return -1;
    }
    trial->steps[trial->depth++] = step;
    return 0;
}

static inline int set_register(Trial *trial, uint32_t number, int32_t value)
{
    const int done = push(trial, (Step){HELD, number, trial->registers[number], 0});
    trial->registers[number] = value;
    return done;
}

/* Forget the ways on behind the step `floor`; registers hold again what they held there. */
static void forget_steps(Trial *trial, size_t floor)
{
    while (trial->depth > floor) {
        const Step *step = &trial->steps[--trial->depth];
        if (step->kind == HELD) {
            trial->registers[step->at] = step->place;
        }
    }
}

/* Try the program from the word `at` on at a place: 1 where it fits, with its end in `trial`, 0 where not, -1 with an error. */
static int try_at(Trial *trial, uint32_t at, int32_t place)
{
    const uint32_t *words = trial->words;
    const size_t floor = trial->depth;
    int32_t count, begun = 0; /* of a gap that is gone back to: what it has taken */
    for (;;) {
        const uint32_t *word = words + at;
        const uint32_t argument = word[0] >> ARGUMENT;
        bool fits = true;
        switch (word[0] & OPERATION) {
        case MATCH:
            trial->end = place;
            return 1;
        case TAKE:
            fits = stands(trial, place, argument);
            place++;
            at++;
            break;
        case SAVE:
            if (set_register(trial, argument, place) < 0) {
                return -1;
            }
            at++;
            break;
        case TRY:
            if (!can_stand(trial, place, argument)) {
                at = word[1];
            }
            else if (push(trial, (Step){WAY, word[1], place, 0}) < 0) {
                return -1;
            }
            else {
                at += 2;
            }
            break;
        case JUMP:
            at = argument;
            break;
        case MAYBE:
            at++;
            if (stands(trial, place, argument)) {
                if (push(trial, (Step){WAY, at, place, 0}) < 0) {
                    return -1;
                }
                place++;
            }
            break;
        case MANY:
            count = 0;
            while (count < (int32_t)word[2] && stands(trial, place + count, argument)) {
                count++;
            }
            fits = count >= (int32_t)word[1];
            if (count > (int32_t)word[1] && push(trial, (Step){FEWER, at, place, count - 1}) < 0) {
                return -1;
            }
            place += count;
            at += 3;
            break;
        case GAP:
            count = begun;
            begun = 0;
            while (!can_stand(trial, place, word[2])) {
                if (count == (int32_t)word[1] || !stands(trial, place, argument)) {
                    fits = false;
                    break;
                }
                place++;
                count++;
            }
            if (fits && count < (int32_t)word[1] && stands(trial, place, argument) &&
                push(trial, (Step){MORE, at, place + 1, count + 1}) < 0) {
                return -1;
            }
            at += 3;
            break;
        case LOOP:
            if (set_register(trial, argument, 0) < 0 || set_register(trial, argument + 1, -1) < 0) {
                return -1;
            }
            at++;
            break;
        case TURN:
            count = trial->registers[argument];
            if (count >= (int32_t)word[1]) {
                if (count >= (int32_t)word[2] || place == trial->registers[argument + 1] || !can_stand(trial, place, word[3])) {
                    at = word[4];
                    break;
                }
                if (push(trial, (Step){WAY, word[4], place, 0}) < 0) {
                    return -1;
                }
            }
            if (set_register(trial, argument, count + 1) < 0 || set_register(trial, argument + 1, place) < 0) {
                return -1;
            }
            at += 5;
            break;
        case UNLESS:
            fits = !stands(trial, place, argument);
            at++;
            break;
        case UNLESS_BEHIND:
            fits = place == 0 || !is_in(trial, place - 1, argument);
            at++;
            break;
        case UNLIKE:
            if (place >= (int32_t)word[1]) {
                const size_t before = trial->depth;
                const int found = try_at(trial, at + 2, place - (int32_t)word[1]);
                if (found < 0) {
                    return -1;
                }
                forget_steps(trial, before);
                fits = !found;
            }
            at = argument;
            break;
        case BEGIN:
            fits = place == 0;
            at++;
            break;
        default: /* END */
            fits = place == trial->size;
            at++;
        }
        if (fits) {
            continue;
        }
        if (!--trial->patience) {
            trial->patience = PATIENCE;
            if (PyErr_CheckSignals() < 0) {
                return -1;
            }
        }
        for (;;) {
            if (trial->depth == floor) {
                return 0;
            }
            const Step step = trial->steps[--trial->depth];
            if (step.kind == HELD) {
                trial->registers[step.at] = step.place;
                continue;
            }
            at = step.at;
            place = step.place;
            if (step.kind == MORE) {
                begun = step.count;
            }
            else if (step.kind == FEWER) {
                if (step.count > (int32_t)words[at + 1] && push(trial, (Step){FEWER, at, place, step.count - 1}) < 0) {
                    return -1;
                }
                place += step.count;
                at += 3;
            }
            break;
        }
    }
}

/* The places that the groups took, as `re` tells them: a pair for all and for each group, (-1, -1) where it took nothing. */
static PyObject *spans_of(const int32_t *registers, Py_ssize_t groups)
{
    PyObject *spans = PyTuple_New(groups);
    for (Py_ssize_t i = 0; spans != NULL && i < groups; i++) {
        PyObject *start = PyLong_FromLong(registers[2 * i]), *end = PyLong_FromLong(registers[2 * i + 1]);
        PyObject *span = start == NULL || end == NULL ? NULL : PyTuple_Pack(2, start, end);
        Py_XDECREF(start);
        Py_XDECREF(end);
        if (span == NULL) {
            Py_CLEAR(spans);
        }
        else {
            PyTuple_SET_ITEM(spans, i, span);
        }
    }
    return spans;
}

/* Try a pattern at a place; what it tells is the spans of all groups or, with `ends`, the end alone. */
static PyObject *pattern_try(const Pattern *self, PyObject *const *args, Py_ssize_t given, bool ends)
{
    if (given != 2 || !PyUnicode_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "a pattern takes a type string and a place");
        return NULL;
    }
    const Py_ssize_t at = PyLong_AsSsize_t(args[1]), size = PyUnicode_GET_LENGTH(args[0]);
    if (at == -1 && PyErr_Occurred()) {
        return NULL;
    }
    if (at < 0 || at > size || size >= INT32_MAX) {
        PyErr_SetString(PyExc_IndexError, "a place lies outside its type string");
        return NULL;
    }
    Step steps[STEPS];
    int32_t near[REGISTERS], *registers = near;
    if (self->registers > REGISTERS && (registers = PyMem_Malloc((size_t)self->registers * sizeof(int32_t))) == NULL) {
        return PyErr_NoMemory();
    }
    memset(registers, 0xff, (size_t)self->registers * sizeof(int32_t)); /* -1 */
    Trial trial = {.words = self->words,
                   .sets = self->sets,
                   .kind = PyUnicode_KIND(args[0]),
                   .data = PyUnicode_DATA(args[0]),
                   .size = (int32_t)size,
                   .registers = registers,
                   .steps = steps,
                   .room = STEPS,
                   .patience = PATIENCE};
    PyObject *result = NULL;
    const int found = try_at(&trial, 0, (int32_t)at);
    if (found >= 0 && ends) {
        result = PyLong_FromLong(found ? trial.end : -1);
    }
    else if (found > 0) {
        registers[0] = (int32_t)at;
        registers[1] = trial.end;
        result = spans_of(registers, self->groups);
    }
    else if (found == 0) {
        result = Py_NewRef(Py_None);
    }
    PyMem_Free(trial.grown);
    if (registers != near) {
        PyMem_Free(registers);
    }
    return result;
}

static PyObject *pattern_spans(Pattern *self, PyObject *const *args, Py_ssize_t given)
{
    return pattern_try(self, args, given, false);
}

static PyObject *pattern_end(Pattern *self, PyObject *const *args, Py_ssize_t given)
{
    return pattern_try(self, args, given, true);
}

static void pattern_dealloc(Pattern *self)
{
    PyTypeObject *type = Py_TYPE(self);
    Py_XDECREF(self->sets);
    PyMem_Free(self->words);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static PyMethodDef pattern_methods[] = {
    {"spans", (PyCFunction)(void (*)(void))pattern_spans, METH_FASTCALL,
     "spans(types, place)\n--\n\nThe places that the pattern and its groups take from a place of a type string on, as\n"
     "`re.Match.regs` has them; None where it does not fit."},
    {"end", (PyCFunction)(void (*)(void))pattern_end, METH_FASTCALL,
     "end(types, place)\n--\n\nWhere what the pattern takes from a place of a type string on ends; -1 where it does not fit."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot pattern_slots[] = {{Py_tp_dealloc, pattern_dealloc}, {Py_tp_methods, pattern_methods}, {0, NULL}};
static PyType_Spec pattern_spec = {"extractor.native.patterns.Pattern", sizeof(Pattern), 0,
                                   Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, pattern_slots};

/* -- sets ------------------------------------------------------------------------------------------------------------ */

static void sets_dealloc(Sets *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyMem_Free(self->of);
    PyMem_Free(self->rows);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static PyType_Slot sets_slots[] = {{Py_tp_dealloc, sets_dealloc}, {0, NULL}};
static PyType_Spec sets_spec = {"extractor.native.patterns.Sets", sizeof(Sets), 0,
                                Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, sets_slots};

/* Where the pairs of a set begin: at 1 behind the `^` of one that is told by what is not in it, else at 0. */
static inline Py_ssize_t pairs_begin(PyObject *set)
{
    return PyUnicode_GET_LENGTH(set) % 2;
}

/* Find the first and the last character that sets name; -1 with an error. */
static int sets_reach(Sets *self, PyObject *sets)
{
    PyObject *set, *number;
    Py_ssize_t at = 0;
    bool none = true;
    while (PyDict_Next(sets, &at, &set, &number)) {
        for (Py_ssize_t i = pairs_begin(set); i < PyUnicode_GET_LENGTH(set); i += 2) {
            const Py_UCS4 low = PyUnicode_READ_CHAR(set, i), high = PyUnicode_READ_CHAR(set, i + 1);
            if (low > high || (i >= 2 && low <= PyUnicode_READ_CHAR(set, i - 1))) {
                PyErr_SetString(PyExc_ValueError, "the pairs of a set are sorted");
                return -1;
            }
            self->first = none || low < self->first ? low : self->first;
            self->last = none || high > self->last ? high : self->last;
            none = false;
        }
    }
    return 0;
}

/* A row for each character, one behind the other, with a bit for each set. */
static uint64_t *sets_write(const Sets *self, PyObject *sets, size_t count)
{
    const size_t width = (size_t)self->width;
    uint64_t *rows = PyMem_Calloc(count * width, sizeof(uint64_t));
    PyObject *set, *number;
    Py_ssize_t at = 0;
    if (rows == NULL) {
        PyErr_NoMemory();
    }
    while (rows != NULL && PyDict_Next(sets, &at, &set, &number)) {
        const size_t bit = PyLong_AsSize_t(number);
        const uint64_t mask = (uint64_t)1 << bit % ROW_BITS;
        uint64_t *column = rows + bit / ROW_BITS;
        for (size_t i = 0; pairs_begin(set) && i < count; i++) {
            column[i * width] |= mask;
        }
        for (Py_ssize_t i = pairs_begin(set); i < PyUnicode_GET_LENGTH(set); i += 2) {
            for (Py_UCS4 c = PyUnicode_READ_CHAR(set, i); c <= PyUnicode_READ_CHAR(set, i + 1); c++) {
                column[(c - self->first + 1) * width] ^= mask;
            }
        }
    }
    return rows;
}

/* Keep equal rows once; -1 with an error. */
static int sets_share(Sets *self, const uint64_t *rows, size_t count)
{
    const size_t bytes = (size_t)self->width * sizeof(uint64_t);
    PyObject *known = PyDict_New(); /* a row -> its number */
    self->of = PyMem_Calloc(count, sizeof(int32_t));
    int failed = known == NULL || self->of == NULL;
    for (size_t i = 0; !failed && i < count; i++) {
        PyObject *row = PyBytes_FromStringAndSize((const char *)rows + i * bytes, (Py_ssize_t)bytes);
        PyObject *next = PyLong_FromSsize_t(PyDict_GET_SIZE(known));
        PyObject *number = row == NULL || next == NULL ? NULL : PyDict_SetDefault(known, row, next);
        failed = number == NULL;
        self->of[i] = failed ? 0 : (int32_t)PyLong_AsLong(number);
        Py_XDECREF(row);
        Py_XDECREF(next);
    }
    self->rows = failed ? NULL : PyMem_Malloc((size_t)PyDict_GET_SIZE(known) * bytes);
    for (size_t i = 0; self->rows != NULL && i < count; i++) {
        memcpy((char *)self->rows + (size_t)self->of[i] * bytes, (const char *)rows + i * bytes, bytes);
    }
    if (self->rows == NULL && !PyErr_Occurred()) {
        PyErr_NoMemory();
    }
    Py_XDECREF(known);
    return self->rows == NULL ? -1 : 0;
}

/* Fill the rows for `sets`, which have numbers from 1 on; -1 with an error. */
static int sets_fill(Sets *self, PyObject *sets)
{
    self->width = bits_width(PyDict_GET_SIZE(sets) + 1);
    if (sets_reach(self, sets) < 0) {
        return -1;
    }
    const size_t count = (size_t)(self->last - self->first) + 3;
    uint64_t *rows = sets_write(self, sets, count);
    const int done = rows == NULL ? -1 : sets_share(self, rows, count);
    PyMem_Free(rows);
    return done;
}

/* -- reading programs ------------------------------------------------------------------------------------------------ */

/* What is wrong with a program, or NULL: the machine trusts those that it runs. */
static const char *program_flaw(const Pattern *self, Py_ssize_t sets, uint8_t *begins)
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
static void program_name(Pattern *self, const uint32_t *numbers)
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

/* Read a program into a pattern; its sets get numbers in `known`. -1 with an error. */
static int pattern_read(Pattern *self, PyObject *program, PyObject *known)
{
    PyObject *words, *sets;
    if (!PyArg_ParseTuple(program, "O!O!nn", &PyBytes_Type, &words, &PyTuple_Type, &sets, &self->groups, &self->registers)) {
        return -1;
    }
    const Py_ssize_t count = PyTuple_GET_SIZE(sets);
    self->size = PyBytes_GET_SIZE(words) / (Py_ssize_t)sizeof(uint32_t);
    self->words = PyMem_Malloc((size_t)self->size * sizeof(uint32_t) + 1);
    uint32_t *numbers = PyMem_Calloc((size_t)count + 1, sizeof(uint32_t));
    uint8_t *begins = PyMem_Calloc((size_t)self->size + 1, 1);
    int failed = self->words == NULL || numbers == NULL || begins == NULL;
    if (failed) {
        PyErr_NoMemory();
    }
    for (Py_ssize_t i = 0; !failed && i < count; i++) {
        PyObject *set = PyTuple_GET_ITEM(sets, i), *next = PyLong_FromSsize_t(PyDict_GET_SIZE(known) + 1);
        PyObject *number = next == NULL ? NULL : PyDict_SetDefault(known, set, next);
        failed = number == NULL || !PyUnicode_Check(set);
        numbers[i + 1] = failed ? 0 : (uint32_t)PyLong_AsUnsignedLong(number);
        Py_XDECREF(next);
    }
    if (!failed) {
        memcpy(self->words, PyBytes_AS_STRING(words), (size_t)self->size * sizeof(uint32_t));
        const char *flaw = program_flaw(self, count, begins);
        if (flaw == NULL) {
            program_name(self, numbers);
        }
        else {
            PyErr_SetString(PyExc_ValueError, flaw);
            failed = 1;
        }
    }
    else if (!PyErr_Occurred()) {
        PyErr_SetString(PyExc_TypeError, "a set is a string");
    }
    PyMem_Free(numbers);
    PyMem_Free(begins);
    return failed ? -1 : 0;
}

/* A new object of a type of the module. */
static void *made(PyObject *module, const char *name)
{
    PyTypeObject *type = (PyTypeObject *)PyObject_GetAttrString(module, name);
    PyObject *object = type == NULL ? NULL : type->tp_alloc(type, 0);
    Py_XDECREF(type);
    return object;
}

static PyObject *patterns_of(PyObject *module, PyObject *programs)
{
    if (!PyList_Check(programs)) {
        PyErr_SetString(PyExc_TypeError, "patterns() takes a list of programs");
        return NULL;
    }
    PyObject *out = PyList_New(0), *known = PyDict_New();
    Sets *sets = made(module, "Sets");
    int failed = out == NULL || known == NULL || sets == NULL;
    for (Py_ssize_t i = 0; !failed && i < PyList_GET_SIZE(programs); i++) {
        Pattern *pattern = made(module, "Pattern");
        failed = pattern == NULL || pattern_read(pattern, PyList_GET_ITEM(programs, i), known) < 0 ||
                 PyList_Append(out, (PyObject *)pattern) < 0;
        if (!failed) {
            pattern->sets = (Sets *)Py_NewRef(sets);
        }
        Py_XDECREF(pattern);
    }
    if (failed || sets_fill(sets, known) < 0) {
        Py_CLEAR(out);
    }
    Py_XDECREF(sets);
    Py_XDECREF(known);
    return out;
}

static PyMethodDef methods[] = {
    {"patterns", patterns_of, METH_O,
     "patterns(programs)\n--\n\nA pattern for each program, as `extractor.rules.pattern_program.Program` has them."},
    {NULL, NULL, 0, NULL},
};

static int patterns_exec(PyObject *module)
{
    return module_add(module, &sets_spec) | module_add(module, &pattern_spec);
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, patterns_exec}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "patterns", "Patterns over type strings, in C.", 0, methods, module_slots, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_patterns(void)
{
    return PyModuleDef_Init(&module);
}
