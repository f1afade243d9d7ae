"""Tells the gardener that a bed is dry. What it prints is in the log."""


def process(given):
    event = given["event"]
    print(
        "the bed is dry (%.1f %%): it gets %.0f litres"
        % (event["soil_moisture"], event["litres_missing"])
    )
