"""The user function of a deployment package, as the entry module of each cloud calls it."""

import json
import os

from twinloom_runner import calling, logs

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DEFINITION = os.path.join(ROOT, "twinloom-function.json")
TWIN_INFO = os.path.join(ROOT, "digital_twin_info.json")
MAX_RESULT_BYTES = 192 * 1024

# Several events in one call: an event by itself has a device_id, and never this.
BATCH = "twinloom_batch"
BATCH_VERSION = 1

# Lambda's answer has 6 MB at most; what would not fit is not started.
MAX_BATCH_BYTES = 4 * 1024 * 1024

# With less than this left no further event is started: the caller gives the rest to the next call.
LEAST_MILLIS = 15_000


class UserCodeError(Exception):
    """User code could not be loaded, failed, or returned what cannot be used."""


class Unlabelled:
    """What user code prints goes where its cloud has it go."""

    def __init__(self, form):
        logs.set_up_in_package(form)

    def begin(self, trace):
        pass

    def end(self):
        pass


class Function:
    def __init__(self, name, seconds, printing=Unlabelled):
        with open(DEFINITION, encoding="utf-8") as file:
            definition = json.load(file)
        for key in ("path", "libraries"):
            definition[key] = [os.path.join(ROOT, p) for p in definition.get(key, ())]
        self.definition = dict(definition, name=name, seconds=seconds)
        self.own = calling.folders(definition)
        self.may_return_nothing = definition.get("may_return_nothing", False)
        self.handler = None
        calling.allow_numbers_of_any_size()
        if os.path.isfile(TWIN_INFO):
            with open(TWIN_INFO, encoding="utf-8") as file:
                calling.set_environment({"DIGITAL_TWIN_INFO": file.read()})
        calling.set_environment(missing(definition, name))
        self.printing = printing(definition["form"])
        calling.open_path(definition)
        try:
            self.load()
        except UserCodeError:
            pass  # said at the event, which has somebody to say it to
        self.printing.end()

    def load(self):
        """Loads the code where it is not loaded; each event tries again."""
        if self.handler is None:
            try:
                self.handler = calling.load_handler(self.definition)
            except BaseException as e:
                raise UserCodeError(calling.describe(e, self.own)) from None

    def run(self, event, *context, trace=""):
        """The result and the same as JSON; a UserCodeError whatever the code does."""
        self.printing.begin(trace)
        try:
            return self.result(event, *context)
        finally:
            self.printing.end()

    def result(self, event, *context):
        self.load()
        try:
            if self.definition["form"] == "PYTHON_LAMBDA":
                result = self.handler(event, *context)
            else:
                result = self.handler(event)
            body = calling.result_as_json(result, self.may_return_nothing, MAX_RESULT_BYTES)
        except calling.Problem as e:
            raise UserCodeError(str(e)) from None
        except BaseException as e:
            raise UserCodeError(calling.describe(e, self.own)) from None
        return result if result is not None else {}, body

    def run_all(self, events, remaining_millis, *context, traces=()):
        """Runs events one after the other; each has a result or an error of its own."""
        results = []
        size = 0
        for number, event in enumerate(events):
            if results and (size > MAX_BATCH_BYTES or remaining_millis() < LEAST_MILLIS):
                break
            try:
                trace = traces[number] if number < len(traces) else ""
                result, body = self.run(event, *context, trace=trace)
                results.append({"result": result})
                size += len(body)
            except UserCodeError as e:
                results.append({"error": str(e)})
        return {BATCH: BATCH_VERSION, "results": results}

    def answer(self, body):
        """Answers a POST whose body is an event: a status, and JSON as bytes."""
        try:
            event = json.loads(body)
        except (ValueError, RecursionError):
            event = None
        if not isinstance(event, dict):
            return 400, error("the event is not a JSON object")
        try:
            return 200, self.run(event)[1]
        except UserCodeError as e:
            return 500, error(str(e))


def is_batch(event):
    return (
        isinstance(event, dict)
        and event.get(BATCH) == BATCH_VERSION
        and isinstance(event.get("events"), list)
    )


def missing(definition, name):
    """Variables of the cloud that the code is written for, where it runs on another."""
    found = {}
    for variable, value in definition.get("environment", {}).items():
        if variable not in os.environ:
            value = value.replace("{function}", name)
            found[variable] = value.replace("{folder}", definition["path"][0])
    return found


def error(text):
    return json.dumps({"error": text}).encode("utf-8", "replace")


def name(variable):
    return os.environ.get(variable, "function")
