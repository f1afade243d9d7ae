"""What an HTTP function of main.py needs of Flask, where that is not; no web framework."""

import json
import urllib.parse


class _Headers(dict):
    def __init__(self, headers=None):
        super().__init__({str(k).title(): v for k, v in dict(headers or {}).items()})

    def __getitem__(self, name):
        return super().__getitem__(name.title())

    def __setitem__(self, name, value):
        super().__setitem__(name.title(), value)

    def __contains__(self, name):
        return super().__contains__(name.title())

    def get(self, name, default=None):
        return super().get(name.title(), default)


class HTTPException(Exception):
    def __init__(self, code, description=""):
        super().__init__("%d %s" % (code, description))
        self.code = code
        self.description = description


def abort(code, description=""):
    raise HTTPException(code, description)


class Request:
    def __init__(self, method="POST", url="http://localhost/", headers=None, body=b""):
        parts = urllib.parse.urlsplit(url)
        self.method = method
        self.url = url
        self.path = parts.path
        self.headers = _Headers(headers)
        self.args = dict(urllib.parse.parse_qsl(parts.query))
        self.form = {}
        self.files = {}
        self.cookies = {}
        self.data = body
        self.content_type = self.headers.get("Content-Type")
        self.mimetype = (self.content_type or "").split(";")[0]
        self.content_length = len(body)

    @classmethod
    def from_values(cls, path="/", method="GET", data=b"", content_type=None):
        headers = {"Content-Type": content_type} if content_type else {}
        return cls(method, "http://localhost" + path, headers, data)

    @property
    def is_json(self):
        return self.mimetype == "application/json" or self.mimetype.endswith("+json")

    @property
    def json(self):
        return self.get_json()

    def get_json(self, force=False, silent=False, cache=True):
        if not (force or self.is_json):
            if silent:
                return None
            abort(415, "the request is invalid JSON")
        try:
            return json.loads(self.data.decode("utf-8"))
        except ValueError:
            if silent:
                return None
            abort(400, "the request's JSON cannot be read")

    def get_data(self, cache=True, as_text=False):
        return self.data.decode("utf-8", "replace") if as_text else self.data


class Response:
    def __init__(self, response=None, status=200, headers=None, mimetype=None, content_type=None):
        self.status_code = int(str(status).split()[0])
        self.headers = _Headers(headers)
        self.mimetype = mimetype or content_type
        self.data = response.encode() if isinstance(response, str) else bytes(response or b"")

    def get_data(self, as_text=False):
        return self.data.decode("utf-8", "replace") if as_text else self.data


def jsonify(*args, **kwargs):
    value = kwargs if kwargs else args[0] if len(args) == 1 else list(args)
    return Response(json.dumps(value, allow_nan=False), mimetype="application/json")


def make_response(*args):
    """A response of what a view may return: a response, text, bytes, a dict or list, or a tuple."""
    value = args[0] if len(args) == 1 else args
    status = None
    headers = None
    if isinstance(value, tuple):
        rest = value[1:]
        value = value[0]
        for part in rest:
            if isinstance(part, (dict, list)):
                headers = part
            else:
                status = part
    if value is None:
        response = Response(b"")
    elif isinstance(value, Response):
        response = value
    elif isinstance(value, (dict, list)):
        response = Response(json.dumps(value, allow_nan=False), mimetype="application/json")
    else:
        response = Response(value)
    if status is not None:
        response.status_code = int(str(status).split()[0])
    if headers is not None:
        response.headers.update(_Headers(headers))
    return response
