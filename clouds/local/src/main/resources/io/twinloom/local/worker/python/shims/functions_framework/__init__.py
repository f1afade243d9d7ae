"""What main.py imports, for local use: HTTP functions.

https://cloud.google.com/functions/docs/functions-framework
"""


def http(function):
    function._twinloom_http = True
    return function


def cloud_event(function):
    return function


def entry_point(module):
    """The module's HTTP function: the decorated one, else the one whose one parameter is request."""
    own = [
        v
        for v in vars(module).values()
        if callable(v) and getattr(v, "__module__", None) == module.__name__
    ]
    decorated = [f for f in own if getattr(f, "_twinloom_http", False)]
    if not decorated:
        decorated = [f for f in own if _parameters(f) == ("request",)]
    if len(decorated) != 1:
        raise ImportError("main.py has %d HTTP functions, not one" % len(decorated))
    return decorated[0]


def _parameters(function):
    code = getattr(function, "__code__", None)
    return code.co_varnames[: code.co_argcount] if code else ()
