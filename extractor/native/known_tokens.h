/* The tokens that `Segmenter` remembers, with what is known of each. */

#ifndef EXTRACTOR_KNOWN_TOKENS_H
#define EXTRACTOR_KNOWN_TOKENS_H

#include "forms.h"

/* What is known of a token. */
typedef struct {
    PyObject_HEAD
    PyObject *text;
    PyObject *value; /* a reading set, or NULL where the token is a `Word` or has not been read yet */
    PyObject *code;  /* the type of that, or of what the word is known as */
    bool numeric;    /* whether a quantity can begin with it, or with the form of the word */
    uint64_t begun;  /* of a word: a bit for the hash of each token that phrases go on with, so that few are looked for in vain */
    /* The fields of its `Word`; `form` is NULL where it is none. */
    PyObject *form;
    PyObject *known;
    PyObject *proclitics;
    PyObject *whole;
    PyObject *behind;
    PyObject *led;
    Py_ssize_t skipped;
} Token;

/* A slot of the table: the hash, so that what is another token is not looked at. */
typedef struct {
    uint64_t hash;
    Token *token;
} Slot;

typedef struct {
    PyObject_HEAD
    PyTypeObject *token_type;
    PyObject *read;       /* token -> a reading set or a `Word` */
    PyObject *phrase;     /* word, sizes, tokens, place -> reading set, tokens taken */
    PyObject *phrase_led; /* `Word`, tokens, place -> the same */
    PyObject *codes;      /* reading set -> type */
    PyObject *starts;     /* words that a quantity can begin with, beside digits */
    Forms forms;          /* none where the lexicon is still packed: then Python reads every token */
    uint64_t seed;
    Slot *slots;
    size_t mask;
    size_t count;
} Segmenter;

enum { FIRST_SLOTS = 1 << 12, MOST = 1 << 16 }; /* tokens remembered at most: what is hostile must not fill the memory */

/* -- tokens --------------------------------------------------------------------------------------------------------- */

