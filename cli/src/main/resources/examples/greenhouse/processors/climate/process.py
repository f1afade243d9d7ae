"""What a grower watches: when dew would fall, and how strongly the air dries the leaves."""

import math


def saturation(temperature):
    """Saturation vapour pressure in kPa at a temperature in degrees Celsius (Magnus formula)."""
    return 0.61094 * math.exp(17.625 * temperature / (temperature + 243.04))


def process(event):
    temperature = event["temperature"]
    pressure = saturation(temperature) * event["humidity"] / 100
    logarithm = math.log(pressure / 0.61094)
    event["dew_point"] = round(243.04 * logarithm / (17.625 - logarithm), 2)
    event["vapour_pressure_deficit"] = round(saturation(temperature) - pressure, 3)
    return event
