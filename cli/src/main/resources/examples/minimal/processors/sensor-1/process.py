def process(event):
    """Is given each event of the device 'sensor-1', and returns what is to be kept."""
    event["fahrenheit"] = round(event["temperature"] * 9 / 5 + 32, 2)
    return event
