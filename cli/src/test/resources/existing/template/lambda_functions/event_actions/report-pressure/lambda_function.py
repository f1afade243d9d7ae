def lambda_handler(event, context):
    print("reported: " + event["result"]["severity"])
    return {"reported": True}
