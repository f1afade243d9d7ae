import json

import functions_framework


@functions_framework.http
def main(request):
    event = request.get_json()
    print("high temperature 2")
    return json.dumps(event), 200, {"Content-Type": "application/json"}
