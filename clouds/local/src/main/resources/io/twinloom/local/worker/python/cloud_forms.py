"""Calls user code that is written for one cloud the way that cloud calls it."""

import json
import time
import uuid


def handler(definition, load_module):
    form = definition["form"]
    if form == "PYTHON_LAMBDA":
        module = load_module(definition, "lambda_function")
        return aws(module, definition["name"], definition["seconds"])
    if form == "PYTHON_AZURE":
        return azure(load_module(definition, "function_app"))
    if form == "PYTHON_GOOGLE":
        return google(load_module(definition, "main"))
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
    return lambda event: function(event, LambdaContext(name, seconds))


def azure(module):
    import azure.functions as functions

    apps = [v for v in vars(module).values() if isinstance(v, functions.FunctionApp)]
    if not apps:
        raise ImportError("function_app.py makes no FunctionApp")
    routes = apps[0].routes()
    if len(routes) != 1:
        raise ImportError("function_app.py has %d HTTP routes, not one" % len(routes))
    route, function = routes[0]

    def call(event):
        request = functions.HttpRequest(
            method="POST",
            url="http://localhost/api/" + route,
            headers={"content-type": "application/json"},
            body=json.dumps(event).encode(),
        )
        result = function(request)
        if hasattr(result, "__await__"):
            import asyncio

            result = asyncio.run(result)
        if isinstance(result, functions.HttpResponse):
            return from_http(result.get_body(), result.status_code)
        return from_http(result, 200)

    return call


def google(module):
    import functions_framework

    function = functions_framework.entry_point(module)

    def call(event):
        import flask

        request = flask.Request(
            method="POST",
            url="http://localhost/",
            headers={"Content-Type": "application/json"},
            body=json.dumps(event).encode(),
        )
        response = flask.make_response(function(request))
        return from_http(response.get_data(), response.status_code)

    return call


def from_http(body, status):
    """What an HTTP function answers, as the object that it stands for."""
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
        raise RuntimeError("its answer is no JSON") from None
