/* The sieve of `extractor.sieve`, which weighs wide numbers of bits for every segment, in C. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { WORD_BITS = 64 };

/* Where the demands of a type begin in `pool`, and how many there are. Of each: how many bits must be met before the trigger,
   and these; how many behind it, and these; how many right behind it, any of which will do, and these. */
typedef struct {
    int32_t first;
    int32_t count;
} Demands;

typedef struct {
    PyObject_HEAD
    Py_ssize_t sets;
    int32_t *types;  /* reading set -> number of its type */
    Py_ssize_t width; /* words of 64 bits */
    uint64_t *meets; /* what each type meets, `width` words each */
    Demands *demands;
    int32_t *pool;
    Py_ssize_t pooled;
    Py_ssize_t room;
} Sieve;

static void sieve_dealloc(Sieve *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyMem_Free(self->types);
    PyMem_Free(self->meets);
    PyMem_Free(self->demands);
    PyMem_Free(self->pool);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

/* The bits of a number that is not negative, into `width` words. */
static int sieve_bits(PyObject *number, uint64_t *into, Py_ssize_t width)
{
    PyObject *bytes = PyObject_CallMethod(number, "to_bytes", "ns", width * 8, "little");
    if (bytes == NULL) {
        return -1;
    }
    const uint8_t *read = (const uint8_t *)PyBytes_AS_STRING(bytes);
    for (Py_ssize_t i = 0; i < width; i++) {
        into[i] = 0;
        for (int byte = 7; byte >= 0; byte--) {
            into[i] = into[i] << 8 | read[i * 8 + byte];
        }
    }
    Py_DECREF(bytes);
    return 0;
}

static int sieve_put(Sieve *self, int32_t number)
{
    if (self->pooled == self->room) {
        self->room = self->room ? 2 * self->room : 1024;
        int32_t *pool = PyMem_Realloc(self->pool, (size_t)self->room * sizeof(int32_t));
        if (pool == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        self->pool = pool;
    }
    self->pool[self->pooled++] = number;
    return 0;
}

/* Put how many bits of `number` are set, and these, into the pool. */
static int sieve_put_bits(Sieve *self, PyObject *number, uint64_t *scratch)
{
    if (sieve_bits(number, scratch, self->width) < 0) {
        return -1;
    }
    const Py_ssize_t at = self->pooled;
    int failed = sieve_put(self, 0);
    for (Py_ssize_t bit = 0; !failed && bit < self->width * WORD_BITS; bit++) {
        if (scratch[bit / WORD_BITS] >> bit % WORD_BITS & 1) {
            failed = sieve_put(self, (int32_t)bit);
            self->pool[at] += failed ? 0 : 1;
        }
    }
    return failed;
}

static int sieve_put_demands(Sieve *self, Demands *demands, PyObject *rows, uint64_t *scratch)
{
    demands->first = (int32_t)self->pooled;
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

/* The types of all reading sets, each with a number, in the order in which they come up. */
static PyObject *sieve_numbered(Sieve *self, PyObject *codes)
{
    PyObject *numbers = PyDict_New();
    for (Py_ssize_t i = 0; numbers != NULL && i < self->sets; i++) {
        PyObject *code = PyList_GET_ITEM(codes, i), *next = PyLong_FromSsize_t(PyDict_GET_SIZE(numbers));
        PyObject *number = next == NULL ? NULL : PyDict_SetDefault(numbers, code, next);
        self->types[i] = number == NULL ? 0 : (int32_t)PyLong_AsLong(number);
        Py_XDECREF(next);
        if (number == NULL) {
            Py_CLEAR(numbers);
        }
    }
    return numbers;
}

static int sieve_fill(Sieve *self, PyObject *bits, PyObject *of, PyObject *numbers)
{
    uint64_t *scratch = PyMem_Calloc((size_t)self->width, sizeof(uint64_t));
    PyObject *code, *number;
    Py_ssize_t at = 0;
    int failed = scratch == NULL;
    while (!failed && PyDict_Next(numbers, &at, &code, &number)) {
        const Py_ssize_t type = PyLong_AsSsize_t(number);
        PyObject *met = PyDict_GetItemWithError(bits, code), *rows = PyDict_GetItemWithError(of, code);
        failed = PyErr_Occurred() || (met != NULL && sieve_bits(met, self->meets + type * self->width, self->width) < 0) ||
                 (rows != NULL && sieve_put_demands(self, &self->demands[type], rows, scratch) < 0);
    }
    PyMem_Free(scratch);
    return failed ? -1 : 0;
}

static PyObject *sieve_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"bits", "of", "codes", "width", NULL};
    PyObject *bits, *of, *codes;
    Py_ssize_t width;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!O!O!n", names, &PyDict_Type, &bits, &PyDict_Type, &of, &PyList_Type,
                                     &codes, &width)) {
        return NULL;
    }
    Sieve *self = (Sieve *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->sets = PyList_GET_SIZE(codes);
    self->width = (width + WORD_BITS - 1) / WORD_BITS + 1;
    self->types = PyMem_Calloc((size_t)self->sets + 1, sizeof(int32_t));
    PyObject *numbers = self->types == NULL ? PyErr_NoMemory() : sieve_numbered(self, codes);
    if (numbers != NULL) {
        const size_t types = (size_t)PyDict_GET_SIZE(numbers) + 1;
        self->meets = PyMem_Calloc(types * (size_t)self->width, sizeof(uint64_t));
        self->demands = PyMem_Calloc(types, sizeof(Demands));
        if (self->meets == NULL || self->demands == NULL) {
            PyErr_NoMemory();
        }
        if (PyErr_Occurred() || sieve_fill(self, bits, of, numbers) < 0) {
            Py_CLEAR(numbers);
        }
    }
    if (numbers == NULL) {
        Py_CLEAR(self);
    }
    Py_XDECREF(numbers);
    return (PyObject *)self;
}

