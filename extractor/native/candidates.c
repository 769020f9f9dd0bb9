/* Where patterns can fit, as `extractor.candidates` tells it, which intersects wide numbers of bits at every place. */

#include "bits.h"
#include "module.h"

/* Of a type: where the patterns that it triggers begin in `lists`, and which rows it has. */
typedef struct {
    int32_t here;
    int32_t before;
    int32_t behind;
} Kind;

typedef struct {
    PyObject_HEAD
    Types types;       /* their edge is what lies beside the first and the last segment */
    Py_ssize_t width;  /* of the rows over patterns */
    Py_ssize_t needed; /* of the rows over what patterns need */
    Kind *kinds;     /* by type */
    uint64_t *before; /* rows over patterns: before whose trigger a type can stand, and behind whose */
    uint64_t *behind;
    int32_t *needs;  /* by pattern: where the bits that it needs begin there */
    Pool lists;      /* of patterns and of bits, each with -1 at its end */
    PyObject *asked; /* all of these bits, as a number: sentences meet more than patterns need */
    Py_ssize_t patterns;
    PyObject **numbers; /* by pattern, what it is called */
} Candidates;

static void candidates_dealloc(Candidates *self)
{
    PyTypeObject *type = Py_TYPE(self);
    for (Py_ssize_t i = 0; self->numbers != NULL && i < self->patterns; i++) {
        Py_XDECREF(self->numbers[i]);
    }
    Py_XDECREF(self->asked);
    PyMem_Free(self->kinds);
    PyMem_Free(self->before);
    PyMem_Free(self->behind);
    PyMem_Free(self->needs);
    PyMem_Free(self->lists.numbers);
    PyMem_Free(self->numbers);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

/* Put the bits of a number, below `most`, into a list; where it begins, -1 with an error. */
static int32_t candidates_put_bits(Candidates *self, PyObject *number, uint64_t *scratch, Py_ssize_t most)
{
    const int32_t at = (int32_t)self->lists.count;
    const Py_ssize_t width = bits_width(most);
    if (bits_read(number, scratch, width) < 0) {
        return -1;
    }
    for (Py_ssize_t bit = 0; bit < width * ROW_BITS; bit++) {
        if (!bits_has(scratch, bit)) {
            continue;
        }
        if (bit >= most) {
            PyErr_SetString(PyExc_ValueError, "a bit is that of no pattern");
            return -1;
        }
        if (pool_put(&self->lists, (int32_t)bit) < 0) {
            return -1;
        }
    }
    return pool_put(&self->lists, -1) < 0 ? -1 : at;
}

/* The same for each number of the dict `here`, by type; types that trigger nothing share the first list, which is empty. */
static int candidates_fill_here(Candidates *self, PyObject *here, uint64_t *scratch)
{
    PyObject *type, *number, *known = PyDict_New(); /* a number -> where its list begins */
    Py_ssize_t at = 0;
    int failed = known == NULL || pool_put(&self->lists, -1) < 0;
    while (!failed && PyDict_Next(here, &at, &type, &number)) {
        PyObject *told = PyDict_GetItemWithError(known, number);
        const int32_t list = told ? (int32_t)PyLong_AsLong(told) : candidates_put_bits(self, number, scratch, self->patterns);
        PyObject *place = PyLong_FromLong(list);
        failed = list < 0 || place == NULL || PyDict_SetItem(known, number, place) < 0;
        self->kinds[types_number(&self->types, PyUnicode_READ_CHAR(type, 0))].here = list;
        Py_XDECREF(place);
    }
    Py_XDECREF(known);
    return failed ? -1 : 0;
}

/* Fill the rows of each type, on both sides of a trigger. */
static int candidates_fill_beside(Candidates *self, PyObject *before, PyObject *behind)
{
    Shared left = {NULL, NULL}, right = {NULL, NULL};
    const int failed = shared_fill(&left, &self->types, before, self->width) < 0 ||
                       shared_fill(&right, &self->types, behind, self->width) < 0;
    for (size_t i = 0; !failed && i < types_count(&self->types); i++) {
        self->kinds[i].before = left.of[i];
        self->kinds[i].behind = right.of[i];
    }
    PyMem_Free(left.of);
    PyMem_Free(right.of);
    self->before = left.rows;
    self->behind = right.rows;
    return failed ? -1 : 0;
}

static int candidates_fill(Candidates *self, PyObject *here, PyObject *before, PyObject *behind, PyObject *patterns)
{
    if (types_add_keys(&self->types, here) < 0 || types_add_keys(&self->types, before) < 0 ||
        types_add_keys(&self->types, behind) < 0) {
        return -1;
    }
    uint64_t *scratch = PyMem_Calloc((size_t)(self->width + self->needed), sizeof(uint64_t));
    self->kinds = PyMem_Calloc(types_count(&self->types), sizeof(Kind));
    self->needs = PyMem_Calloc((size_t)self->patterns + 1, sizeof(int32_t));
    self->numbers = PyMem_Calloc((size_t)self->patterns + 1, sizeof(PyObject *));
    int failed = scratch == NULL || self->kinds == NULL || self->needs == NULL || self->numbers == NULL;
    if (failed) {
        PyErr_NoMemory();
    }
    failed = failed || candidates_fill_beside(self, before, behind) < 0 || candidates_fill_here(self, here, scratch) < 0;
    for (Py_ssize_t i = 0; !failed && i < self->patterns; i++) {
        PyObject *number, *needs;
        failed = !PyArg_ParseTuple(PyList_GET_ITEM(patterns, i), "OO", &number, &needs) ||
                 (self->needs[i] = candidates_put_bits(self, needs, scratch, self->needed * ROW_BITS - 1)) < 0;
        if (!failed) {
            self->numbers[i] = Py_NewRef(number);
        }
    }
    PyMem_Free(scratch);
    return failed ? -1 : 0;
}

static PyObject *candidates_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"here", "before", "behind", "patterns", "edge", "bits", NULL};
    PyObject *here, *before, *behind, *patterns, *edge;
    Py_ssize_t bits;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!O!O!O!Un", names, &PyDict_Type, &here, &PyDict_Type, &before, &PyDict_Type,
                                     &behind, &PyList_Type, &patterns, &edge, &bits)) {
        return NULL;
    }
    Candidates *self = (Candidates *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->patterns = PyList_GET_SIZE(patterns);
    self->width = bits_width(self->patterns);
    self->needed = bits_width(bits);
    self->asked = bits_all(self->needed);
    self->types.edge = PyUnicode_GET_LENGTH(edge) == 1 ? PyUnicode_READ_CHAR(edge, 0) : 0;
    self->types.edged = true;
    if (self->asked == NULL || candidates_fill(self, here, before, behind, patterns) < 0) {
        Py_CLEAR(self);
    }
    return (PyObject *)self;
}

