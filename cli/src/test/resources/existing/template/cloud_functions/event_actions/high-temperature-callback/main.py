import json
import os

import functions_framework

DIGITAL_TWIN_INFO = json.loads(os.environ.get("DIGITAL_TWIN_INFO", "{}"))


@functions_framework.http
def main(request):
    print("high temperature: " + json.dumps(request.get_json()))
    return {"called": True}
