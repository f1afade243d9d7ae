"""How long the battery lasts if the sun stays as it is."""

CAPACITY_KWH = 12.0


def process(event):
    drain = event["load"] - event["power"]
    left = CAPACITY_KWH * event["battery"] / 100
    event["hours_left"] = round(min(left / drain, 99.0), 1) if drain > 0 else 99.0
    return event
