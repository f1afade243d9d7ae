package io.twinloom.functions.history;

import io.twinloom.json.JsonObject;

/** An item that was found in a tier, with its place and its size as JSON. */
record Found(Place place, JsonObject body, long bytes) {}
