"""Loads user code, and says what is wrong with it or with what it returns.

Needs Python 3.8 and nothing else.
"""

import importlib.util
import json
import os
import sys

MAX_MESSAGE = 500
MAX_DEPTH = 200
SHIMS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "shims")

_encode = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode


class Problem(Exception):
    """What user code returned cannot be used; the message says why."""


def allow_numbers_of_any_size():
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)


def folders(definition):
    """Where the user's own code is, as errors name its lines."""
    return tuple(os.path.join(os.path.abspath(p), "") for p in definition["path"])


def open_path(definition):
    """Lets the code import its own modules, then what stands in for clouds, then its libraries."""
    path = list(definition["path"])
    if definition["form"] in ("PYTHON_AZURE", "PYTHON_GOOGLE") and os.path.isdir(SHIMS):
        path.append(SHIMS)
    sys.path[0:0] = path + list(definition.get("libraries", ()))


def load_handler(definition):
    """The function that is given events, in whichever form it is written."""
    if definition["form"] == "PYTHON_PROCESS":
        return load_module(definition, "process").process
    from twinloom_runner import cloud_forms

    return cloud_forms.handler(definition, load_module)


def load_module(definition, name):
    file = os.path.join(definition["path"][0], definition["entry"])
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    entry = sys.modules.get(name)  # a package's entry module may have the same name
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    finally:
        if entry is not None:
            sys.modules[name] = entry
    return module


def result_as_json(result, may_return_nothing, limit):
    """The result as UTF-8, or a Problem."""
    if result is None and may_return_nothing:
        result = {}
    if not isinstance(result, dict):
        what = "nothing" if result is None else "a " + type(result).__name__
        raise Problem("it returned %s, not a dict" % what)
    try:
        body = _encode(result).encode()
    except (TypeError, ValueError, RecursionError, OverflowError) as e:
        raise Problem(what_is_not_json(result, "", 0) or "it returned invalid JSON: %s" % e)
    if len(body) > limit:
        raise Problem("it returned more than %d bytes" % limit)
    return body


def describe(error, own):
    """The error in one short line, such as `ValueError: no value (process.py:12)`."""
    try:
        message = " ".join(str(getattr(error, "msg", None) or error).split())
    except BaseException:
        message = ""
    if len(message) > MAX_MESSAGE:
        message = message[:MAX_MESSAGE] + " …"
    name = type(error).__name__
    return (name + ": " + message if message else name) + place(error, own)


def place(error, own):
    if isinstance(error, SyntaxError) and error.filename:
        return " (%s:%s)" % (os.path.basename(error.filename), error.lineno)
    found = ""
    trace = error.__traceback__
    while trace is not None:
        file = os.path.abspath(trace.tb_frame.f_code.co_filename)
        if file.startswith(own):
            found = " (%s:%d)" % (os.path.basename(file), trace.tb_lineno)
        trace = trace.tb_next
    return found


def what_is_not_json(value, path, depth):
    """Names the first part of a result that JSON cannot hold."""
    if depth > MAX_DEPTH:
        return "what it returned is nested deeper than %d, or holds itself" % MAX_DEPTH
    where = "'%s' of what it returned" % path if path else "what it returned"
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return "%s is %s, which JSON has no number for" % (where, value)
    if value is None or isinstance(value, (str, int, float)):
        return None
    if isinstance(value, dict):
        for key, member in value.items():
            if not (key is None or isinstance(key, (str, int, float))):
                return "%s has the key %r, which is not a text" % (where, key)
            found = what_is_not_json(member, "%s.%s" % (path, key) if path else key, depth + 1)
            if found:
                return found
        return None
    if isinstance(value, (list, tuple)):
        for index, element in enumerate(value):
            found = what_is_not_json(element, "%s[%d]" % (path, index), depth + 1)
            if found:
                return found
        return None
    return "%s is a %s, which JSON has no form for" % (where, type(value).__name__)
