def process(event):
    event["fahrenheit"] = float(event["temperature"]) * 9 / 5 + 32
    return event


def lambda_handler(event, context):
    return process(event)