static int candidates_add(const Candidates *self, PyObject *out, Py_ssize_t at, Py_ssize_t pattern)
{
    PyObject *place = PyLong_FromSsize_t(at), *pair = NULL;
    if (place != NULL) {
        pair = PyTuple_Pack(2, place, self->numbers[pattern]);
        Py_DECREF(place);
    }
    const int done = pair == NULL ? -1 : PyList_Append(out, pair);
    Py_XDECREF(pair);
    return done;
}

/* Whether all bits of a list are in `met`. */
static inline bool is_met(const int32_t *bits, const uint64_t *met)
{
    while (*bits >= 0 && bits_has(met, *bits)) {
        bits++;
    }
    return *bits < 0;
}

/* Add the patterns that can fit at a place, between the types `last` and `next`. */
static int candidates_at(const Candidates *self, PyObject *out, Py_ssize_t at, const Kind *last, const Kind *kind, const Kind *next,
                         const uint64_t *met)
{
    const uint64_t *before = self->before + last->before * self->width, *behind = self->behind + next->behind * self->width;
    PyObject *told = NULL; /* a pattern with several openings is told once */
    for (const int32_t *pattern = self->lists.numbers + kind->here; *pattern >= 0; pattern++) {
        if (bits_has(before, *pattern) && bits_has(behind, *pattern) && self->numbers[*pattern] != told &&
            is_met(self->lists.numbers + self->needs[*pattern], met)) {
            told = self->numbers[*pattern];
            if (candidates_add(self, out, at, *pattern) < 0) {
                return -1;
            }
        }
    }
    return 0;
}

static PyObject *candidates_of(Candidates *self, PyObject *const *args, Py_ssize_t given)
{
    if (given != 2 || !PyUnicode_Check(args[0]) || !PyLong_Check(args[1])) {
        PyErr_SetString(PyExc_TypeError, "of() takes a type string and a number");
        return NULL;
    }
    PyObject *text = args[0], *number = args[1];
    uint64_t *met = PyMem_Malloc((size_t)self->needed * sizeof(uint64_t));
    PyObject *out = NULL, *asked = PyNumber_And(number, self->asked);
    if (met == NULL) {
        PyErr_NoMemory();
    }
    else if (asked != NULL && bits_read(asked, met, self->needed) == 0) {
        const int kind = PyUnicode_KIND(text);
        const void *data = PyUnicode_DATA(text);
        const Py_ssize_t count = PyUnicode_GET_LENGTH(text);
        const Kind *edge = self->kinds + types_count(&self->types) - 1, *last = edge, *here = edge;
        if (count) {
            here = self->kinds + types_number(&self->types, PyUnicode_READ(kind, data, 0));
        }
        out = PyList_New(0);
        for (Py_ssize_t at = 0; out != NULL && at < count; at++) {
            const Kind *next = edge;
            if (at + 1 < count) {
                next = self->kinds + types_number(&self->types, PyUnicode_READ(kind, data, at + 1));
            }
            if (here->here && candidates_at(self, out, at, last, here, next, met) < 0) {
                Py_CLEAR(out);
            }
            last = here;
            here = next;
        }
    }
    Py_XDECREF(asked);
    PyMem_Free(met);
    return out;
}

static PyMethodDef candidates_methods[] = {
    {"of", (PyCFunction)(void (*)(void))candidates_of, METH_FASTCALL,
     "of(types, met)\n--\n\nThe places of a type string at which patterns can fit, each with what one of these is called, by place;\n"
     "`met` are the bits of what the sentence meets."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot candidates_slots[] = {
    {Py_tp_doc, "Tells where patterns can fit by the types at a place and beside it."},
    {Py_tp_new, candidates_new},
    {Py_tp_dealloc, candidates_dealloc},
    {Py_tp_methods, candidates_methods},
    {0, NULL},
};

static PyType_Spec candidates_spec = {"extractor.native.candidates.Candidates", sizeof(Candidates), 0, Py_TPFLAGS_DEFAULT,
                                      candidates_slots};

static int candidates_exec(PyObject *module)
{
    return module_add(module, &candidates_spec);
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, candidates_exec}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "candidates", "Where patterns can fit, in C.", 0, NULL, module_slots, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_candidates(void)
{
    return PyModuleDef_Init(&module);
}
