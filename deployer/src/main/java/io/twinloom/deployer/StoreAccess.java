package io.twinloom.deployer;

import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.time.Instant;

/** The deployer's right over a twin's functions and stores, wherever they are. */
interface StoreAccess {

  /** Calls a function and waits for its result. */
  JsonValue call(String function, JsonObject event);

  /** Removes an item from the hot store. */
  void removeItem(String device, String timestamp);

  /** Removes all chunks of a device from the colder tiers. */
  void removeChunks(String device);

  /** Removes the dead letters kept since a time whose event has this text in it. */
  void removeDeadLetters(String text, Instant since);
}
