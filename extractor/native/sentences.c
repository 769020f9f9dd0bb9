/* Sentences of a folded text and the places of their tokens, as `extractor.text.tokens` finds them, and the words of lines, as
   `extractor.text.furniture.words` does. */

#include "scan.h"

static inline bool ends_sentence(Py_UCS4 c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x061f;
}

static inline bool closes(Py_UCS4 c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']';
}

/* Whether the dots at `at:end` end no sentence: behind a one-letter word, or several of them within a line. */
static bool is_pause(const int kind, const void *data, Py_ssize_t at, Py_ssize_t end, Py_ssize_t size)
{
    if (end - at > 1 && PyUnicode_READ(kind, data, at + 1) == '.') {
        return end < size && PyUnicode_READ(kind, data, end) != '\n' &&
               !(end + 1 < size && PyUnicode_READ(kind, data, end + 1) == '\n');
    }
    if (end - at > 1) {
        return false;
    }
    const bool abbreviation = at >= 2 && Py_UNICODE_ISALPHA(PyUnicode_READ(kind, data, at - 1)) &&
                              !Py_UNICODE_ISALPHA(PyUnicode_READ(kind, data, at - 2));
    return at == 1 || (abbreviation && at + 1 < size && PyUnicode_READ(kind, data, at + 1) == ' ');
}

/* Past the boundary that begins at `at`, or `at` where none does. */
static Py_ssize_t boundary(const int kind, const void *data, Py_ssize_t at, Py_ssize_t size)
{
    const Py_UCS4 first = PyUnicode_READ(kind, data, at);
    Py_ssize_t end = at + 1;
    if (first == '\n') {
        while (end < size && Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, end))) {
            end++;
        }
        return end;
    }
    if (!ends_sentence(first)) {
        return at;
    }
    const Py_UCS4 before = at ? PyUnicode_READ(kind, data, at - 1) : 0;
    if (before == '.' || before == 0x2026) {
        return at;
    }
    while (end < size && ends_sentence(PyUnicode_READ(kind, data, end))) {
        end++;
    }
    while (end < size && closes(PyUnicode_READ(kind, data, end))) {
        end++;
    }
    return end == size || Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, end)) ? end : at;
}

/* The next character from `at` on that a boundary can begin with, `size` where there is none. */
static inline Py_ssize_t skip_within(const int kind, const void *data, Py_ssize_t at, Py_ssize_t size)
{
    for (; at < size; at++) {
        const Py_UCS4 c = PyUnicode_READ(kind, data, at);
        if (c > '?' ? c == 0x061f : c == '\n' || ends_sentence(c)) {
            break;
        }
    }
    return at;
}

static Py_ssize_t next_boundary(const int kind, const void *data, Py_ssize_t at, Py_ssize_t size)
{
    switch (kind) {
    case PyUnicode_1BYTE_KIND:
        return skip_within(PyUnicode_1BYTE_KIND, data, at, size);
    case PyUnicode_2BYTE_KIND:
        return skip_within(PyUnicode_2BYTE_KIND, data, at, size);
    default:
        return skip_within(PyUnicode_4BYTE_KIND, data, at, size);
    }
}

/* Add a span, unless it holds white space alone. */
static int add_span(PyObject *out, const int kind, const void *data, Py_ssize_t start, Py_ssize_t end)
{
    Py_ssize_t at = start;
    while (at < end && Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at))) {
        at++;
    }
    if (at == end) {
        return 0;
    }
    PyObject *span = Py_BuildValue("nn", start, end);
    const int done = span == NULL ? -1 : PyList_Append(out, span);
    Py_XDECREF(span);
    return done;
}

static PyObject *sentences_spans(PyObject *Py_UNUSED(module), PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "a text is a string");
        return NULL;
    }
    const int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    const Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    PyObject *out = PyList_New(0);
    Py_ssize_t start = 0, at = 0;
    while (out != NULL && (at = next_boundary(kind, data, at, size)) < size) {
        const Py_ssize_t end = boundary(kind, data, at, size);
        if (end == at) {
            at++;
            continue;
        }
        const Py_UCS4 first = PyUnicode_READ(kind, data, at);
        if (first != '.' || !is_pause(kind, data, at, end, size)) {
            if (add_span(out, kind, data, start, first == '\n' ? at : end) < 0) {
                Py_CLEAR(out);
            }
            start = end;
        }
        at = end;
    }
    if (out != NULL && add_span(out, kind, data, start, size) < 0) {
        Py_CLEAR(out);
    }
    return out;
}

