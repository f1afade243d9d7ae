def lambda_handler(event, context):
    print("high temperature 2")
    return {"statusCode": 200}
