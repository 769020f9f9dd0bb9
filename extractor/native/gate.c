/* The gate of `extractor.rules.gate`: which sentences of a text are worth reading, told in one pass over its letters.

   The words are looked up where they stand in the text, without making strings of them. */

#include "module.h"
#include "scan.h"

enum { FILTER_BITS = 1 << 20 };

/* What the gate knows of a word: that it opens by itself, the group beside which it opens, the groups that it is of. */
typedef struct {
    PyObject *text;
    int32_t alone;
    int32_t beside;  /* number of a group, -1 for none */
    int32_t members; /* where its groups begin in `groups_of`, which end with -1; -1 for none */
} Word;

/* A slot of the table: the upper half of the hash, so that what is another word is seldom looked at, and its number plus one,
   0 for none. */
typedef struct {
    uint32_t upper;
    uint32_t number;
} Slot;

typedef struct {
    PyObject_HEAD
    uint64_t seed;
    Word *words;
    Slot *slots;
    size_t mask;
    Py_ssize_t count;
    int32_t *groups_of;
    Py_ssize_t groups;
    /* A bit for each value of some bits of the hash, set where a word has it: small enough to stay near, it spares most words of
       a text the look into the table. */
    uint64_t filter[FILTER_BITS / 64];
} Gate;

/* The slot of a word, or the empty one where it belongs. */
static inline Slot *gate_slot(const Gate *self, uint64_t hash, const int kind, const void *data, Py_ssize_t at, Py_ssize_t end)
{
    const uint32_t upper = (uint32_t)(hash >> 32);
    for (size_t place = (size_t)hash & self->mask;; place = (place + 1) & self->mask) {
        Slot *slot = &self->slots[place];
        if (!slot->number || (slot->upper == upper && scan_equal(kind, data, at, end - at, self->words[slot->number - 1].text))) {
            return slot;
        }
    }
}

/* The word `text`, added where it is not known. */
static Word *gate_word(Gate *self, PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "the words of a gate are strings");
        return NULL;
    }
    const Text read = text_of(text);
    const Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    const uint64_t hash = scan_hash(read.kind, read.data, 0, size, self->seed);
    Slot *slot = gate_slot(self, hash, read.kind, read.data, 0, size);
    if (!slot->number) {
        self->words[self->count] = (Word){Py_NewRef(text), 0, -1, -1};
        slot->upper = (uint32_t)(hash >> 32);
        self->filter[hash % FILTER_BITS / 64] |= (uint64_t)1 << hash % 64;
        slot->number = (uint32_t)++self->count;
    }
    return &self->words[slot->number - 1];
}

