package io.twinloom.local.observe;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What the channel refused of clients: their connections, and what they published. Safe for
 * threads.
 */
public final class RefusedTopics {

  private static final int KEPT = 500;

  /**
   * A refusal; where there were many alike, the last one that was reported.
   *
   * @param topic that was published to; empty where it is of a connection
   */
  public record Refused(Instant time, String client, String topic, String why) {}

  private record Key(String client, String topic) {}

  private final SequencedMap<Key, Refused> newest = new LinkedHashMap<>();

  synchronized void add(Refused refused) {
    Key key = new Key(refused.client(), refused.topic());
    newest.remove(key);
    newest.putLast(key, refused);
    if (newest.size() > KEPT) {
      newest.pollFirstEntry();
    }
  }

  /**
   * Those of a device, the newest first: its client has the device's id, or its topic names the
   * device.
   */
  public synchronized List<Refused> of(String device) {
    return newest.values().stream()
        .filter(
            r -> r.client().equals(device) || List.of(r.topic().split("/", -1)).contains(device))
        .toList()
        .reversed();
  }
}
