/* The forms of a lexicon, and what a token is that has not come up yet, as `extractor.word.WordReader.read` tells it. */

#ifndef EXTRACTOR_FORMS_H
#define EXTRACTOR_FORMS_H

#include "scan.h"

/* A form: its reading set, or NULL where it only begins phrases, and the sizes of these, or NULL. All are borrowed. */
typedef struct {
    PyObject *key;
    PyObject *index;
    PyObject *sizes;
} Form;

typedef struct {
    uint32_t tag;   /* of the hash, so that what is another form is not looked at */
    int32_t number; /* of the form, from 1 on */
} FormSlot;

typedef struct {
    PyObject *words; /* form -> reading set */
    PyObject *sizes; /* first word of phrases -> their sizes */
    PyObject *definite; /* lists: reading set -> that with the article, that behind a preposition; below 0 for none */
    PyObject *bare;
    PyObject *unlisted;   /* token -> reading set */
    PyObject *proclitics; /* letters -> proclitics */
    PyObject *conjunctions; /* strings of letters */
    PyObject *prepositions;
    Py_UCS4 alef; /* the article */
    Py_UCS4 lam;
    uint64_t seed;
    Form *forms;
    FormSlot *slots;
    size_t mask;
    Py_ssize_t count;
} Forms;

/* What is left of a token behind its proclitics. */
typedef struct {
    PyObject *index; /* its reading set, borrowed; NULL where nothing listed is left */
    const Py_UCS4 *form;
    Py_ssize_t size;
    Py_ssize_t prefix;  /* letters that are proclitics */
    Py_ssize_t skipped; /* letters before what is left of it in the text */
} Split;

static inline bool is_one_of(PyObject *letters, Py_UCS4 c)
{
    for (Py_ssize_t i = 0; i < PyUnicode_GET_LENGTH(letters); i++) {
        if (PyUnicode_READ_CHAR(letters, i) == c) {
            return true;
        }
    }
    return false;
}

/* The slot of a form, an empty one where it is not there. */
static inline FormSlot *forms_slot(const Forms *forms, uint64_t hash, const int kind, const void *data, Py_ssize_t size)
{
    const uint32_t tag = (uint32_t)(hash >> 32);
    size_t place = (size_t)hash & forms->mask;
    while (forms->slots[place].number && (forms->slots[place].tag != tag ||
           !scan_equal(kind, data, 0, size, forms->forms[forms->slots[place].number - 1].key))) {
        place = (place + 1) & forms->mask;
    }
    return &forms->slots[place];
}

static inline const Form *forms_find(const Forms *forms, const Py_UCS4 *text, Py_ssize_t size)
{
    const uint64_t hash = scan_hash(PyUnicode_4BYTE_KIND, text, 0, size, forms->seed);
    const FormSlot *slot = forms_slot(forms, hash, PyUnicode_4BYTE_KIND, text, size);
    return slot->number ? &forms->forms[slot->number - 1] : NULL;
}

/* The form of a key of one of the dicts, a new one where it is not there yet; NULL with an error. */
static Form *forms_add(Forms *forms, PyObject *key)
{
    if (!PyUnicode_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "a form is a string");
        return NULL;
    }
    const Text text = text_of(key);
    const Py_ssize_t size = PyUnicode_GET_LENGTH(key);
    const uint64_t hash = scan_hash(text.kind, text.data, 0, size, forms->seed);
    FormSlot *slot = forms_slot(forms, hash, text.kind, text.data, size);
    if (!slot->number) {
        forms->forms[forms->count].key = key;
        *slot = (FormSlot){(uint32_t)(hash >> 32), (int32_t)++forms->count};
    }
    return &forms->forms[slot->number - 1];
}

static void forms_free(Forms *forms)
{
    Py_CLEAR(forms->words);
    Py_CLEAR(forms->sizes);
    Py_CLEAR(forms->definite);
    Py_CLEAR(forms->bare);
    Py_CLEAR(forms->unlisted);
    Py_CLEAR(forms->proclitics);
    Py_CLEAR(forms->conjunctions);
    Py_CLEAR(forms->prepositions);
    PyMem_Free(forms->forms);
    PyMem_Free(forms->slots);
    forms->forms = NULL;
    forms->slots = NULL;
}

