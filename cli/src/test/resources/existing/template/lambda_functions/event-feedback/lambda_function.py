import json

import boto3

client = boto3.client("iot-data")


def lambda_handler(event, context):
    feedback = event["detail"]["action"]["feedback"]
    client.publish(topic=feedback["iotDeviceId"], qos=1, payload=json.dumps(feedback["payload"]))
    return {"statusCode": 200}
