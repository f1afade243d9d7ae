import json
import os

import azure.functions as func

DIGITAL_TWIN_INFO = json.loads(os.environ.get("DIGITAL_TWIN_INFO", "{}"))

app = func.FunctionApp()


@app.route(route="callback", methods=["POST"], auth_level=func.AuthLevel.FUNCTION)
def callback(req: func.HttpRequest) -> func.HttpResponse:
    print("high temperature: " + json.dumps(req.get_json()))
    return func.HttpResponse("{}", mimetype="application/json")
