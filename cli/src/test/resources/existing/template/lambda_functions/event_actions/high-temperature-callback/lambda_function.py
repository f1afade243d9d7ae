import json
import os

DIGITAL_TWIN_INFO = json.loads(os.environ.get("DIGITAL_TWIN_INFO", "{}"))


def lambda_handler(event, context):
    print("high temperature: " + json.dumps(event))
    return {"statusCode": 200, "body": json.dumps("callback")}
