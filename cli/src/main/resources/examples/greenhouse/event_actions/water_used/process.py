"""A workflow's first function: how much water the bed got. The second is given what it returns."""

DRY_PERCENT = 31.0
LITRES_PER_PERCENT = 14.0


def process(given):
    risen = given["event"]["soil_moisture"] - DRY_PERCENT
    return {"litres": round(risen * LITRES_PER_PERCENT)}