/* Read the forms of `lexicon`, a tuple of the members of `Forms` up to the article; -1 with an error. */
static int forms_fill(Forms *forms, PyObject *lexicon, uint64_t seed)
{
    PyObject *words, *sizes, *definite, *bare, *unlisted, *proclitics, *conjunctions, *prepositions, *article, *key, *value;
    if (!PyArg_ParseTuple(lexicon, "O!O!O!O!OOUUU", &PyDict_Type, &words, &PyDict_Type, &sizes, &PyList_Type, &definite,
                          &PyList_Type, &bare, &unlisted, &proclitics, &conjunctions, &prepositions, &article)) {
        return -1;
    }
    if (PyUnicode_GET_LENGTH(article) != 2) {
        PyErr_SetString(PyExc_ValueError, "the article has two letters");
        return -1;
    }
    *forms = (Forms){Py_NewRef(words), Py_NewRef(sizes), Py_NewRef(definite), Py_NewRef(bare), Py_NewRef(unlisted),
                     Py_NewRef(proclitics), Py_NewRef(conjunctions), Py_NewRef(prepositions),
                     PyUnicode_READ_CHAR(article, 0), PyUnicode_READ_CHAR(article, 1), seed, NULL, NULL, 0, 0};
    const size_t most = (size_t)(PyDict_GET_SIZE(words) + PyDict_GET_SIZE(sizes));
    size_t room = 1024;
    while (room < 2 * most) {
        room *= 2;
    }
    forms->mask = room - 1;
    forms->slots = PyMem_Calloc(room, sizeof(FormSlot));
    forms->forms = PyMem_Calloc(most + 1, sizeof(Form));
    if (forms->slots == NULL || forms->forms == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    Py_ssize_t at = 0;
    while (PyDict_Next(words, &at, &key, &value)) {
        Form *form = forms_add(forms, key);
        const Py_ssize_t index = form == NULL ? -1 : PyLong_AsSsize_t(value);
        if (index < 0 || index >= PyList_GET_SIZE(definite) || index >= PyList_GET_SIZE(bare)) {
            if (!PyErr_Occurred()) {
                PyErr_SetString(PyExc_IndexError, "a reading set lies outside the lists");
            }
            return -1;
        }
        form->index = value;
    }
    at = 0;
    while (PyDict_Next(sizes, &at, &key, &value)) {
        Form *form = forms_add(forms, key);
        if (form == NULL) {
            return -1;
        }
        form->sizes = value;
    }
    return 0;
}

/* The reading set that `list` has for that of a form; NULL where there is none. */
static inline PyObject *of_index(PyObject *list, const Form *form)
{
    if (form == NULL || form->index == NULL) {
        return NULL;
    }
    PyObject *index = PyList_GET_ITEM(list, PyLong_AsSsize_t(form->index));
    return PyLong_AsSsize_t(index) < 0 ? NULL : index;
}

/* Of a word that stands without its article in the list. */
static PyObject *with_article(const Forms *forms, const Py_UCS4 *word, Py_ssize_t size)
{
    const bool article = size > 3 && word[0] == forms->alef && word[1] == forms->lam;
    return article ? of_index(forms->definite, forms_find(forms, word + 2, size - 2)) : NULL;
}

/* Of a form behind a preposition. */
static PyObject *governed(const Forms *forms, const Py_UCS4 *form, Py_ssize_t size)
{
    PyObject *index = of_index(forms->bare, forms_find(forms, form, size));
    return index == NULL ? with_article(forms, form, size) : index;
}

/* Split the proclitics off a token that no list holds whole. Its letters may be changed to those of the form that is left. */
static Split split(const Forms *forms, Py_UCS4 *token, Py_ssize_t size)
{
    const Split none = {NULL, token, size, 0, 0};
    if (size < 3 || !(token[0] == forms->alef || is_one_of(forms->conjunctions, token[0]) ||
                      is_one_of(forms->prepositions, token[0]))) {
        return none;
    }
    const Py_ssize_t last = is_one_of(forms->conjunctions, token[0]);
    for (Py_ssize_t prefix = 0; prefix <= last; prefix++) {
        Py_UCS4 *rest = token + prefix;
        const Py_ssize_t left = size - prefix;
        const Form *form = prefix ? forms_find(forms, rest, left) : NULL;
        PyObject *index = form == NULL ? NULL : form->index;
        index = index == NULL ? with_article(forms, rest, left) : index;
        if (index != NULL) {
            return (Split){index, rest, left, prefix, prefix};
        }
        if (left < 3 || !is_one_of(forms->prepositions, rest[0])) {
            continue;
        }
        index = governed(forms, rest + 1, left - 1);
        if (index != NULL) {
            return (Split){index, rest + 1, left - 1, prefix + 1, prefix + 1};
        }
        if (rest[0] == forms->lam && rest[1] == forms->lam && left > 3) {
            /* Behind the preposition the article loses its alef: the form is looked up with it. */
            rest[0] = forms->alef;
            index = governed(forms, rest, left);
            if (index != NULL) {
                return (Split){index, rest, left, prefix + 1, prefix + 2};
            }
            rest[0] = forms->lam;
        }
    }
    return none;
}

/* Whether phrases can begin behind a preposition, and a conjunction before it, of a token that no list holds. */
static bool leads(const Forms *forms, Py_UCS4 *token, Py_ssize_t size)
{
    Py_ssize_t prefix = 0;
    if (is_one_of(forms->prepositions, token[0])) {
        prefix = 1;
    }
    else if (size > 1 && is_one_of(forms->conjunctions, token[0]) && is_one_of(forms->prepositions, token[1])) {
        prefix = 2;
    }
    if (!prefix || prefix == size) {
        return false;
    }
    Py_UCS4 *before = token + prefix - 1;
    const Form *form;
    if (before[0] == forms->lam && before[1] == forms->lam) {
        before[0] = forms->alef;
        form = forms_find(forms, before, size - prefix + 1);
        before[0] = forms->lam;
    }
    else {
        form = forms_find(forms, before + 1, size - prefix);
    }
    return form != NULL && form->sizes != NULL;
}

#endif
