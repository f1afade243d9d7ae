"""What the irrigation receives: the rule's payload, and how much water an open valve is for."""


def process(asked):
    command = dict(asked["payload"])
    if command.get("valve") == "open":
        command["litres"] = asked["event"]["litres_missing"]
    return command
