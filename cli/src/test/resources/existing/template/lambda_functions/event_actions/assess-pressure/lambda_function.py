def lambda_handler(event, context):
    return {"severity": "high"}