/* Where the next word, number or sign from `at` on begins, `end` where there is none, and past it in `past`. */
static Py_ssize_t next_word(const int kind, const void *data, Py_ssize_t at, Py_ssize_t end, Py_ssize_t *past)
{
    while (at < end && (!scan_class(PyUnicode_READ(kind, data, at)) || PyUnicode_READ(kind, data, at) == '\n')) {
        at++;
    }
    *past = at + 1;
    if (at < end) {
        const uint8_t class = scan_class(PyUnicode_READ(kind, data, at));
        while (class != SIGN && *past < end && scan_class(PyUnicode_READ(kind, data, *past)) == class) {
            ++*past;
        }
    }
    return at;
}

static PyObject *sentences_words(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t given)
{
    if (given != 4 || !PyUnicode_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "words() takes a text, a start, an end and a number");
        return NULL;
    }
    const Py_ssize_t start = PyLong_AsSsize_t(args[1]), end = PyLong_AsSsize_t(args[2]), most = PyLong_AsSsize_t(args[3]);
    if (PyErr_Occurred()) {
        return NULL;
    }
    if (start < 0 || end < start || end > PyUnicode_GET_LENGTH(args[0])) {
        PyErr_SetString(PyExc_IndexError, "a line lies outside its text");
        return NULL;
    }
    const int kind = PyUnicode_KIND(args[0]);
    const void *data = PyUnicode_DATA(args[0]);
    Py_ssize_t count = 0, past;
    for (Py_ssize_t at = start; next_word(kind, data, at, end, &past) < end; at = past) {
        if (++count > most) {
            Py_RETURN_NONE; /* as most lines have: no string is made for them */
        }
    }
    PyObject *out = PyList_New(count);
    for (Py_ssize_t i = 0, at = start; out != NULL && i < count; i++, at = past) {
        const Py_ssize_t first = next_word(kind, data, at, end, &past);
        PyObject *word = PyUnicode_Substring(args[0], first, past);
        if (word == NULL) {
            Py_CLEAR(out);
            break;
        }
        PyList_SET_ITEM(out, i, word);
    }
    return out;
}

static PyObject *sentences_token_starts(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t given)
{
    if (given != 3 || !PyUnicode_Check(args[0]) || !PyList_Check(args[2])) {
        PyErr_SetString(PyExc_TypeError, "token_starts() takes a text, a place and a list of tokens");
        return NULL;
    }
    const int kind = PyUnicode_KIND(args[0]);
    const void *data = PyUnicode_DATA(args[0]);
    const Py_ssize_t size = PyUnicode_GET_LENGTH(args[0]), count = PyList_GET_SIZE(args[2]);
    Py_ssize_t at = PyLong_AsSsize_t(args[1]);
    PyObject *out = PyErr_Occurred() ? NULL : PyList_New(count);
    for (Py_ssize_t i = 0; out != NULL && i < count; i++) {
        PyObject *token = PyList_GET_ITEM(args[2], i), *start = NULL;
        while (at >= 0 && at < size && !scan_class(PyUnicode_READ(kind, data, at))) {
            at++;
        }
        if (at < 0 || !PyUnicode_Check(token) || PyUnicode_GET_LENGTH(token) > size - at) {
            PyErr_SetString(PyExc_ValueError, "these are not the tokens of the text");
        }
        else {
            start = PyLong_FromSsize_t(at);
            at += PyUnicode_GET_LENGTH(token);
        }
        if (start == NULL) {
            Py_CLEAR(out);
            break;
        }
        PyList_SET_ITEM(out, i, start);
    }
    return out;
}

static PyMethodDef sentences_methods[] = {
    {"token_starts", (PyCFunction)(void (*)(void))sentences_token_starts, METH_FASTCALL,
     "token_starts(text, at, tokens)\n--\n\nWhere each token begins, as `extractor.text.tokens.token_starts` tells it."},
    {"words", (PyCFunction)(void (*)(void))sentences_words, METH_FASTCALL,
     "words(text, start, end, most)\n--\n\nThe words, numbers and signs of a line; None where there are more than `most`."},
    {"spans", sentences_spans, METH_O,
     "spans(text)\n--\n\nSpans of the sentences of a folded text, in order, together covering all but white space."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot module_slots[] = {{0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "sentences", "Sentences, in C.", 0, sentences_methods, module_slots, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_sentences(void)
{
    return PyModuleDef_Init(&module);
}
