import json

import azure.functions as func
from azure.iot.hub import IoTHubRegistryManager

app = func.FunctionApp()


@app.route(route="feedback", methods=["POST"], auth_level=func.AuthLevel.FUNCTION)
def feedback(req: func.HttpRequest) -> func.HttpResponse:
    detail = req.get_json()["detail"]["action"]["feedback"]
    IoTHubRegistryManager("").send_c2d_message(detail["iotDeviceId"], json.dumps(detail["payload"]))
    return func.HttpResponse("{}", mimetype="application/json")
