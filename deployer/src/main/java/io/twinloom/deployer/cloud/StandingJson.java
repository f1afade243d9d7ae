package io.twinloom.deployer.cloud;

import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.Change.Standing;
import io.twinloom.deployer.change.Change.Step;
import io.twinloom.deployer.control.codec.ProgressJson;
import io.twinloom.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** How far a change is within its phase, as this machine knows it. */
final class StandingJson {

  private StandingJson() {}

  static JsonObject write(Change change) {
    Standing standing = change.standing();
    JsonObject.Builder json = JsonObject.builder();
    json.put("change", change.id())
        .put("phase", change.at())
        .put("step", standing.step().name().toLowerCase(Locale.ROOT))
        .put("why", standing.why())
        .put("since", standing.since().toString());
    standing.progress().ifPresent(far -> json.put("progress", ProgressJson.write(far)));
    return json.build();
  }

  /** A change with the standing that was written of it; the same where none was. */
  static Change read(JsonObject json, Change change) {
    boolean same =
        json.text("change").filter(change.id()::equals).isPresent()
            && String.valueOf(json.get("phase")).equals(Integer.toString(change.at()));
    if (!same) {
      return change;
    }
    try {
      return change.standing(
          new Standing(
              Step.valueOf(json.text("step").orElse("").toUpperCase(Locale.ROOT)),
              json.text("why").orElse(""),
              Instant.parse(json.text("since").orElse("")),
              json.object("progress").map(ProgressJson::read)));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return change;
    }
  }
}