static void gate_dealloc(Gate *self)
{
    PyTypeObject *type = Py_TYPE(self);
    for (Py_ssize_t i = 0; i < self->count; i++) {
        Py_DECREF(self->words[i].text);
    }
    PyMem_Free(self->words);
    PyMem_Free(self->slots);
    PyMem_Free(self->groups_of);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

/* The groups by their names, each with its number and its words; the words of all of them together in `words`. */
static PyObject *gate_numbered(PyObject *groups, Py_ssize_t *words)
{
    PyObject *numbers = PyDict_New(), *name, *members;
    Py_ssize_t at = 0;
    while (numbers != NULL && PyDict_Next(groups, &at, &name, &members)) {
        PyObject *number = PyLong_FromSsize_t(PyDict_GET_SIZE(numbers));
        const Py_ssize_t size = PyObject_Size(members);
        if (number == NULL || size < 0 || PyDict_SetItem(numbers, name, number) < 0) {
            Py_CLEAR(numbers);
        }
        Py_XDECREF(number);
        *words += size;
    }
    return numbers;
}

/* Each word of each group with the numbers of its groups, as a dict of lists. */
static PyObject *gate_members(PyObject *groups, PyObject *numbers)
{
    PyObject *found = PyDict_New(), *name, *members;
    Py_ssize_t at = 0;
    while (found != NULL && PyDict_Next(groups, &at, &name, &members)) {
        PyObject *words = PyObject_GetIter(members), *word;
        while (words != NULL && (word = PyIter_Next(words)) != NULL) {
            PyObject *list = PyDict_GetItemWithError(found, word);
            int failed = 0;
            if (list == NULL) {
                list = PyErr_Occurred() ? NULL : PyList_New(0);
                failed = list == NULL || PyDict_SetItem(found, word, list) < 0;
                Py_XDECREF(list); /* the dict holds it */
            }
            failed = failed || PyList_Append(list, PyDict_GetItem(numbers, name)) < 0;
            Py_DECREF(word);
            if (failed) {
                break;
            }
        }
        Py_XDECREF(words);
        if (PyErr_Occurred()) {
            Py_CLEAR(found);
        }
    }
    return found;
}

static int gate_fill(Gate *self, PyObject *free, PyObject *pairs, PyObject *numbers, PyObject *members)
{
    PyObject *words = PyObject_GetIter(free), *word, *value;
    while (words != NULL && (word = PyIter_Next(words)) != NULL) {
        Word *known = gate_word(self, word);
        Py_DECREF(word);
        if (known == NULL) {
            break;
        }
        known->alone = 1;
    }
    Py_XDECREF(words);
    Py_ssize_t at = 0, end = 0;
    while (!PyErr_Occurred() && PyDict_Next(pairs, &at, &word, &value)) {
        PyObject *number = PyDict_GetItemWithError(numbers, value);
        Word *known = number == NULL ? NULL : gate_word(self, word);
        if (known == NULL) {
            if (!PyErr_Occurred()) {
                PyErr_SetObject(PyExc_KeyError, value);
            }
            return -1;
        }
        known->alone = 0;
        known->beside = (int32_t)PyLong_AsLong(number);
    }
    at = 0;
    while (!PyErr_Occurred() && PyDict_Next(members, &at, &word, &value)) {
        Word *known = gate_word(self, word);
        if (known == NULL) {
            return -1;
        }
        known->members = (int32_t)end;
        for (Py_ssize_t i = 0; i < PyList_GET_SIZE(value); i++) {
            self->groups_of[end++] = (int32_t)PyLong_AsLong(PyList_GET_ITEM(value, i));
        }
        self->groups_of[end++] = -1;
    }
    return PyErr_Occurred() ? -1 : 0;
}

static PyObject *gate_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"words", "pairs", "groups", NULL};
    PyObject *words, *pairs, *groups;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OO!O!", names, &words, &PyDict_Type, &pairs, &PyDict_Type, &groups)) {
        return NULL;
    }
    const Py_ssize_t size = PyObject_Size(words);
    Py_ssize_t grouped = 0;
    PyObject *numbers = size < 0 ? NULL : gate_numbered(groups, &grouped);
    PyObject *members = numbers == NULL ? NULL : gate_members(groups, numbers);
    Gate *self = members == NULL ? NULL : (Gate *)type->tp_alloc(type, 0);
    if (self != NULL) {
        const size_t most = (size_t)(size + PyDict_GET_SIZE(pairs) + PyDict_GET_SIZE(members));
        size_t slots = 16;
        while (slots < 2 * most) {
            slots *= 2;
        }
        self->mask = slots - 1;
        self->groups = PyDict_GET_SIZE(numbers);
        self->words = PyMem_Calloc(most + 1, sizeof(Word));
        self->slots = PyMem_Calloc(slots, sizeof(Slot));
        self->groups_of = PyMem_Calloc((size_t)grouped + (size_t)PyDict_GET_SIZE(members) + 1, sizeof(int32_t));
        if (self->words == NULL || self->slots == NULL || self->groups_of == NULL) {
            PyErr_NoMemory();
        }
        if (PyErr_Occurred() || scan_seed(&self->seed) < 0 || gate_fill(self, words, pairs, numbers, members) < 0) {
            Py_CLEAR(self);
        }
    }
    Py_XDECREF(members);
    Py_XDECREF(numbers);
    return (PyObject *)self;
}

