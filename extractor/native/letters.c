/* The folding of letters of `extractor.text.fold`, in one pass over a text. The tables are those of that module. */

#include "module.h"
#include <stdbool.h>
#include <stdint.h>

enum { PLANE = 0x10000 };
/* What stands in the table beside the letter that another is folded to. */
enum { REMOVED = 1 << 24, EXPANDED = 1 << 25, DRAWN = 1 << 26, LETTER = (1 << 21) - 1 };

typedef struct {
    PyObject_HEAD
    uint32_t table[PLANE]; /* characters beyond are left as they are */
} Letters;

static int letters_flag(Letters *self, PyObject *characters, uint32_t flag)
{
    for (Py_ssize_t i = 0; i < PyUnicode_GET_LENGTH(characters); i++) {
        const Py_UCS4 c = PyUnicode_READ_CHAR(characters, i);
        if (c >= PLANE) {
            PyErr_SetString(PyExc_ValueError, "a letter to fold lies beyond the basic plane");
            return -1;
        }
        self->table[c] |= flag;
    }
    return 0;
}

static int letters_fill(Letters *self, PyObject *table)
{
    PyObject *from, *to;
    Py_ssize_t at = 0;
    for (uint32_t c = 0; c < PLANE; c++) {
        self->table[c] = c;
    }
    while (PyDict_Next(table, &at, &from, &to)) {
        const long c = PyLong_AsLong(from);
        if (c < 0 || c >= PLANE || !PyUnicode_Check(to) || PyUnicode_GET_LENGTH(to) > 1) {
            if (!PyErr_Occurred()) {
                PyErr_SetString(PyExc_ValueError, "a table of letters has characters and for each one character or none");
            }
            return -1;
        }
        self->table[c] = PyUnicode_GET_LENGTH(to) ? PyUnicode_READ_CHAR(to, 0) : REMOVED;
    }
    return 0;
}

static PyObject *letters_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"table", "expanded", "drawn", NULL};
    PyObject *table, *expanded, *drawn;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!UU", names, &PyDict_Type, &table, &expanded, &drawn)) {
        return NULL;
    }
    Letters *self = (Letters *)type->tp_alloc(type, 0);
    if (self != NULL && (letters_fill(self, table) < 0 || letters_flag(self, expanded, EXPANDED) < 0 ||
                         letters_flag(self, drawn, DRAWN) < 0)) {
        Py_CLEAR(self);
    }
    return (PyObject *)self;
}

static void letters_dealloc(Letters *self)
{
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

/* Fold `count` characters into `out`, of `width` bytes each; how many there are then, or -1 where one becomes several or
   several one. */
static inline Py_ssize_t letters_write(const Letters *self, const int kind, const void *data, Py_ssize_t count,
                                       const int width, void *out)
{
    Py_ssize_t written = 0;
    Py_UCS4 before = 0, last = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        const Py_UCS4 c = PyUnicode_READ(kind, data, i);
        const uint32_t entry = c < PLANE ? self->table[c] : c;
        if (entry > LETTER) {
            if (entry & EXPANDED || (entry & DRAWN && c == last && c == before)) {
                return -1;
            }
        }
        before = last;
        last = c;
        if (!(entry & REMOVED)) {
            PyUnicode_WRITE(width, out, written, entry & LETTER);
            written++;
        }
    }
    return written;
}

static PyObject *letters_fold(Letters *self, PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "what is folded is a string");
        return NULL;
    }
    const int kind = PyUnicode_KIND(text);
    const int width = kind == PyUnicode_4BYTE_KIND ? PyUnicode_4BYTE_KIND : PyUnicode_2BYTE_KIND;
    const void *data = PyUnicode_DATA(text);
    const Py_ssize_t count = PyUnicode_GET_LENGTH(text);
    void *out = PyMem_Malloc((size_t)(count + 1) * (size_t)width);
    if (out == NULL) {
        return PyErr_NoMemory();
    }
    Py_ssize_t written;
    switch (kind) {
    case PyUnicode_1BYTE_KIND:
        written = letters_write(self, PyUnicode_1BYTE_KIND, data, count, PyUnicode_2BYTE_KIND, out);
        break;
    case PyUnicode_2BYTE_KIND:
        written = letters_write(self, PyUnicode_2BYTE_KIND, data, count, PyUnicode_2BYTE_KIND, out);
        break;
    default:
        written = letters_write(self, PyUnicode_4BYTE_KIND, data, count, PyUnicode_4BYTE_KIND, out);
    }
    PyObject *folded = written < 0 ? Py_NewRef(Py_None) : PyUnicode_FromKindAndData(width, out, written);
    PyMem_Free(out);
    return folded;
}

static PyObject *letters_marks(Letters *self, PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "what holds marks is a string");
        return NULL;
    }
    const int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    const Py_ssize_t count = PyUnicode_GET_LENGTH(text);
    PyObject *found = PyList_New(0);
    for (Py_ssize_t i = 0; found != NULL && i < count; i++) {
        const Py_UCS4 c = PyUnicode_READ(kind, data, i);
        if (c < PLANE && self->table[c] & REMOVED) {
            PyObject *place = PyLong_FromSsize_t(i - PyList_GET_SIZE(found));
            if (place == NULL || PyList_Append(found, place) < 0) {
                Py_CLEAR(found);
            }
            Py_XDECREF(place);
        }
    }
    return found;
}

static PyMethodDef letters_methods[] = {
    {"fold", (PyCFunction)letters_fold, METH_O,
     "fold(text)\n--\n\nThe text with its letters folded; None where a character becomes several, or several one."},
    {"marks", (PyCFunction)letters_marks, METH_O,
     "marks(text)\n--\n\nThe place of each character that is removed, less how many are before it."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot letters_slots[] = {
    {Py_tp_doc, "Folds letters by a table of code points."},
    {Py_tp_new, letters_new},
    {Py_tp_dealloc, letters_dealloc},
    {Py_tp_methods, letters_methods},
    {0, NULL},
};

static PyType_Spec letters_spec = {"extractor.native.letters.Letters", sizeof(Letters), 0, Py_TPFLAGS_DEFAULT, letters_slots};

static int letters_exec(PyObject *module)
{
    return module_add(module, &letters_spec);
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, letters_exec}, {0, NULL}};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "letters", "The folding of letters, in C.", 0, NULL,
                                    module_slots, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_letters(void)
{
    return PyModuleDef_Init(&module);
}
