"""What function_app.py imports, where the library is not: HTTP functions of the v2 programming model.

https://learn.microsoft.com/azure/azure-functions/functions-reference-python
"""

import enum
import json
import logging
import typing
import urllib.parse


class AuthLevel(enum.Enum):
    FUNCTION = "function"
    ANONYMOUS = "anonymous"
    ADMIN = "admin"


class HttpMethod(enum.Enum):
    GET = "GET"
    POST = "POST"
    PUT = "PUT"
    PATCH = "PATCH"
    DELETE = "DELETE"
    HEAD = "HEAD"
    OPTIONS = "OPTIONS"


class _Headers(dict):
    def __init__(self, headers=None):
        super().__init__({str(k).lower(): v for k, v in dict(headers or {}).items()})

    def __getitem__(self, name):
        return super().__getitem__(name.lower())

    def __contains__(self, name):
        return super().__contains__(name.lower())

    def get(self, name, default=None):
        return super().get(name.lower(), default)


class HttpRequest:
    def __init__(self, method, url, *, headers=None, params=None, route_params=None, body=b""):
        self.method = method
        self.url = url
        self.headers = _Headers(headers)
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
        self.params = dict(params or query)
        self.route_params = dict(route_params or {})
        self.form = {}
        self.files = {}
        self._body = body.encode() if isinstance(body, str) else bytes(body)

    def get_body(self) -> bytes:
        return self._body

    def get_json(self) -> typing.Any:
        return json.loads(self._body.decode("utf-8"))


class HttpResponse:
    mimetype = "text/plain"
    charset = "utf-8"

    def __init__(self, body=None, *, status_code=None, headers=None, mimetype=None, charset=None):
        self.status_code = 200 if status_code is None else int(status_code)
        self.mimetype = mimetype or self.mimetype
        self.charset = charset or self.charset
        self.headers = _Headers(headers)
        self._body = b""
        if body is not None:
            self._body = body.encode(self.charset) if isinstance(body, str) else bytes(body)

    def get_body(self) -> bytes:
        return self._body


class Context:
    """What some functions take as a second parameter."""

    function_name = ""
    function_directory = ""
    invocation_id = ""


class _Trigger:
    def __init__(self, route):
        self.route = route

    @staticmethod
    def get_binding_name():
        return "httpTrigger"


class _Function:
    def __init__(self, function):
        self.function = function
        self.trigger = None
        self.name = getattr(function, "__name__", "function")

    def __call__(self, *args, **kwargs):
        return self.function(*args, **kwargs)

    def get_user_function(self):
        return self.function

    def get_function_name(self):
        return self.name

    def get_trigger(self):
        return self.trigger


class _Decorators:
    def __init__(self):
        self._functions = []

    def _own(self, function):
        if isinstance(function, _Function):
            return function
        made = _Function(function)
        self._functions.append(made)
        return made

    def route(self, route=None, trigger_arg_name="req", methods=None, auth_level=None, **ignored):
        def decorate(function):
            own = self._own(function)
            own.trigger = _Trigger(route)
            return own

        return decorate

    def function_name(self, name, **ignored):
        def decorate(function):
            own = self._own(function)
            own.name = name
            return own

        return decorate

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)

        def anything(*args, **kwargs):
            return self._own

        return anything


class Blueprint(_Decorators):
    pass


class FunctionApp(_Decorators):
    def __init__(self, http_auth_level=AuthLevel.FUNCTION):
        super().__init__()
        self.auth_level = http_auth_level
        self._blueprints = []

    def register_functions(self, blueprint):
        self._blueprints.append(blueprint)

    register_blueprint = register_functions

    def get_functions(self):
        functions = list(self._functions)
        for blueprint in self._blueprints:
            functions += blueprint._functions
        return functions


class _Out:
    def set(self, value):
        self.value = value

    def get(self):
        return getattr(self, "value", None)

    def __class_getitem__(cls, item):
        return cls


Out = _Out
logger = logging.getLogger("azure.functions")
