package io.twinloom.cli.command;

import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Provider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Dead letters of one function and one device that died of the same cause.
 *
 * @param letters at least one, the oldest first
 */
record DeadLetterGroup(List<DeadLetterEntry> letters) {

  private record Kind(String function, Provider cloud, Optional<String> device, String cause) {}

  DeadLetterGroup {
    letters = List.copyOf(letters);
  }

  /** The groups of letters; the group whose newest letter is the newest comes last. */
  static List<DeadLetterGroup> of(List<DeadLetterEntry> letters) {
    Map<Kind, List<DeadLetterEntry>> byKind = new LinkedHashMap<>();
    for (DeadLetterEntry letter : letters) {
      Kind kind = new Kind(letter.function(), letter.cloud(), letter.device(), letter.cause());
      byKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(letter);
    }
    return byKind.values().stream()
        .map(DeadLetterGroup::new)
        .sorted(Comparator.comparing(group -> group.newest().time()))
        .toList();
  }

  DeadLetterEntry newest() {
    return letters.getLast();
  }

  /** The device that the newest is from; empty where the event does not say. */
  String device() {
    return newest().device().orElse("");
  }

  /** What the device sent, or the event as it is where it is not that of a device. */
  String payload() {
    if (newest().event() instanceof JsonObject event) {
      JsonValue payload = event.get("payload");
      if (payload instanceof JsonString text) {
        return text.value();
      }
      if (payload != null) {
        return Json.text(payload);
      }
      if (event.has("payload_base64")) {
        return "(base64) " + event.text("payload_base64").orElse("");
      }
    }
    return Json.text(newest().event());
  }

  JsonObject toJson() {
    return JsonObject.builder()
        .put("function", newest().function())
        .put("cloud", newest().cloud().id())
        .put("device", device())
        .put("error", newest().error())
        .put("count", letters.size())
        .put("newest", newest().time().toString())
        .put("ids", JsonArray.ofTexts(letters.stream().map(DeadLetterEntry::id).toList()))
        .build();
  }
}
