import json


def lambda_handler(event, context):
    print("default processor: " + json.dumps(event))
    event["processed_by"] = "default"
    return event
