/* Segments of a sentence, as `extractor.segments.Segmenter` cuts them. What is remembered of tokens is looked up where they
   stand in the text, without making strings of them; what is new is read by the same Python as there. */

#include "known_tokens.h"
#include "module.h"

enum { BITS = 4, PLACES = 1 << 12 }; /* as in extractor.segments; numbers below PLACES << BITS are kept at hand */

static PyObject *places[PLACES]; /* numbers of tokens, BITS up */

/* -- a sentence ------------------------------------------------------------------------------------------------------ */

/* A token found in a text. */
typedef struct {
    Py_ssize_t start;
    Py_ssize_t end;
    uint64_t hash;
    Token *token;
} Found;

typedef struct {
    Found *found;
    Py_ssize_t count;
} Tokens;

/* Find where tokens stand, then look each up: memory is asked for what the first needs while the others are read. */
static inline int tokenize(Segmenter *self, const int kind, const void *data, Py_ssize_t at, Py_ssize_t end, Tokens *out)
{
    Py_ssize_t count = 0;
    while (at < end) {
        uint64_t hash;
        if (!scan_class(PyUnicode_READ(kind, data, at))) {
            at++;
            continue;
        }
        const Py_ssize_t next = scan_hashed(kind, data, at, end, self->seed, &hash);
        SCAN_PREFETCH(&self->slots[(size_t)hash & self->mask]);
        out->found[count++] = (Found){at, next, hash, NULL};
        at = next;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        const Slot *slot = &self->slots[(size_t)out->found[i].hash & self->mask];
        if (slot->token != NULL) {
            SCAN_PREFETCH(slot->token);
            SCAN_PREFETCH(&slot->token->form);
        }
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        const Slot *slot = &self->slots[(size_t)out->found[i].hash & self->mask];
        if (slot->token != NULL) {
            SCAN_PREFETCH(slot->token->text);
            SCAN_PREFETCH(slot->token->value);
            SCAN_PREFETCH(slot->token->code);
        }
    }
    for (; out->count < count; out->count++) {
        Found *found = &out->found[out->count];
        found->token = token_at(self, found->hash, kind, data, found->start, found->end);
        if (found->token == NULL) {
            return -1;
        }
    }
    return 0;
}

static PyObject *place_of(Py_ssize_t token, Py_ssize_t letters)
{
    return letters == 0 && token < PLACES ? Py_NewRef(places[token]) : PyLong_FromSsize_t(token << BITS | letters);
}

/* Append to a list, which takes over the reference. */
static int add(PyObject *list, PyObject *item)
{
    const int done = item == NULL ? -1 : PyList_Append(list, item);
    Py_XDECREF(item);
    return done;
}

/* A segment as it will stand in the lists; the first four are references. */
typedef struct {
    PyObject *word, *set, *begin, *stop;
    Py_UCS4 type;
} Segment;

typedef struct {
    PyObject *tokens;
    PyObject *numeric;
    Segment *segments;
    Py_ssize_t count;
    Py_ssize_t room;
} Segmented;

/* Add a segment, of which all references are taken over but that of its type, `code`; NULL where there was an error before. */
static int add_known(Segmented *out, PyObject *word, PyObject *set, PyObject *begin, PyObject *stop, PyObject *code, int numeric)
{
    if (out->count == out->room) {
        const Py_ssize_t room = 2 * (out->room + 1);
        Segment *segments = PyMem_Realloc(out->segments, (size_t)room * sizeof(Segment));
        if (segments == NULL) {
            PyErr_NoMemory();
            code = NULL;
        }
        else {
            out->segments = segments;
            out->room = room;
        }
    }
    if (code != NULL && (!PyUnicode_Check(code) || PyUnicode_GET_LENGTH(code) != 1)) {
        PyErr_SetString(PyExc_TypeError, "a type is a string of one character");
        code = NULL;
    }
    if (word == NULL || set == NULL || begin == NULL || stop == NULL || code == NULL || numeric < 0 ||
        (numeric && add(out->numeric, PyLong_FromSsize_t(out->count)) < 0)) {
        Py_XDECREF(word);
        Py_XDECREF(set);
        Py_XDECREF(begin);
        Py_XDECREF(stop);
        return -1;
    }
    out->segments[out->count++] = (Segment){word, set, begin, stop, PyUnicode_READ_CHAR(code, 0)};
    return 0;
}

