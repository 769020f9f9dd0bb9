/* Tokens of a folded text, found as `extractor.text.tokens.TOKEN` finds them, and the hash of each.

   The classes of characters are those of Python's `re`: \w is alphanumeric or "_", \d decimal, \s white space. */

#ifndef EXTRACTOR_SCAN_H
#define EXTRACTOR_SCAN_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Ask memory for what is read soon. */
#if defined(__GNUC__) || defined(__clang__)
#define SCAN_PREFETCH(address) __builtin_prefetch(address)
#else
#define SCAN_PREFETCH(address) ((void)(address))
#endif

enum { LETTER = 1, DIGIT = 2, SIGN = 4 }; /* [^\W\d_], \d, [^\w\s]; none of them: space and "_" */

/* Of the characters of the basic plane that have come up; beside the class stands KNOWN, so that 0 is none yet. */
enum { KNOWN = 128 };
static uint8_t scan_classes[0x10000];

static uint8_t scan_classify(Py_UCS4 c)
{
    if (Py_UNICODE_ISDECIMAL(c)) {
        return DIGIT;
    }
    if (Py_UNICODE_ISALNUM(c)) {
        return LETTER;
    }
    return c == '_' || (Py_UNICODE_ISSPACE(c) && c != '\n') ? 0 : SIGN; /* a line break is a token as well */
}

static inline uint8_t scan_class(Py_UCS4 c)
{
    if (c >= 0x10000) {
        return scan_classify(c);
    }
    if (!scan_classes[c]) {
        scan_classes[c] = scan_classify(c) | KNOWN;
    }
    return scan_classes[c] & (KNOWN - 1);
}

/* A stretch of text: its kind as in PEP 393, its characters. */
typedef struct {
    int kind;
    const void *data;
} Text;

static inline Text text_of(PyObject *string)
{
    return (Text){PyUnicode_KIND(string), PyUnicode_DATA(string)};
}

/* Past the token that begins at `at`, which holds what is neither space nor "_"; its class in `found`. */
static inline Py_ssize_t scan_token(const int kind, const void *data, Py_ssize_t at, Py_ssize_t end, uint8_t *found)
{
    const Py_UCS4 first = PyUnicode_READ(kind, data, at);
    Py_ssize_t next = at + 1;
    *found = scan_class(first);
    if (*found == LETTER) {
        while (next < end && scan_class(PyUnicode_READ(kind, data, next)) == LETTER) {
            next++;
        }
    }
    else if (*found == DIGIT) {
        for (;;) {
            while (next < end && scan_class(PyUnicode_READ(kind, data, next)) == DIGIT) {
                next++;
            }
            const Py_UCS4 c = next + 1 < end ? PyUnicode_READ(kind, data, next) : 0;
            if ((c != '.' && c != ',' && c != 0x066c) || scan_class(PyUnicode_READ(kind, data, next + 1)) != DIGIT) {
                break;
            }
            next++;
        }
    }
    else if (first == '.') {
        while (next < end && PyUnicode_READ(kind, data, next) == '.') {
            next++;
        }
    }
    return next;
}

#define SCAN_PRIME ((uint64_t)0x100000001b3)

/* A hash of characters, the same whatever the kind of the string that holds them (FNV-1a, folded once more). The seed is
   of this process, so that no text can be made to collide. */
static inline uint64_t scan_hash(const int kind, const void *data, Py_ssize_t at, Py_ssize_t end, uint64_t seed)
{
    uint64_t hash = seed;
    for (; at < end; at++) {
        hash = (hash ^ PyUnicode_READ(kind, data, at)) * SCAN_PRIME;
    }
    return hash ^ hash >> 29;
}

/* Past the token that begins at `at`, with its hash; words, which most are, are looked through once for both. */
static inline Py_ssize_t scan_hashed(const int kind, const void *data, Py_ssize_t at, Py_ssize_t end, uint64_t seed, uint64_t *hash)
{
    Py_ssize_t next = at;
    uint64_t known = seed;
    for (Py_UCS4 c; next < end && scan_class(c = PyUnicode_READ(kind, data, next)) == LETTER; next++) {
        known = (known ^ c) * SCAN_PRIME;
    }
    if (next > at) {
        *hash = known ^ known >> 29;
        return next;
    }
    uint8_t class;
    next = scan_token(kind, data, at, end, &class);
    *hash = scan_hash(kind, data, at, next, seed);
    return next;
}

/* Whether the characters from `at` on are those of `string`. */
static inline bool scan_equal(const int kind, const void *data, Py_ssize_t at, Py_ssize_t size, PyObject *string)
{
    if (PyUnicode_GET_LENGTH(string) != size) {
        return false;
    }
    const Text other = text_of(string);
    if (other.kind == kind) {
        return !memcmp((const char *)data + at * kind, other.data, (size_t)(size * kind));
    }
    for (Py_ssize_t i = 0; i < size; i++) {
        if (PyUnicode_READ(kind, data, at + i) != PyUnicode_READ(other.kind, other.data, i)) {
            return false;
        }
    }
    return true;
}

static inline int scan_seed(uint64_t *seed)
{
    PyObject *string = PyUnicode_FromString("what strings of this process are hashed with");
    if (string == NULL) {
        return -1;
    }
    *seed = (uint64_t)PyObject_Hash(string) | 1;
    Py_DECREF(string);
    return 0;
}

#endif
