package io.twinloom.mqtt;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * A topic that messages may be published to.
 *
 * @param name as it stands in a packet
 * @param levels the name's parts, in the form in which they are compared
 */
record Topic(String name, String[] levels, TopicRoute route) {

  /** All characters before are in normal form. */
  private static final char FIRST_COMBINING = '\u0300';

  /** The topic of this name; null where it is malformed or nobody may publish to it. */
  static @Nullable Topic of(String name, TopicRouter router) {
    if (malformed(name)) {
      return null;
    }
    TopicRoute route = router.route(name).orElse(null);
    return route == null ? null : new Topic(name, levels(name), route);
  }

  /**
   * The parts of a name or filter in Unicode's normal form C: a letter that one client writes as
   * two characters, and another as one, is the same.
   */
  static String[] levels(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= FIRST_COMBINING) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).split("/", -1);
      }
    }
    return name.split("/", -1);
  }

  /** Whether a client may not even name this topic: empty, or with characters that MQTT forbids. */
  static boolean malformed(String name) {
    if (name.isEmpty()) {
      return true;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      // U+FFFD is what ill-formed UTF-8 was decoded to.
      if (c == 0 || c == '+' || c == '#' || c == '\uFFFD') {
        return true;
      }
    }
    return false;
  }
}
