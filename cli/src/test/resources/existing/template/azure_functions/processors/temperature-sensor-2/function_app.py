import json
import logging

import azure.functions as func

app = func.FunctionApp()


@app.route(route="run", methods=["POST"], auth_level=func.AuthLevel.FUNCTION)
def run(req: func.HttpRequest) -> func.HttpResponse:
    event = req.get_json()
    event["fahrenheit"] = float(event["temperature"]) * 9 / 5 + 32
    logging.debug(event)
    return func.HttpResponse(json.dumps(event), mimetype="application/json")
