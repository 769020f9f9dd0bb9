/* Patterns over type strings, tried as `re` tries them: what the programs of `extractor.rules.pattern_program` say. */

#include "module.h"
#include "program.h"
#include "sets.h"

typedef struct {
    PyObject_HEAD
    Sets *sets;
    Program program;
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
    return sets_has(trial->sets, PyUnicode_READ(trial->kind, trial->data, place), set);
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
    if (self->program.registers > REGISTERS && (registers = PyMem_Malloc((size_t)self->program.registers * sizeof(int32_t))) == NULL) {
        return PyErr_NoMemory();
    }
    memset(registers, 0xff, (size_t)self->program.registers * sizeof(int32_t)); /* -1 */
    Trial trial = {.words = self->program.words,
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
        result = spans_of(registers, self->program.groups);
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
    PyMem_Free(self->program.words);
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

/* Read a program into a pattern; its sets get numbers in `known`. -1 with an error. */
static int pattern_read(Pattern *self, PyObject *program, PyObject *known)
{
    PyObject *words, *sets;
    if (!PyArg_ParseTuple(program, "O!O!nn", &PyBytes_Type, &words, &PyTuple_Type, &sets, &self->program.groups, &self->program.registers)) {
        return -1;
    }
    const Py_ssize_t count = PyTuple_GET_SIZE(sets);
    self->program.size = PyBytes_GET_SIZE(words) / (Py_ssize_t)sizeof(uint32_t);
    self->program.words = PyMem_Malloc((size_t)self->program.size * sizeof(uint32_t) + 1);
    uint32_t *numbers = PyMem_Calloc((size_t)count + 1, sizeof(uint32_t));
    uint8_t *begins = PyMem_Calloc((size_t)self->program.size + 1, 1);
    int failed = self->program.words == NULL || numbers == NULL || begins == NULL;
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
        memcpy(self->program.words, PyBytes_AS_STRING(words), (size_t)self->program.size * sizeof(uint32_t));
        const char *flaw = program_flaw(&self->program, count, begins);
        if (flaw == NULL) {
            program_name(&self->program, numbers);
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
