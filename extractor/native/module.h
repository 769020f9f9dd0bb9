/* What the modules share that hold types. */

#ifndef EXTRACTOR_MODULE_H
#define EXTRACTOR_MODULE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* Add the type of `spec` to a module; -1 with an error. */
static int module_add(PyObject *module, PyType_Spec *spec)
{
    PyObject *type = PyType_FromModuleAndSpec(module, spec, NULL);
    const int done = type == NULL ? -1 : PyModule_AddType(module, (PyTypeObject *)type);
    Py_XDECREF(type);
    return done;
}

#endif
