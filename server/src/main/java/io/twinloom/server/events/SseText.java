package io.twinloom.server.events;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;

/** Server-sent events as text. */
final class SseText {

  /** A comment, which keeps a connection from being closed as idle. */
  static final String HEARTBEAT = ": heartbeat\n\n";

  /** How long a client waits before it connects again, in milliseconds. */
  static final String RETRY = "retry: 2000\n\n";

  private SseText() {}

  /**
   * An event. JSON has no line break of its own, so that its data is one line.
   *
   * @param id without line breaks
   */
  static String event(String id, String name, JsonObject data) {
    return "id: " + id + "\nevent: " + name + "\ndata: " + Json.text(data) + "\n\n";
  }
}
