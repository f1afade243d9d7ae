"""What main.py imports, where the framework is not: HTTP functions.

https://cloud.google.com/functions/docs/functions-framework
"""


def http(function):
    return function


def cloud_event(function):
    return function
