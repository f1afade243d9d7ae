"""The entry point of a Python user function on AWS Lambda.

https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
"""

import os

from twinloom_runner import packaged
import twinloom_lines

_name = packaged.name("AWS_LAMBDA_FUNCTION_NAME")
_function = packaged.Function(
    _name,
    30,
    lambda form: twinloom_lines.Printing(os.environ.get("TWINLOOM_FUNCTION_NAME", _name), form),
)


def handler(event, context):
    if packaged.is_batch(event):
        traces = event.get("traces")
        return _function.run_all(
            event["events"],
            context.get_remaining_time_in_millis,
            context,
            traces=traces if isinstance(traces, list) else (),
        )
    return _function.run(event, context, trace=trace(event, context))[0]


def trace(event, context):
    """A processor's event must not have it, so its caller says it beside; others have it in them."""
    custom = getattr(getattr(context, "client_context", None), "custom", None) or {}
    found = custom.get("trace_id") or (isinstance(event, dict) and event.get("trace_id"))
    return found if isinstance(found, str) else ""
