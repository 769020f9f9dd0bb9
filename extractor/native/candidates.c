/* Where patterns can fit, as `extractor.candidates` tells it, which intersects wide numbers of bits at every place. */

#include "bits.h"
#include "module.h"

typedef struct {
    PyObject_HEAD
    Types types;
    int32_t edge;      /* the type beside the first and the last segment */
    Py_ssize_t width;  /* of the rows over patterns */
    Py_ssize_t needed; /* of the rows over what patterns need */
    Shared here;       /* by type: the patterns that it triggers, before which it can stand, behind which */
    Shared before;
    Shared behind;
    uint64_t *needs; /* by pattern */
    PyObject *asked; /* all of these bits, as a number: sentences meet more than patterns need */
    Py_ssize_t patterns;
    PyObject **numbers; /* by pattern, what it is called */
} Candidates;

static void candidates_dealloc(Candidates *self)
{
    PyTypeObject *type = Py_TYPE(self);
    types_free(&self->types);
    for (Py_ssize_t i = 0; self->numbers != NULL && i < self->patterns; i++) {
        Py_XDECREF(self->numbers[i]);
    }
    Py_XDECREF(self->asked);
    shared_free(&self->here);
    shared_free(&self->before);
    shared_free(&self->behind);
    PyMem_Free(self->needs);
    PyMem_Free(self->numbers);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static int candidates_fill(Candidates *self, PyObject *here, PyObject *before, PyObject *behind, PyObject *patterns, PyObject *edge)
{
    if (types_add_keys(&self->types, here) < 0 || types_add_keys(&self->types, before) < 0 ||
        types_add_keys(&self->types, behind) < 0 || (self->edge = types_add(&self->types, edge)) < 0) {
        return -1;
    }
    if (shared_fill(&self->here, &self->types, here, self->width) < 0 ||
        shared_fill(&self->before, &self->types, before, self->width) < 0 ||
        shared_fill(&self->behind, &self->types, behind, self->width) < 0) {
        return -1;
    }
    self->needs = PyMem_Calloc((size_t)(self->patterns * self->needed) + 1, sizeof(uint64_t));
    self->numbers = PyMem_Calloc((size_t)self->patterns + 1, sizeof(PyObject *));
    if (self->needs == NULL || self->numbers == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < self->patterns; i++) {
        PyObject *number, *needs;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(patterns, i), "OO", &number, &needs) ||
            bits_read(needs, self->needs + i * self->needed, self->needed) < 0) {
            return -1;
        }
        self->numbers[i] = Py_NewRef(number);
    }
    return 0;
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
    if (self->asked == NULL || candidates_fill(self, here, before, behind, patterns, edge) < 0) {
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

/* Whether all of `needs` is in `met`. */
static inline bool is_met(const uint64_t *needs, const uint64_t *met, Py_ssize_t width)
{
    for (Py_ssize_t i = 0; i < width; i++) {
        if (needs[i] & ~met[i]) {
            return false;
        }
    }
    return true;
}

/* Add the patterns that can fit at a place, between the types `last` and `next`. */
static int candidates_at(const Candidates *self, PyObject *out, Py_ssize_t at, int32_t last, int32_t type, int32_t next,
                         const uint64_t *met)
{
    const uint64_t *here = self->here.rows + self->here.of[type] * self->width,
                   *before = self->before.rows + self->before.of[last] * self->width,
                   *behind = self->behind.rows + self->behind.of[next] * self->width;
    PyObject *told = NULL; /* a pattern with several openings is told once */
    for (Py_ssize_t word = 0; word < self->width; word++) {
        uint64_t fit = here[word] & before[word] & behind[word];
        for (Py_ssize_t pattern = word * ROW_BITS; fit; fit >>= 1, pattern++) {
            if (fit & 1 && self->numbers[pattern] != told && is_met(self->needs + pattern * self->needed, met, self->needed)) {
                told = self->numbers[pattern];
                if (candidates_add(self, out, at, pattern) < 0) {
                    return -1;
                }
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
        int32_t last = self->edge, type = count ? types_number(&self->types, PyUnicode_READ(kind, data, 0)) : 0;
        out = PyList_New(0);
        for (Py_ssize_t at = 0; out != NULL && at < count; at++) {
            const int32_t next = at + 1 < count ? types_number(&self->types, PyUnicode_READ(kind, data, at + 1)) : self->edge;
            if (self->here.of[type] && candidates_at(self, out, at, last, type, next, met) < 0) {
                Py_CLEAR(out);
            }
            last = type;
            type = next;
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
