"""The entry point of a Python user function on Google Cloud.

https://cloud.google.com/functions/docs/functions-framework
"""

import functions_framework

from twinloom_runner import packaged

_function = packaged.Function(packaged.name("K_SERVICE"), 30)


@functions_framework.http
def handler(request):
    if request.method != "POST":
        return "", 405
    status, body = _function.answer(request.get_data())
    return body, status, {"Content-Type": "application/json"}
