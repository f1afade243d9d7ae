package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.change.TouchedData;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an apply would change on the clouds. */
final class ChangeLines {

  private ChangeLines() {}

  /** For people: what they know as things of their own, and the sum of all. */
  static List<String> text(PlannedChanges changes, Output output) {
    List<String> lines = new ArrayList<>();
    for (Change change : changes.changes()) {
      if (change.isNotable() || change.losesData()) {
        lines.add("  " + sign(change, output) + " " + Printable.line(change.what()));
      }
    }
    lines.add("  " + changes.summary());
    if (!changes.phases().isEmpty()) {
      lines.add("  then, in phases of which each is an apply of its own:");
      changes.phases().forEach(phase -> lines.add("    " + phase));
    }
    if (!changes.touched().isEmpty()) {
      lines.add("  what is stored in the tiers that move:");
      changes.touched().forEach(data -> lines.add("    " + Printable.line(data.text())));
    }
    MoveEstimate.of(changes).ifPresent(estimate -> lines.addAll(estimate.lines()));
    for (Change loss : changes.losses()) {
      lines.add(output.paint(Paint.RED, "  measurements are lost: ") + loss.what() + " is removed");
    }
    return lines;
  }

  private static String sign(Change change, Output output) {
    return switch (change.action()) {
      case ADD -> output.paint(Paint.GREEN, "+");
      case CHANGE -> output.paint(Paint.YELLOW, "~");
      case REMOVE -> output.paint(Paint.RED, "-");
      case REPLACE -> output.paint(Paint.RED, "-/+");
    };
  }

  /** For machines: all of them. */
  static JsonObject json(PlannedChanges changes) {
    List<JsonValue> all = new ArrayList<>();
    for (Change change : changes.changes()) {
      all.add(
          JsonObject.builder()
              .put("action", change.action().name().toLowerCase(Locale.ROOT))
              .put("what", change.what())
              .put("address", change.address())
              .put("losesData", change.losesData())
              .build());
    }
    JsonObject.Builder json = JsonObject.builder();
    MoveEstimate.of(changes).ifPresent(estimate -> json.put("estimate", estimate.json()));
    return json.put("add", changes.added())
        .put("change", changes.changed())
        .put("remove", changes.removed())
        .put("changes", new JsonArray(all))
        .put("phases", JsonArray.ofTexts(changes.phases()))
        .put(
            "data",
            new JsonArray(changes.touched().stream().<JsonValue>map(TouchedData::json).toList()))
        .build();
  }
}
