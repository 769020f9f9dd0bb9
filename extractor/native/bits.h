/* Numbers of bits, as `extractor.rules.char_bits` has them, in rows of 64-bit words; and the types of segments as numbers. */

#ifndef EXTRACTOR_BITS_H
#define EXTRACTOR_BITS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { ROW_BITS = 64 };

/* Words in a row of so many bits; one at least. */
static inline Py_ssize_t bits_width(Py_ssize_t bits)
{
    return bits / ROW_BITS + 1;
}

/* The bits of a number into a row; -1 with an error where it is negative or has more. */
static int bits_read(PyObject *number, uint64_t *row, Py_ssize_t width)
{
    PyObject *bytes = PyObject_CallMethod(number, "to_bytes", "ns", width * 8, "little");
    if (bytes == NULL) {
        return -1;
    }
    const uint8_t *read = (const uint8_t *)PyBytes_AS_STRING(bytes);
    for (Py_ssize_t i = 0; i < width; i++) {
        row[i] = 0;
        for (int byte = 7; byte >= 0; byte--) {
            row[i] = row[i] << 8 | read[i * 8 + byte];
        }
    }
    Py_DECREF(bytes);
    return 0;
}

/* The number of a row. */
static inline PyObject *bits_number(const uint64_t *row, Py_ssize_t width)
{
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, width * 8), *number = NULL;
    if (bytes != NULL) {
        uint8_t *write = (uint8_t *)PyBytes_AS_STRING(bytes);
        for (Py_ssize_t i = 0; i < width * 8; i++) {
            write[i] = (uint8_t)(row[i / 8] >> i % 8 * 8);
        }
        number = PyObject_CallMethod((PyObject *)&PyLong_Type, "from_bytes", "Os", bytes, "little");
        Py_DECREF(bytes);
    }
    return number;
}

/* The number of a row in which every bit is set. */
static inline PyObject *bits_all(Py_ssize_t width)
{
    uint64_t *row = PyMem_Malloc((size_t)width * sizeof(uint64_t));
    if (row == NULL) {
        return PyErr_NoMemory();
    }
    memset(row, 0xff, (size_t)width * sizeof(uint64_t));
    PyObject *number = bits_number(row, width);
    PyMem_Free(row);
    return number;
}

static inline bool bits_has(const uint64_t *row, Py_ssize_t bit)
{
    return row[bit / ROW_BITS] >> bit % ROW_BITS & 1;
}

/* Numbers that are put one behind another while something is read. */
typedef struct {
    int32_t *numbers;
    Py_ssize_t count;
    Py_ssize_t room;
} Pool;

static inline int pool_put(Pool *pool, int32_t number)
{
    if (pool->count == pool->room) {
        pool->room = pool->room ? 2 * pool->room : 1024;
        int32_t *numbers = PyMem_Realloc(pool->numbers, (size_t)pool->room * sizeof(int32_t));
        if (numbers == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        pool->numbers = numbers;
    }
    pool->numbers[pool->count++] = number;
    return 0;
}

/* -- types ----------------------------------------------------------------------------------------------------------- */

/* Characters that stand for types of segments. They lie beside each other, so that a type has for its number the place of its
   character among them, from 1 on; 0 is the number of all others. `edge`, where there is one, stands for what is no segment
   and lies apart: its number is the last. */
typedef struct {
    Py_UCS4 first;
    Py_UCS4 last;
    Py_UCS4 edge;
    bool any;
    bool edged;
} Types;

/* How many numbers there are. */
static inline size_t types_count(const Types *types)
{
    return types->any ? (size_t)(types->last - types->first) + 3 : 2;
}

static inline size_t types_number(const Types *types, Py_UCS4 c)
{
    if (types->any && c - types->first <= types->last - types->first) {
        return c - types->first + 1;
    }
    return types->edged && c == types->edge ? types_count(types) - 1 : 0;
}

/* Take up the types that are keys of a dict, as strings of one character; -1 with an error. Their numbers hold once all are. */
static inline int types_add_keys(Types *types, PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t at = 0;
    while (PyDict_Next(dict, &at, &key, &value)) {
        if (!PyUnicode_Check(key) || PyUnicode_GET_LENGTH(key) != 1) {
            PyErr_SetString(PyExc_TypeError, "a type is a string of one character");
            return -1;
        }
        const Py_UCS4 c = PyUnicode_READ_CHAR(key, 0);
        if (types->edged && c == types->edge) {
            continue;
        }
        types->first = !types->any || c < types->first ? c : types->first;
        types->last = !types->any || c > types->last ? c : types->last;
        types->any = true;
    }
    return 0;
}

/* Rows of which many types have the same: kept once each, so that those in use lie together. */
typedef struct {
    int32_t *of; /* by type, the number of its row */
    uint64_t *rows;
} Shared;

/* A row for each type, of the numbers that `dict` has for some; -1 with an error. */
static inline int shared_fill(Shared *shared, const Types *types, PyObject *dict, Py_ssize_t width)
{
    PyObject *numbers = PyDict_New(), *key, *value; /* a row, as a number -> its number; that of none is 0 */
    Py_ssize_t at = 0;
    shared->of = PyMem_Calloc(types_count(types), sizeof(int32_t));
    shared->rows = PyMem_Calloc((size_t)(PyDict_GET_SIZE(dict) + 1) * (size_t)width, sizeof(uint64_t));
    int failed = numbers == NULL || shared->of == NULL || shared->rows == NULL;
    while (!failed && PyDict_Next(dict, &at, &key, &value)) {
        PyObject *next = PyLong_FromSsize_t(PyDict_GET_SIZE(numbers) + 1);
        PyObject *number = next == NULL ? NULL : PyDict_SetDefault(numbers, value, next);
        const int32_t row = number == NULL ? -1 : (int32_t)PyLong_AsLong(number);
        failed = row < 0 || (number == next && bits_read(value, shared->rows + row * width, width) < 0);
        if (!failed) {
            shared->of[types_number(types, PyUnicode_READ_CHAR(key, 0))] = row;
        }
        Py_XDECREF(next);
    }
    if (failed && !PyErr_Occurred()) {
        PyErr_NoMemory();
    }
    Py_XDECREF(numbers);
    return failed ? -1 : 0;
}

#endif
