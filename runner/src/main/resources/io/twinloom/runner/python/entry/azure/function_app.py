"""The entry point of a Python user function on Azure Functions, v2 model.

https://learn.microsoft.com/azure/azure-functions/functions-reference-python
"""

import azure.functions as func

from twinloom_runner import packaged

app = func.FunctionApp(http_auth_level=func.AuthLevel.FUNCTION)
_function = packaged.Function(packaged.name("WEBSITE_SITE_NAME"), 30)


@app.route(route="event", methods=["POST"])
def event(req: func.HttpRequest) -> func.HttpResponse:
    status, body = _function.answer(req.get_body())
    return func.HttpResponse(body, status_code=status, mimetype="application/json")