static inline bool has(const uint64_t *bits, int32_t bit)
{
    return bits[bit / WORD_BITS] >> bit % WORD_BITS & 1;
}

/* Step over a list of bits in the pool; whether `bits` has all of them, or, with `any`, one of them or none is asked for. */
static inline bool take(const int32_t **pool, const uint64_t *bits, bool any)
{
    const int32_t count = *(*pool)++;
    bool all = true, some = count == 0;
    for (int32_t i = 0; i < count; i++) {
        const bool met = bits != NULL && has(bits, (*pool)[i]);
        all = all && met;
        some = some || met;
    }
    *pool += count;
    return any ? some : all;
}

static bool fits(const Sieve *self, const Demands *demands, const uint64_t *before, const uint64_t *behind,
                 const uint64_t *beside)
{
    const int32_t *pool = self->pool + demands->first;
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

/* The bits as a number. */
static PyObject *sieve_number(const uint64_t *bits, Py_ssize_t width)
{
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, width * 8), *out = NULL;
    if (bytes != NULL) {
        uint8_t *write = (uint8_t *)PyBytes_AS_STRING(bytes);
        for (Py_ssize_t i = 0; i < width * 8; i++) {
            write[i] = (uint8_t)(bits[i / 8] >> i % 8 * 8);
        }
        out = PyObject_CallMethod((PyObject *)&PyLong_Type, "from_bytes", "Os", bytes, "little");
        Py_DECREF(bytes);
    }
    return out;
}

static PyObject *sieve_met(Sieve *self, PyObject *sets)
{
    if (!PyList_Check(sets)) {
        PyErr_SetString(PyExc_TypeError, "the reading sets of a sentence are a list");
        return NULL;
    }
    const Py_ssize_t count = PyList_GET_SIZE(sets), width = self->width;
    int32_t *types = PyMem_Malloc(((size_t)count + 1) * sizeof(int32_t));
    /* What all segments before a place meet together, and all from a place on: one row more than segments each. */
    uint64_t *rows = PyMem_Calloc(2 * ((size_t)count + 1) * (size_t)width, sizeof(uint64_t));
    PyObject *out = NULL;
    bool asked = false;
    if (types == NULL || rows == NULL) {
        PyErr_NoMemory();
    }
    for (Py_ssize_t at = 0; !PyErr_Occurred() && at < count; at++) {
        const Py_ssize_t set = PyLong_AsSsize_t(PyList_GET_ITEM(sets, at));
        if (set < 0 || set >= self->sets) {
            if (!PyErr_Occurred()) {
                PyErr_SetString(PyExc_IndexError, "no such reading set");
            }
            break;
        }
        types[at] = self->types[set];
        asked = asked || self->demands[types[at]].count;
    }
    if (!PyErr_Occurred()) {
        uint64_t *before = rows, *from = rows + (count + 1) * width;
        bool fit = false;
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
        out = fit ? sieve_number(from, width) : Py_NewRef(Py_None);
    }
    PyMem_Free(types);
    PyMem_Free(rows);
    return out;
}

static PyMethodDef sieve_methods[] = {
    {"met", (PyCFunction)sieve_met, METH_O,
     "met(sets)\n--\n\nWhat the segments of a sentence meet together, as bits; None where no rule could match in it."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot sieve_slots[] = {
    {Py_tp_doc, "Tells hopeless sentences by the reading sets of their segments."},
    {Py_tp_new, sieve_new},
    {Py_tp_dealloc, sieve_dealloc},
    {Py_tp_methods, sieve_methods},
    {0, NULL},
};

static PyType_Spec sieve_spec = {"extractor.native.sieve.Sieve", sizeof(Sieve), 0, Py_TPFLAGS_DEFAULT, sieve_slots};

static int sieve_exec(PyObject *module)
{
    PyObject *type = PyType_FromModuleAndSpec(module, &sieve_spec, NULL);
    const int done = type == NULL ? -1 : PyModule_AddType(module, (PyTypeObject *)type);
    Py_XDECREF(type);
    return done;
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, sieve_exec}, {0, NULL}};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "sieve", "The sieve, in C.", 0, NULL, module_slots, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_sieve(void)
{
    return PyModuleDef_Init(&module);
}