/* Whether a sentence is worth reading. `wanted` and `there` have room for all groups. */
static inline bool gate_opens(const Gate *self, const int kind, const void *data, Py_ssize_t at, Py_ssize_t end,
                              uint8_t *wanted, uint8_t *there)
{
    bool wants = false, has = false;
    while (at < end) {
        if (scan_class(PyUnicode_READ(kind, data, at)) != LETTER) {
            at++;
            continue;
        }
        uint64_t hash;
        const Py_ssize_t next = scan_hashed(kind, data, at, end, self->seed, &hash);
        const bool maybe = self->filter[hash % FILTER_BITS / 64] >> hash % 64 & 1;
        const uint32_t number = maybe ? gate_slot(self, hash, kind, data, at, next)->number : 0;
        at = next;
        if (!number) {
            continue;
        }
        const Word *word = &self->words[number - 1];
        if (word->alone) {
            return true;
        }
        if (word->beside >= 0) {
            wants = true;
            wanted[word->beside] = 1;
        }
        if (word->members >= 0) {
            has = true;
            for (const int32_t *group = &self->groups_of[word->members]; *group >= 0; group++) {
                there[*group] = 1;
            }
        }
    }
    if (!wants || !has) {
        return false;
    }
    for (Py_ssize_t group = 0; group < self->groups; group++) {
        if (wanted[group] & there[group]) {
            return true;
        }
    }
    return false;
}

static PyObject *gate_open(Gate *self, PyObject *const *args, Py_ssize_t given)
{
    if (given != 2 || !PyUnicode_Check(args[0]) || !PyList_Check(args[1])) {
        PyErr_SetString(PyExc_TypeError, "open() takes a text and a list of spans");
        return NULL;
    }
    PyObject *text = args[0], *spans = args[1];
    const Py_ssize_t count = PyList_GET_SIZE(spans), length = PyUnicode_GET_LENGTH(text);
    const size_t room = 2 * (size_t)self->groups + 1;
    uint8_t *marks = PyMem_Calloc(room, 1);
    PyObject *out = marks == NULL ? PyErr_NoMemory() : PyList_New(count);
    const Text read = text_of(text);
    for (Py_ssize_t i = 0; out != NULL && i < count; i++) {
        Py_ssize_t start, end;
        PyObject *span = PyList_GET_ITEM(spans, i);
        if (!PyTuple_Check(span) || !PyArg_ParseTuple(span, "nn", &start, &end)) {
            if (!PyErr_Occurred()) {
                PyErr_SetString(PyExc_TypeError, "a span is a tuple of two numbers");
            }
            Py_CLEAR(out);
            break;
        }
        if (start < 0 || end > length) {
            PyErr_SetString(PyExc_IndexError, "a sentence lies outside its text");
            Py_CLEAR(out);
            break;
        }
        uint8_t *wanted = marks, *there = marks + self->groups;
        memset(marks, 0, room);
        bool opens;
        switch (read.kind) {
        case PyUnicode_1BYTE_KIND:
            opens = gate_opens(self, PyUnicode_1BYTE_KIND, read.data, start, end, wanted, there);
            break;
        case PyUnicode_2BYTE_KIND:
            opens = gate_opens(self, PyUnicode_2BYTE_KIND, read.data, start, end, wanted, there);
            break;
        default:
            opens = gate_opens(self, PyUnicode_4BYTE_KIND, read.data, start, end, wanted, there);
        }
        PyList_SET_ITEM(out, i, Py_NewRef(opens ? Py_True : Py_False));
    }
    PyMem_Free(marks);
    return out;
}

static PyMethodDef gate_methods[] = {
    {"open", (PyCFunction)(void (*)(void))gate_open, METH_FASTCALL,
     "open(text, spans)\n--\n\nFor each of `spans`, a list of sentences of a folded text, whether it is worth reading."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot gate_slots[] = {
    {Py_tp_doc, "A gate of words that open it, of words that do beside one of a group, and of these groups."},
    {Py_tp_new, gate_new},
    {Py_tp_dealloc, gate_dealloc},
    {Py_tp_methods, gate_methods},
    {0, NULL},
};

static PyType_Spec gate_spec = {"extractor.native.gate.Gate", sizeof(Gate), 0, Py_TPFLAGS_DEFAULT, gate_slots};

static int gate_exec(PyObject *module)
{
    return module_add(module, &gate_spec);
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, gate_exec}, {0, NULL}};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "gate", "The gate, in C.", 0, NULL, module_slots, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_gate(void)
{
    return PyModuleDef_Init(&module);
}