static int add_segment(const Segmenter *self, Segmented *out, PyObject *word, PyObject *set, PyObject *begin, PyObject *stop)
{
    PyObject *code = set == NULL ? NULL : code_of(self, set);
    const int numeric = code == NULL || word == NULL ? -1 : is_numeric(self, word);
    const int done = add_known(out, word, set, begin, stop, code, numeric);
    Py_XDECREF(code);
    return done;
}

/* Ask for the phrase that begins at a token: its reading set in `index`, left alone where there is none, and how many tokens
   it takes behind that one; -1 with an error. */
static Py_ssize_t ask(PyObject *answer, PyObject **index)
{
    if (answer == NULL) {
        return -1;
    }
    PyObject *found;
    Py_ssize_t taken;
    if (!PyArg_ParseTuple(answer, "On", &found, &taken)) {
        taken = -1;
    }
    else if (taken > 0) {
        Py_XSETREF(*index, Py_NewRef(found));
    }
    Py_DECREF(answer);
    return taken;
}

static Py_ssize_t ask_phrase(const Segmenter *self, PyObject *word, PyObject *sizes, PyObject *following, PyObject *tokens,
                             Py_ssize_t at, PyObject **index)
{
    const int can = sizes == NULL ? 0 : PySequence_Contains(sizes, following);
    return can <= 0 ? can : ask(PyObject_CallFunction(self->phrase, "OOOn", word, sizes, tokens, at), index);
}

static PyObject *joined(PyObject *form, PyObject *tokens, Py_ssize_t at, Py_ssize_t done)
{
    PyObject *parts = PyList_GetSlice(tokens, at, done), *space = PyUnicode_FromOrdinal(' '), *out = NULL;
    if (parts != NULL && space != NULL) {
        PyList_SetItem(parts, 0, Py_NewRef(form));
        out = PyUnicode_Join(space, parts);
    }
    Py_XDECREF(parts);
    Py_XDECREF(space);
    return out;
}

/* Add the segments of the token at `at`, a `Word`; returns the place past it or past the phrase that it begins, -1 with an
   error. */
static Py_ssize_t add_word(const Segmenter *self, const Tokens *found, Py_ssize_t at, Segmented *out)
{
    const Token *token = found->found[at].token;
    const bool can = at + 1 < found->count && token->begun & hash_bit(found->found[at + 1].hash);
    PyObject *following = can ? found->found[at + 1].token->text : NULL;
    PyObject *index = NULL, *form = token->text, *led_form = NULL, *led_proclitics = NULL;
    Py_ssize_t skipped = 0, done = -1;
    Py_ssize_t taken = can ? ask_phrase(self, token->text, token->whole, following, out->tokens, at, &index) : 0;
    if (taken == 0) {
        PyObject *proclitics = token->proclitics;
        Py_ssize_t led = 0;
        form = token->form;
        skipped = token->skipped;
        if (token->led != NULL) {
            led = ask(PyObject_CallFunction(self->phrase_led, "OOn", token->led, out->tokens, at), &index);
            if (led > 0) {
                PyObject *skip = NULL;
                if (word_field(token->led, FORM, &led_form) < 0 || word_field(token->led, PROCLITICS, &led_proclitics) < 0 ||
                    word_field(token->led, SKIPPED, &skip) < 0) {
                    led = -1;
                }
                else if (!led_form || !skip || !led_proclitics || !PyTuple_Check(led_proclitics)) {
                    PyErr_SetString(PyExc_TypeError, "a word behind a preposition has a form and a tuple of proclitics");
                    led = -1;
                }
                else {
                    form = led_form;
                    proclitics = led_proclitics;
                    skipped = PyLong_AsSsize_t(skip);
                }
                Py_XDECREF(skip);
            }
        }
        for (Py_ssize_t i = 0; led >= 0 && i < PyTuple_GET_SIZE(proclitics); i++) {
            PyObject *letter, *set;
            if (!PyArg_ParseTuple(PyTuple_GET_ITEM(proclitics, i), "OO", &letter, &set) ||
                add_segment(self, out, Py_NewRef(letter), Py_NewRef(set), place_of(at, i), place_of(at, i + 1)) < 0) {
                led = -1;
            }
        }
        taken = led;
        if (led == 0) {
            index = Py_NewRef(token->known);
            taken = can ? ask_phrase(self, form, token->behind, following, out->tokens, at, &index) : 0;
        }
    }
    if (taken >= 0) {
        PyObject *begin = place_of(at, skipped), *stop = place_of(at + taken, 0);
        const int added = taken ? add_segment(self, out, joined(form, out->tokens, at, at + 1 + taken), Py_NewRef(index), begin, stop)
                                : add_known(out, Py_NewRef(form), Py_NewRef(index), begin, stop, token->code, token->numeric);
        if (added == 0) {
            done = at + 1 + taken;
        }
    }
    Py_XDECREF(index);
    Py_XDECREF(led_form);
    Py_XDECREF(led_proclitics);
    return done;
}

