/* Sets of characters, many of them: whether a character is in a set is a bit of the row that the character has, of all sets.
   Many characters have the same row. */

#ifndef EXTRACTOR_SETS_H
#define EXTRACTOR_SETS_H

#include "bits.h"

typedef struct {
    PyObject_HEAD
    Py_UCS4 first; /* the characters that have a row of their own, from the first to the last */
    Py_UCS4 last;
    int32_t *of; /* by character from the first on, the number of its row; before it that of all below, at the end of all above */
    uint64_t *rows;
    Py_ssize_t width;
} Sets;

static inline bool sets_has(const Sets *sets, Py_UCS4 c, uint32_t set)
{
    const size_t at = c < sets->first ? 0 : c > sets->last ? (size_t)(sets->last - sets->first) + 2 : c - sets->first + 1;
    return bits_has(sets->rows + sets->of[at] * sets->width, set);
}

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

#endif
