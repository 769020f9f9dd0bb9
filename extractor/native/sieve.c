/* The sieve of `extractor.sieve`, which weighs wide numbers of bits for every segment, in C. */

#include "bits.h"
#include "module.h"

/* Of a type: which row of what it meets it has; where its demands begin in `pool`, and how many there are. Of each: how many
   bits must be met before the trigger, and these; how many behind it, and these; how many right behind it, any of which will
   do, and these. */
typedef struct {
    int32_t meets;
    int32_t first;
    int32_t count;
} Kind;

typedef struct {
    PyObject_HEAD
    Types types;
    Py_ssize_t width;
    Kind *kinds;     /* by type */
    uint64_t *meets; /* rows of what types meet */
    Pool pool;
} Sieve;

static void sieve_dealloc(Sieve *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyMem_Free(self->kinds);
    PyMem_Free(self->meets);
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

static int sieve_put_demands(Sieve *self, Kind *kind, PyObject *rows, uint64_t *scratch)
{
    kind->first = (int32_t)self->pool.count;
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
    kind->count = (int32_t)count;
    return count < 0 ? -1 : 0;
}

static int sieve_fill(Sieve *self, PyObject *bits, PyObject *of)
{
    if (types_add_keys(&self->types, bits) < 0 || types_add_keys(&self->types, of) < 0) {
        return -1;
    }
    uint64_t *scratch = PyMem_Calloc((size_t)self->width, sizeof(uint64_t));
    self->kinds = PyMem_Calloc(types_count(&self->types), sizeof(Kind));
    int failed = scratch == NULL || self->kinds == NULL;
    if (failed) {
        PyErr_NoMemory();
    }
    Shared meets = {NULL, NULL};
    failed = failed || shared_fill(&meets, &self->types, bits, self->width) < 0;
    for (size_t i = 0; !failed && i < types_count(&self->types); i++) {
        self->kinds[i].meets = meets.of[i];
    }
    PyMem_Free(meets.of);
    self->meets = meets.rows;
    PyObject *code, *rows;
    Py_ssize_t at = 0;
    while (!failed && PyDict_Next(of, &at, &code, &rows)) {
        Kind *kind = &self->kinds[types_number(&self->types, PyUnicode_READ_CHAR(code, 0))];
        failed = sieve_put_demands(self, kind, rows, scratch) < 0;
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

/* Step over a list of bits in the pool; whether `bits` has all of them. */
static inline bool take_all(const int32_t **pool, const uint64_t *bits)
{
    const int32_t *next = *pool + 1, *end = next + **pool;
    *pool = end;
    while (next < end && bits_has(bits, *next)) {
        next++;
    }
    return next == end;
}

/* The same, whether `bits` has one of them or none is asked for; NULL has none. */
static inline bool take_any(const int32_t **pool, const uint64_t *bits)
{
    const int32_t *next = *pool + 1, *end = next + **pool;
    const bool free = next == end;
    *pool = end;
    while (bits != NULL && next < end && !bits_has(bits, *next)) {
        next++;
    }
    return free || (bits != NULL && next < end);
}

static bool fits(const Sieve *self, const Kind *kind, const uint64_t *before, const uint64_t *behind, const uint64_t *beside)
{
    const int32_t *pool = self->pool.numbers + kind->first;
    for (int32_t i = 0; i < kind->count; i++) {
        const bool left = take_all(&pool, before), right = take_all(&pool, behind), next = take_any(&pool, beside);
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
    const Kind **kinds = PyMem_Malloc(((size_t)count + 1) * sizeof(Kind *));
    if (kinds == NULL) {
        return PyErr_NoMemory();
    }
    Py_ssize_t asked = 0; /* segments of which something is asked */
    for (Py_ssize_t at = 0; at < count; at++) {
        kinds[at] = self->kinds + types_number(&self->types, PyUnicode_READ(kind, data, at));
        asked += kinds[at]->count > 0;
    }
    PyObject *out = NULL;
    /* What all segments meet together, what those before a place do, and, for each that is asked, those behind it. */
    uint64_t *every = PyMem_Calloc((size_t)(asked + 2) * (size_t)width, sizeof(uint64_t));
    if (every == NULL) {
        PyErr_NoMemory();
    }
    else {
        uint64_t *before = every + width, *behind = before + width;
        bool fit = false;
        Py_ssize_t last = asked;
        for (Py_ssize_t at = count - 1; asked && at >= 0; at--) {
            if (kinds[at]->count) {
                memcpy(behind + --last * width, every, (size_t)width * sizeof(uint64_t));
            }
            unite(every, self->meets + kinds[at]->meets * width, width);
        }
        for (Py_ssize_t at = 0; !fit && last < asked; at++) {
            if (kinds[at]->count) {
                const uint64_t *beside = at + 1 < count ? self->meets + kinds[at + 1]->meets * width : NULL;
                fit = fits(self, kinds[at], before, behind + last++ * width, beside);
            }
            unite(before, self->meets + kinds[at]->meets * width, width);
        }
        out = fit ? bits_number(every, width) : Py_NewRef(Py_None);
    }
    PyMem_Free(kinds);
    PyMem_Free(every);
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