static int segment(const Segmenter *self, const Tokens *found, Segmented *out)
{
    for (Py_ssize_t at = 0; at < found->count;) {
        Token *token = found->found[at].token;
        if (token->value == NULL && token->form == NULL && token_read(self, token) < 0) {
            return -1;
        }
        if (token->value != NULL) {
            if (add_known(out, Py_NewRef(token->text), Py_NewRef(token->value), place_of(at, 0), place_of(at, 0),
                          token->code, token->numeric) < 0) {
                return -1;
            }
            at++;
        }
        else {
            at = add_word(self, found, at, out);
            if (at < 0) {
                return -1;
            }
        }
    }
    return 0;
}

/* The segments as lists, which take over their references. */
static PyObject *listed(Segmented *out)
{
    const Py_ssize_t count = out->count;
    PyObject *words = PyList_New(count), *sets = PyList_New(count), *begins = PyList_New(count), *stops = PyList_New(count);
    PyObject *result = NULL, *types = NULL;
    Py_UCS4 *characters = PyMem_Malloc((size_t)(count + 1) * sizeof(Py_UCS4));
    if (characters == NULL) {
        PyErr_NoMemory();
    }
    else if (words && sets && begins && stops) {
        for (Py_ssize_t i = 0; i < count; i++) {
            const Segment *segment = &out->segments[i];
            PyList_SET_ITEM(words, i, segment->word);
            PyList_SET_ITEM(sets, i, segment->set);
            PyList_SET_ITEM(begins, i, segment->begin);
            PyList_SET_ITEM(stops, i, segment->stop);
            characters[i] = segment->type;
        }
        out->count = 0;
        types = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, characters, count);
    }
    if (types != NULL) {
        result = PyTuple_Pack(7, out->tokens, words, sets, begins, stops, types, out->numeric);
    }
    PyMem_Free(characters);
    Py_XDECREF(types);
    Py_XDECREF(words);
    Py_XDECREF(sets);
    Py_XDECREF(begins);
    Py_XDECREF(stops);
    return result;
}

static PyObject *segmenter_segments(Segmenter *self, PyObject *const *args, Py_ssize_t given)
{
    if (given != 3 || !PyUnicode_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "segments() takes a text, a start and an end");
        return NULL;
    }
    PyObject *text = args[0], *result = NULL;
    const Py_ssize_t start = PyLong_AsSsize_t(args[1]), end = PyLong_AsSsize_t(args[2]);
    if (PyErr_Occurred()) {
        return NULL;
    }
    if (start < 0 || end < start || end > PyUnicode_GET_LENGTH(text)) {
        PyErr_SetString(PyExc_IndexError, "a sentence lies outside its text");
        return NULL;
    }
    if (self->count > MOST) {
        forget(self);
    }
    if (self->slots == NULL && grow(self, FIRST_SLOTS) < 0) {
        return NULL;
    }
    Tokens found = {PyMem_Malloc((size_t)(end - start + 1) * sizeof(Found)), 0};
    if (found.found == NULL) {
        return PyErr_NoMemory();
    }
    const Text read = text_of(text);
    int failed;
    switch (read.kind) {
    case PyUnicode_1BYTE_KIND:
        failed = tokenize(self, PyUnicode_1BYTE_KIND, read.data, start, end, &found);
        break;
    case PyUnicode_2BYTE_KIND:
        failed = tokenize(self, PyUnicode_2BYTE_KIND, read.data, start, end, &found);
        break;
    default:
        failed = tokenize(self, PyUnicode_4BYTE_KIND, read.data, start, end, &found);
    }
    if (!failed) {
        Segmented out = {PyList_New(found.count), PyList_New(0), NULL, 0, 0};
        if (out.tokens && out.numeric) {
            for (Py_ssize_t i = 0; i < found.count; i++) {
                PyList_SET_ITEM(out.tokens, i, Py_NewRef(found.found[i].token->text));
            }
            result = segment(self, &found, &out) < 0 ? NULL : listed(&out);
        }
        for (Py_ssize_t i = 0; i < out.count; i++) {
            Py_XDECREF(out.segments[i].word);
            Py_XDECREF(out.segments[i].set);
            Py_XDECREF(out.segments[i].begin);
            Py_XDECREF(out.segments[i].stop);
        }
        PyMem_Free(out.segments);
        Py_XDECREF(out.tokens);
        Py_XDECREF(out.numeric);
    }
    for (Py_ssize_t i = 0; i < found.count; i++) {
        Py_DECREF(found.found[i].token);
    }
    PyMem_Free(found.found);
    return result;
}

