package io.twinloom.deployer.cloud;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.json.Json;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which lines of a log were shown already: a cloud shows them late, so one looks back each time.
 */
final class NewLines {

  /** More lines than a twin writes while its cloud holds them back. */
  private static final int REMEMBERED = 50_000;

  private final Set<String> shown = new LinkedHashSet<>();

  boolean isNew(LogLine line) {
    if (!shown.add(Json.text(line.json()))) {
      return false;
    }
    if (shown.size() > REMEMBERED) {
      shown.remove(shown.iterator().next());
    }
    return true;
  }
}
