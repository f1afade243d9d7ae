"""The entry point of a Python user function on AWS Lambda.

https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
"""

from twinloom_runner import packaged

_function = packaged.Function(packaged.name("AWS_LAMBDA_FUNCTION_NAME"), 30)


def handler(event, context):
    if packaged.is_batch(event):
        return _function.run_all(event["events"], context.get_remaining_time_in_millis, context)
    return _function.run(event, context)[0]
