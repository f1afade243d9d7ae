package io.twinloom.local;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** What has happened on the device channels, beside what else is counted. */
final class ChannelEvents {

  private static final String PREFIX = "mqtt-";

  private ChannelEvents() {}

  /** The counts with those of all channels; what has not happened is left out. */
  static Map<String, Long> beside(Map<String, Long> counts, Collection<LocalCloud> clouds) {
    Map<String, Long> all = new TreeMap<>(counts);
    for (LocalCloud cloud : clouds) {
      cloud
          .channelEvents()
          .forEach(
              (event, count) -> {
                if (count > 0) {
                  all.merge(PREFIX + event, count, Long::sum);
                }
              });
    }
    return all;
  }
}
