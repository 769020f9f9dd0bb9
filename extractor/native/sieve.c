/* The sieve of `extractor.sieve`, which weighs wide numbers of bits for every segment, in C. */

#include "bits.h"
#include "module.h"

/* Where the demands of a type begin in `pool`, and how many there are. Of each: how many bits must be met before the trigger,
   and these; how many behind it, and these; how many right behind it, any of which will do, and these. */
typedef struct {
    int32_t first;
    int32_t count;
} Demands;

typedef struct {
    PyObject_HEAD
    Types types;
    Py_ssize_t width;
    uint64_t *meets; /* by type, a row of what it meets */
    Demands *demands;
    Pool pool;
} Sieve;

static void sieve_dealloc(Sieve *self)
{
    PyTypeObject *type = Py_TYPE(self);
    types_free(&self->types);
    PyMem_Free(self->meets);
    PyMem_Free(self->demands);
    PyMem_Free(self->pool.numbers);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

/* Put how many bits of `number` are set, and these, into the pool. */
static int sieve_put_bits(Sieve *self, PyObject *number, uint64_t *scratch)
{
    if (bits_read(number, scratch, self->width) < 0) {
        return -1;
    }
    const Py_ssize_t at = self->pool.count;
    int failed = pool_put(&self->pool, 0);
    for (Py_ssize_t bit = 0; !failed && bit < self->width * ROW_BITS; bit++) {
        if (bits_has(scratch, bit)) {
            failed = pool_put(&self->pool, (int32_t)bit);
            self->pool.numbers[at] += failed ? 0 : 1;
        }
    }
    return failed;
}

static int sieve_put_demands(Sieve *self, Demands *demands, PyObject *rows, uint64_t *scratch)
{
    demands->first = (int32_t)self->pool.count;
    const Py_ssize_t count = PySequence_Size(rows);
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *row = PySequence_GetItem(rows, i), *before, *behind, *beside;
        const int failed = row == NULL || !PyArg_ParseTuple(row, "OOO", &before, &behind, &beside) ||
                           sieve_put_bits(self, before, scratch) < 0 || sieve_put_bits(self, behind, scratch) < 0 ||
                           sieve_put_bits(self, beside, scratch) < 0;
        Py_XDECREF(row);
        if (failed) {
            return -1;
        }
    }
    demands->count = (int32_t)count;
    return count < 0 ? -1 : 0;
}

static int sieve_fill(Sieve *self, PyObject *bits, PyObject *of)
{
    if (types_add_keys(&self->types, bits) < 0 || types_add_keys(&self->types, of) < 0) {
        return -1;
    }
    uint64_t *scratch = PyMem_Calloc((size_t)self->width, sizeof(uint64_t));
    self->demands = PyMem_Calloc((size_t)self->types.count + 1, sizeof(Demands));
    self->meets = types_rows(&self->types, bits, self->width);
    int failed = scratch == NULL || self->demands == NULL || self->meets == NULL;
    if (failed && !PyErr_Occurred()) {
        PyErr_NoMemory();
    }
    PyObject *code, *rows;
    Py_ssize_t at = 0;
    while (!failed && PyDict_Next(of, &at, &code, &rows)) {
        Demands *demands = &self->demands[types_number(&self->types, PyUnicode_READ_CHAR(code, 0))];
        failed = sieve_put_demands(self, demands, rows, scratch) < 0;
    }
    PyMem_Free(scratch);
    return failed ? -1 : 0;
}

static PyObject *sieve_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"bits", "of", "width", NULL};
    PyObject *bits, *of;
    Py_ssize_t width;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!O!n", names, &PyDict_Type, &bits, &PyDict_Type, &of, &width)) {
        return NULL;
    }
    Sieve *self = (Sieve *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->width = bits_width(width);
    if (sieve_fill(self, bits, of) < 0) {
        Py_CLEAR(self);
    }
    return (PyObject *)self;
}

/* Step over a list of bits in the pool; whether `bits` has all of them, or, with `any`, one of them or none is asked for. */
static inline bool take(const int32_t **pool, const uint64_t *bits, bool any)
{
    const int32_t count = *(*pool)++;
    bool all = true, some = count == 0;
    for (int32_t i = 0; i < count; i++) {
        const bool met = bits != NULL && bits_has(bits, (*pool)[i]);
        all = all && met;
        some = some || met;
    }
    *pool += count;
    return any ? some : all;
}

static bool fits(const Sieve *self, const Demands *demands, const uint64_t *before, const uint64_t *behind,
                 const uint64_t *beside)
{
    const int32_t *pool = self->pool.numbers + demands->first;
    for (int32_t i = 0; i < demands->count; i++) {
        const bool left = take(&pool, before, false), right = take(&pool, behind, false), next = take(&pool, beside, true);
        if (left && right && next) {
            return true;
        }
    }
    return false;
}

static void unite(uint64_t *into, const uint64_t *bits, Py_ssize_t width)
{
    for (Py_ssize_t i = 0; i < width; i++) {
        into[i] |= bits[i];
    }
}

static PyObject *sieve_met(Sieve *self, PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "the types of a sentence are a string");
        return NULL;
    }
    const int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    const Py_ssize_t count = PyUnicode_GET_LENGTH(text), width = self->width;
    int32_t *types = PyMem_Malloc(((size_t)count + 1) * sizeof(int32_t));
    /* What all segments before a place meet together; and for each place, and past the end, all from there on. */
    uint64_t *before = PyMem_Calloc(((size_t)count + 2) * (size_t)width, sizeof(uint64_t)), *from = before + width;
    PyObject *out = NULL;
    if (types == NULL || before == NULL) {
        PyErr_NoMemory();
    }
    else {
        bool asked = false, fit = false;
        for (Py_ssize_t at = 0; at < count; at++) {
            types[at] = types_number(&self->types, PyUnicode_READ(kind, data, at));
            asked = asked || self->demands[types[at]].count;
        }
        for (Py_ssize_t at = count - 1; asked && at >= 0; at--) {
            memcpy(from + at * width, from + (at + 1) * width, (size_t)width * sizeof(uint64_t));
            unite(from + at * width, self->meets + types[at] * width, width);
        }
        for (Py_ssize_t at = 0; asked && !fit && at < count; at++) {
            const Demands *demands = &self->demands[types[at]];
            fit = demands->count && fits(self, demands, before, from + (at + 1) * width,
                                         at + 1 < count ? self->meets + types[at + 1] * width : NULL);
            unite(before, self->meets + types[at] * width, width);
        }
        out = fit ? bits_number(from, width) : Py_NewRef(Py_None);
    }
    PyMem_Free(types);
    PyMem_Free(before);
    return out;
}

static PyMethodDef sieve_methods[] = {
    {"met", (PyCFunction)sieve_met, METH_O,
     "met(types)\n--\n\nWhat the segments of a sentence meet together, as bits; None where no rule could match in it."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot sieve_slots[] = {
    {Py_tp_doc, "Tells hopeless sentences by the types of their segments."},
    {Py_tp_new, sieve_new},
    {Py_tp_dealloc, sieve_dealloc},
    {Py_tp_methods, sieve_methods},
    {0, NULL},
};

static PyType_Spec sieve_spec = {"extractor.native.sieve.Sieve", sizeof(Sieve), 0, Py_TPFLAGS_DEFAULT, sieve_slots};

static int sieve_exec(PyObject *module)
{
    return module_add(module, &sieve_spec);
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, sieve_exec}, {0, NULL}};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "sieve", "The sieve, in C.", 0, NULL, module_slots, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_sieve(void)
{
    return PyModuleDef_Init(&module);
}