static void token_dealloc(Token *self)
{
    PyTypeObject *type = Py_TYPE(self);
    Py_XDECREF(self->text);
    Py_XDECREF(self->value);
    Py_XDECREF(self->code);
    Py_XDECREF(self->form);
    Py_XDECREF(self->known);
    Py_XDECREF(self->proclitics);
    Py_XDECREF(self->whole);
    Py_XDECREF(self->behind);
    Py_XDECREF(self->led);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static PyType_Slot token_slots[] = {{Py_tp_dealloc, token_dealloc}, {0, NULL}};
static PyType_Spec token_spec = {"extractor.native.segments.Token", sizeof(Token), 0,
                                 Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, token_slots};

/* The names of a word's attributes, as Python keeps them, which it finds fast. */
enum { FORM, READ_AS, PROCLITICS, WHOLE, BEHIND, LED, SKIPPED, FIELDS };
static const char *const field_names[FIELDS] = {"form", "known", "proclitics", "whole", "behind", "led", "skipped"};
static PyObject *fields[FIELDS];

/* An attribute of a word; NULL for None. */
static int word_field(PyObject *word, int name, PyObject **field)
{
    PyObject *found = PyObject_GetAttr(word, fields[name]);
    if (found == NULL) {
        return -1;
    }
    if (found == Py_None) {
        Py_CLEAR(found);
    }
    Py_XSETREF(*field, found);
    return 0;
}

/* The type of a reading set; a new reference. */
static PyObject *code_of(const Segmenter *self, PyObject *set)
{
    const Py_ssize_t index = PyLong_AsSsize_t(set);
    return index == -1 && PyErr_Occurred() ? NULL : Py_XNewRef(PyList_GetItem(self->codes, index));
}

/* Whether a quantity can begin with a word; -1 with an error. */
static int is_numeric(const Segmenter *self, PyObject *word)
{
    return PyUnicode_GET_LENGTH(word) && Py_UNICODE_ISDIGIT(PyUnicode_READ_CHAR(word, 0)) ? 1 : PySet_Contains(self->starts, word);
}

/* The bit that stands for a hash among sixty-four. */
static inline uint64_t hash_bit(uint64_t hash)
{
    return (uint64_t)1 << (hash >> 58);
}

/* Add the bits of the tokens that `sizes` of phrases are told for; -1 with an error. */
static int add_begun(const Segmenter *self, PyObject *sizes, uint64_t *begun)
{
    PyObject *next, *told;
    Py_ssize_t at = 0;
    if (sizes != NULL && !PyDict_Check(sizes)) {
        *begun = ~(uint64_t)0; /* whatever it is, it is asked itself */
        return 0;
    }
    while (sizes != NULL && PyDict_Next(sizes, &at, &next, &told)) {
        if (!PyUnicode_Check(next)) {
            PyErr_SetString(PyExc_TypeError, "phrases go on with a string");
            return -1;
        }
        const Text text = text_of(next);
        *begun |= hash_bit(scan_hash(text.kind, text.data, 0, PyUnicode_GET_LENGTH(next), self->seed));
    }
    return 0;
}

/* Note that a token is one word with a reading set; -1 with an error. */
static int token_plain(const Segmenter *self, Token *token, PyObject *value)
{
    PyObject *code = code_of(self, value);
    const int numeric = code == NULL ? -1 : is_numeric(self, token->text);
    if (numeric < 0) {
        Py_XDECREF(code);
        return -1;
    }
    token->numeric = numeric;
    Py_XSETREF(token->code, code);
    Py_XSETREF(token->value, Py_NewRef(value)); /* last: it says that all is read */
    return 0;
}

/* The same of a `Word`, of which all but the form is noted already. */
static int token_word(const Segmenter *self, Token *token, PyObject *form)
{
    if (token->known == NULL || !token->proclitics || !PyTuple_Check(token->proclitics)) {
        PyErr_SetString(PyExc_TypeError, "a word has a reading set and a tuple of proclitics");
        return -1;
    }
    if (form == NULL || !PyUnicode_Check(form)) {
        PyErr_SetString(PyExc_TypeError, "a word has a form");
        return -1;
    }
    if (add_begun(self, token->whole, &token->begun) < 0 || add_begun(self, token->behind, &token->begun) < 0) {
        return -1;
    }
    const int numeric = is_numeric(self, form);
    PyObject *code = numeric < 0 ? NULL : code_of(self, token->known);
    if (code == NULL) {
        return -1;
    }
    token->numeric = numeric;
    Py_XSETREF(token->code, code);
    Py_XSETREF(token->form, Py_NewRef(form)); /* last: it says that all is read */
    return 0;
}

/* Let Python tell what `token` is. */
static int token_asked(const Segmenter *self, Token *token)
{
    PyObject *found = PyObject_CallOneArg(self->read, token->text), *skipped = NULL, *form = NULL;
    int failed = found == NULL;
    if (failed || token->value != NULL || token->form != NULL) { /* another thread was faster, and may be at work with it */
        Py_XDECREF(found);
        return failed ? -1 : 0;
    }
    if (PyLong_Check(found)) {
        failed = token_plain(self, token, found) < 0;
    }
    else {
        failed = word_field(found, READ_AS, &token->known) < 0 || word_field(found, PROCLITICS, &token->proclitics) < 0 ||
                 word_field(found, WHOLE, &token->whole) < 0 || word_field(found, BEHIND, &token->behind) < 0 ||
                 word_field(found, LED, &token->led) < 0 || word_field(found, SKIPPED, &skipped) < 0 ||
                 word_field(found, FORM, &form) < 0;
        token->skipped = failed || skipped == NULL ? 0 : PyLong_AsSsize_t(skipped);
        failed = failed || PyErr_Occurred() || token_word(self, token, form) < 0;
    }
    Py_XDECREF(form);
    Py_XDECREF(skipped);
    Py_DECREF(found);
    return failed ? -1 : 0;
}

/* Read a token whose letters are `letters`, with the forms of the lexicon. */
static int token_looked_up(const Segmenter *self, Token *token, Py_UCS4 *letters)
{
    const Forms *forms = &self->forms;
    const Py_ssize_t size = PyUnicode_GET_LENGTH(token->text);
    const Form *own = forms_find(forms, letters, size);
    PyObject *index = own == NULL ? NULL : own->index, *whole = own == NULL ? NULL : own->sizes, *known = NULL;
    PyObject *form = NULL, *proclitics = NULL;
    const Form *behind = NULL;
    Py_ssize_t skipped = 0;
    if (index != NULL) {
        known = Py_NewRef(index);
    }
    else {
        const Split found = split(forms, letters, size);
        if (found.index != NULL) {
            PyObject *prefix = PyUnicode_Substring(token->text, 0, found.prefix);
            proclitics = prefix == NULL ? NULL : PyObject_CallOneArg(forms->proclitics, prefix);
            Py_XDECREF(prefix);
            known = Py_NewRef(found.index);
            form = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, found.form, found.size);
            behind = forms_find(forms, found.form, found.size);
            skipped = found.skipped;
        }
        else if (leads(forms, letters, size)) {
            return token_asked(self, token); /* seldom */
        }
        else {
            known = PyObject_CallOneArg(forms->unlisted, token->text);
        }
    }
    int failed = PyErr_Occurred() != NULL;
    if (!failed && token->value == NULL && token->form == NULL) { /* else another thread was faster */
        if (form == NULL && whole == NULL) {
            failed = token_plain(self, token, known) < 0;
        }
        else {
            Py_XSETREF(token->known, Py_NewRef(known));
            Py_XSETREF(token->whole, Py_XNewRef(whole));
            Py_XSETREF(token->behind, behind == NULL ? NULL : Py_XNewRef(behind->sizes));
            Py_XSETREF(token->proclitics, proclitics == NULL ? PyTuple_New(0) : Py_NewRef(proclitics));
            token->skipped = skipped;
            failed = token_word(self, token, form == NULL ? token->text : form) < 0;
        }
    }
    Py_XDECREF(known);
    Py_XDECREF(form);
    Py_XDECREF(proclitics);
    return failed ? -1 : 0;
}

