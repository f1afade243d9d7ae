import json

import functions_framework


@functions_framework.http
def main(request):
    event = request.get_json()
    event["fahrenheit"] = float(event["temperature"]) * 9 / 5 + 32
    return json.dumps(event), 200, {"Content-Type": "application/json"}
