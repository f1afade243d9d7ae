"""Calls user code that is written for one cloud the way that cloud calls it."""

import importlib
import json
import time
import uuid


# The libraries that a form's code gets from its cloud, and what our calls of it need beside them.
NEEDED = {
    "PYTHON_AZURE": ("azure.functions", "asyncio"),
    "PYTHON_GOOGLE": ("functions_framework", "flask"),
}


class Prepared:
    """What was imported before the user's folder was searched for modules."""

    modules = {}


def prepare(form):
    for name in NEEDED.get(form, ()):
        try:
            Prepared.modules[name] = importlib.import_module(name)
        except ImportError:
            pass  # the code that needs it says so
    if "asyncio" in Prepared.modules:
        # Its first run imports more of it.
        Prepared.modules["asyncio"].run(nothing())


async def nothing():
    pass


def library(name):
    return Prepared.modules.get(name) or importlib.import_module(name)


def handler(definition, load_module):
    form = definition["form"]
    if form == "PYTHON_LAMBDA":
        module = load_module(definition, "lambda_function")
        return aws(module, definition["name"], definition["seconds"])
    if form == "PYTHON_AZURE":
        return azure(load_module(definition, "function_app"))
    if form == "PYTHON_GOOGLE":
        return google(lambda: load_module(definition, "main"))
    raise ValueError("unknown form " + form)


class LambdaContext:
    """https://docs.aws.amazon.com/lambda/latest/dg/python-context.html"""

    function_version = "$LATEST"
    memory_limit_in_mb = "512"
    identity = None
    client_context = None

    def __init__(self, name, seconds):
        self.function_name = name
        self.invoked_function_arn = "arn:aws:lambda:local:000000000000:function:" + name
        self.log_group_name = "/aws/lambda/" + name
        self.log_stream_name = "local"
        self.aws_request_id = str(uuid.uuid4())
        self._end = time.monotonic() + seconds

    def get_remaining_time_in_millis(self):
        return max(0, int((self._end - time.monotonic()) * 1000))


def aws(module, name, seconds):
    function = module.lambda_handler
    return lambda event, *context: function(event, *(context or (LambdaContext(name, seconds),)))


def azure(module):
    functions = library("azure.functions")
    asyncio = library("asyncio")
    apps = [v for v in vars(module).values() if isinstance(v, functions.FunctionApp)]
    if not apps:
        raise ImportError("function_app.py makes no FunctionApp")
    own = [f for f in apps[0].get_functions() if is_http(f.get_trigger())]
    if len(own) != 1:
        raise ImportError("function_app.py has %d HTTP routes, not one" % len(own))
    function = own[0].get_user_function()
    route = own[0].get_trigger().route or own[0].get_function_name()

    def call(event):
        request = functions.HttpRequest(
            method="POST",
            url="http://localhost/api/" + route,
            headers={"content-type": "application/json"},
            body=json.dumps(event).encode(),
        )
        result = function(request)
        if hasattr(result, "__await__"):
            result = asyncio.run(result)
        if isinstance(result, functions.HttpResponse):
            return from_http(result.get_body(), result.status_code)
        return from_http(result, 200)

    return call


def is_http(trigger):
    return trigger is not None and trigger.get_binding_name() == "httpTrigger"


def google(load_module):
    functions_framework = library("functions_framework")
    flask = library("flask")
    framework = functions_framework.http

    def http(function):
        decorated = framework(function)
        decorated._twinloom_http = True
        return decorated

    functions_framework.http = http
    try:
        module = load_module()
    finally:
        functions_framework.http = framework
    function = entry_point(module)

    def call(event):
        request = flask.Request.from_values(
            method="POST", data=json.dumps(event).encode(), content_type="application/json"
        )
        response = flask.make_response(function(request))
        return from_http(response.get_data(), response.status_code)

    return call


def entry_point(module):
    """The module's HTTP function: the decorated one, else the one whose one parameter is request."""
    own = [
        v
        for v in vars(module).values()
        if callable(v) and getattr(v, "__module__", None) == module.__name__
    ]
    found = [f for f in own if getattr(f, "_twinloom_http", False)]
    if not found:
        found = [f for f in own if parameters(f) == ("request",)]
    if len(found) != 1:
        raise ImportError("main.py has %d HTTP functions, not one" % len(found))
    return found[0]


def parameters(function):
    code = getattr(function, "__code__", None)
    return code.co_varnames[: code.co_argcount] if code else ()


def from_http(body, status):
    """What an HTTP function answers, as an object."""
    text = body.decode("utf-8", "replace") if isinstance(body, (bytes, bytearray)) else body
    if status >= 400:
        raise RuntimeError("it answered with status %d: %s" % (status, str(text)[:200]))
    if not isinstance(text, str):
        return text
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except ValueError:
        raise RuntimeError("its answer is invalid JSON") from None