enum { LETTERS = 64 }; /* of tokens that are looked up here; of longer ones Python is asked */

/* Find out what `token` is. */
static int token_read(const Segmenter *self, Token *token)
{
    Py_UCS4 letters[LETTERS];
    const Py_ssize_t size = PyUnicode_GET_LENGTH(token->text);
    if (self->forms.slots == NULL || size >= LETTERS) {
        return token_asked(self, token);
    }
    return PyUnicode_AsUCS4(token->text, letters, LETTERS, 0) == NULL ? -1 : token_looked_up(self, token, letters);
}

/* -- what is remembered ---------------------------------------------------------------------------------------------- */

static int grow(Segmenter *self, size_t slots)
{
    Slot *made = PyMem_Calloc(slots, sizeof(Slot));
    if (made == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (size_t i = 0; self->slots != NULL && i <= self->mask; i++) {
        const Slot known = self->slots[i];
        if (known.token != NULL) {
            size_t place = (size_t)known.hash & (slots - 1);
            while (made[place].token != NULL) {
                place = (place + 1) & (slots - 1);
            }
            made[place] = known;
        }
    }
    PyMem_Free(self->slots);
    self->slots = made;
    self->mask = slots - 1;
    return 0;
}

static void forget(Segmenter *self)
{
    Slot *slots = self->slots;
    const size_t mask = self->mask;
    self->slots = NULL;
    self->count = self->mask = 0;
    for (size_t i = 0; slots != NULL && i <= mask; i++) {
        Py_XDECREF(slots[i].token);
    }
    PyMem_Free(slots);
}

/* The token that stands in a text, whose hash is known; a new reference. */
static inline Token *token_at(Segmenter *self, uint64_t hash, const int kind, const void *data, Py_ssize_t at, Py_ssize_t end)
{
    size_t place = (size_t)hash & self->mask;
    for (; self->slots[place].token != NULL; place = (place + 1) & self->mask) {
        const Slot *slot = &self->slots[place];
        if (slot->hash == hash && scan_equal(kind, data, at, end - at, slot->token->text)) {
            return (Token *)Py_NewRef(slot->token);
        }
    }
    Token *token = (Token *)self->token_type->tp_alloc(self->token_type, 0);
    if (token == NULL) {
        return NULL;
    }
    token->text = PyUnicode_FromKindAndData(kind, (const char *)data + at * kind, end - at);
    if (token->text == NULL || PyObject_Hash(token->text) == -1) {
        Py_DECREF(token);
        return NULL;
    }
    self->slots[place] = (Slot){hash, (Token *)Py_NewRef(token)};
    self->count++;
    if (self->count * 2 > self->mask && grow(self, 2 * (self->mask + 1)) < 0) {
        Py_DECREF(token);
        return NULL;
    }
    return token;
}

#endif