/* -- the type ------------------------------------------------------------------------------------------------------- */

static PyObject *segmenter_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"read", "phrase", "phrase_led", "codes", "starts", "lexicon", NULL};
    PyObject *read, *phrase, *phrase_led, *codes, *starts, *lexicon = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOOO!O!|O", names, &read, &phrase, &phrase_led, &PyList_Type, &codes,
                                     &PyFrozenSet_Type, &starts, &lexicon)) {
        return NULL;
    }
    Segmenter *self = (Segmenter *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->read = Py_NewRef(read);
    self->phrase = Py_NewRef(phrase);
    self->phrase_led = Py_NewRef(phrase_led);
    self->codes = Py_NewRef(codes);
    self->starts = Py_NewRef(starts);
    PyObject *module = PyType_GetModule(type);
    self->token_type = module == NULL ? NULL : (PyTypeObject *)PyObject_GetAttrString(module, "Token");
    if (self->token_type == NULL || scan_seed(&self->seed) < 0 ||
        (lexicon != Py_None && forms_fill(&self->forms, lexicon, self->seed) < 0)) {
        Py_CLEAR(self);
    }
    return (PyObject *)self;
}

static int segmenter_traverse(Segmenter *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->token_type);
    Py_VISIT(self->read);
    Py_VISIT(self->phrase);
    Py_VISIT(self->phrase_led);
    Py_VISIT(self->codes);
    Py_VISIT(self->starts);
    Py_VISIT(self->forms.unlisted);
    Py_VISIT(self->forms.proclitics);
    return 0;
}

static int segmenter_clear(Segmenter *self)
{
    Py_CLEAR(self->read);
    Py_CLEAR(self->phrase);
    Py_CLEAR(self->phrase_led);
    Py_CLEAR(self->codes);
    Py_CLEAR(self->starts);
    forms_free(&self->forms);
    return 0;
}

static void segmenter_dealloc(Segmenter *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    forget(self);
    (void)segmenter_clear(self);
    Py_XDECREF(self->token_type);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static PyMethodDef segmenter_methods[] = {
    {"segments", (PyCFunction)(void (*)(void))segmenter_segments, METH_FASTCALL,
     "segments(text, start, end)\n--\n\nThe segments of a sentence of a folded text, as `extractor.segments.Segments`."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot segmenter_slots[] = {
    {Py_tp_doc, "Cuts sentences into segments; remembers tokens."},
    {Py_tp_new, segmenter_new},
    {Py_tp_dealloc, segmenter_dealloc},
    {Py_tp_traverse, segmenter_traverse},
    {Py_tp_clear, segmenter_clear},
    {Py_tp_methods, segmenter_methods},
    {0, NULL},
};

static PyType_Spec segmenter_spec = {"extractor.native.segments.Segmenter", sizeof(Segmenter), 0,
                                     Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, segmenter_slots};

static int segments_exec(PyObject *module)
{
    for (Py_ssize_t i = 0; i < PLACES; i++) {
        if (places[i] == NULL && (places[i] = PyLong_FromSsize_t(i << BITS)) == NULL) {
            return -1;
        }
    }
    for (int i = 0; i < FIELDS; i++) {
        if (fields[i] == NULL && (fields[i] = PyUnicode_InternFromString(field_names[i])) == NULL) {
            return -1;
        }
    }
    return module_add(module, &token_spec) | module_add(module, &segmenter_spec);
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, segments_exec}, {0, NULL}};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "segments", "Segments of a sentence, in C.", 0, NULL,
                                    module_slots, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_segments(void)
{
    return PyModuleDef_Init(&module);
}
