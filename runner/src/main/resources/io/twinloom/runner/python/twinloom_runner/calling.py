"""Loads user code, and says what is wrong with it or with what it returns.

Needs Python 3.8 and nothing else. All that the runner ever needs is imported before the user's folder
is searched for modules: a file there called as one of Python's own changes nothing here.
"""

import decimal
import importlib.util
import json
import os
import re
import sys
import uuid

from twinloom_runner import LOADED_BEFORE, cloud_forms

MAX_MESSAGE = 500
MAX_DEPTH = 200
SHIMS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "shims")
INFINITE = (float("inf"), float("-inf"))

# A program started by user code can be handed no more than this in one variable.
MAX_EXPORTED = 100000

# Stands for a Decimal in a text until its digits take its place; no text of the user's has it.
_MARK = "decimal-" + uuid.uuid4().hex + ":"
_MARKED = re.compile('"' + _MARK + '([^"]*)"')
_HUGE_NUMBER = re.compile("[0-9][eE][+]?[0-9]{3}|[0-9]{309}")


def _default(value):
    if isinstance(value, decimal.Decimal) and value.is_finite():
        return _MARK + str(value)
    raise TypeError("no form of " + type(value).__name__)


_encode = json.JSONEncoder(allow_nan=False, separators=(",", ":"), default=_default).encode


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
    path += definition.get("libraries", ())
    # The cloud's library before the user's folder: a file there changes nothing in it.
    sys.path[0:0] = path[len(definition["path"]) :]
    try:
        cloud_forms.prepare(definition["form"])
    finally:
        del sys.path[: len(path) - len(definition["path"])]
    sys.path[0:0] = path
    leave_names_to(definition["path"])
    try:
        os.chdir(definition["path"][0])
    except OSError:
        pass  # relative names then start where the process did


def leave_names_to(user_path):
    """Forgets modules that only the runner has loaded where the user has one of the same name."""
    own = set()
    for folder in user_path:
        try:
            names = os.listdir(folder)
        except OSError:
            continue
        own.update(n[:-3] if n.endswith(".py") else n for n in names)
    for name in list(sys.modules):
        first = name.split(".")[0]
        if first in own and first not in LOADED_BEFORE and first != "twinloom_runner":
            sys.modules.pop(name)


def set_environment(variables):
    """What the code finds in os.environ from its first line on."""
    for name, value in variables.items():
        if len(value) <= MAX_EXPORTED:
            os.environ[name] = value
        else:
            # Not for programs that the code starts: the system would refuse to start them.
            os.environ._data[os.environ.encodekey(name)] = os.environ.encodevalue(value)


def load_handler(definition):
    """The function that is given events, in whichever form it is written."""
    if definition["form"] == "PYTHON_PROCESS":
        return load_module(definition, "process").process
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


def result_as_json(result, may_return_nothing, limit, event_text=""):
    """The result as UTF-8, or a Problem; the event's text tells whose an infinite number is."""
    if result is None and may_return_nothing:
        result = {}
    if not isinstance(result, dict):
        what = "nothing" if result is None else "a " + type_name(result)
        raise Problem("it returned %s, not a dict" % what)
    try:
        text = _encode(result)
    except (TypeError, ValueError, RecursionError, OverflowError) as e:
        found = what_is_not_json(result, "", 0) or "it returned invalid JSON: %s" % e
        if " is inf," in found or " is -inf," in found:
            if _HUGE_NUMBER.search(event_text):
                found += ": the event has a number that is too large for a float"
        raise Problem(found) from None
    if "\\ud" in text:
        found = what_is_not_json(result, "", 0)
        if found:
            raise Problem(found)
    if _MARK in text:
        text = _MARKED.sub(r"\1", text)
    body = text.encode()
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


def type_name(value):
    """A class's name with its module: numpy.bool_ is no bool."""
    kind = type(value)
    return kind.__name__ if kind.__module__ == "builtins" else kind.__module__ + "." + kind.__name__


def is_text(text):
    try:
        text.encode("utf-8")
        return True
    except UnicodeEncodeError:
        return False


def is_no_number(value):
    if isinstance(value, decimal.Decimal):
        return not value.is_finite()
    return isinstance(value, float) and (value != value or value in INFINITE)


def what_is_not_json(value, path, depth):
    """Names the first part of a result that JSON cannot hold."""
    if depth > MAX_DEPTH:
        return "what it returned is nested deeper than %d, or holds itself" % MAX_DEPTH
    where = "'%s' of what it returned" % path if path else "what it returned"
    if is_no_number(value):
        return "%s is %s, which JSON has no number for" % (where, value)
    if isinstance(value, str):
        return None if is_text(value) else "%s has half of a surrogate pair" % where
    if value is None or isinstance(value, (int, float, decimal.Decimal)):
        return None
    if isinstance(value, dict):
        for key, member in value.items():
            if not (key is None or isinstance(key, (str, int, float))):
                return "%s has the key %r, which is not a text" % (where, key)
            if isinstance(key, str) and not is_text(key):
                return "%s has a key with half of a surrogate pair: %s" % (where, ascii(key))
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
    return "%s is a %s, which JSON has no form for" % (where, type_name(value))
