package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.change.DeployedStateJson;
import io.twinloom.deployer.change.Layout;
import io.twinloom.deployer.change.LayoutJson;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What is written of a deployment in Terraform's state: the variable and output {@code deployment}.
 * An apply changes it in one step with what it makes, so every machine that has the state knows
 * which version is deployed, and which phase a change is in.
 */
final class DeploymentRecord {

  /** The member of Terraform's outputs, and of what is kept of them on this machine. */
  static final String NAME = "deployment";

  private DeploymentRecord() {}

  private static final String RECORD = "record";

  /** The member of the record with its format. */
  private static final String FORMAT = "format";

  /** The format of this program; a record that says nothing of its format has the first. */
  private static final int CURRENT = 1;

  /** The member that says who has made the last apply. */
  private static final String BY = "by";

  /** The member that says what holds data and may be removed by the next apply. */
  private static final String UNLOCKED = "unlocked";

  /** The member of the record with the layout that a change begins in. */
  private static final String BEGINNING = "beginning";

  /** The member that says that the change has not reached its first phase. */
  private static final String CONVERGING = "converging";

  /**
   * How a change begins.
   *
   * @param layout in which the twin becomes the version that the change leads to, before any phase
   * @param converging whether it is not that version yet
   */
  record Beginning(Layout layout, boolean converging) {}

  /**
   * The variable's value.
   *
   * @param beginning of the change, where one is under way
   * @param by who makes the apply
   */
  static JsonObject write(DeployedState state, Optional<Beginning> beginning, Executor by) {
    Optional<JsonValue> id = state.change().map(change -> new JsonString(change.id()));
    Optional<JsonValue> phase =
        state
            .change()
            .filter(change -> beginning.filter(Beginning::converging).isEmpty())
            .map(change -> JsonNumber.of(change.at() + 1));
    JsonObject.Builder record = DeployedStateJson.write(state).toBuilder().put(FORMAT, CURRENT);
    beginning.ifPresent(
        begins ->
            record
                .put(BEGINNING, LayoutJson.write(begins.layout()))
                .put(CONVERGING, begins.converging()));
    return JsonObject.builder()
        .put("generation", state.generation())
        .put("change", id.orElse(JsonNull.NULL))
        .put("phase", phase.orElse(JsonNull.NULL))
        .put(RECORD, Json.text(record.build()))
        .put(BY, by.place())
        .build();
  }

  /**
   * The same with what the apply unlocks, as {@code CLOUD:NAME}. It is no part of what is deployed:
   * a process that goes on leaves it unlocked until the next phase.
   */
  static JsonObject unlocking(JsonObject deployment, Set<String> stores) {
    return deployment.toBuilder()
        .put(UNLOCKED, JsonArray.ofTexts(stores.stream().sorted().toList()))
        .build();
  }

  /** What the last apply has left unlocked. */
  static Set<String> unlocked(JsonObject outputs) {
    return new HashSet<>(
        outputs.object(NAME).flatMap(own -> own.array(UNLOCKED)).orElse(JsonArray.EMPTY).texts());
  }

  /** Whether two of these values say that the same is deployed, by any executor. */
  static boolean isSame(Optional<JsonObject> one, JsonObject other) {
    return one.isPresent() && one.get().text(RECORD).equals(other.text(RECORD));
  }

  /**
   * Stops where somebody else with the state has applied something since this process last looked:
   * what it is about to do was decided for what was deployed then.
   *
   * @param known the outputs as this process knows them
   * @param present as they are in the state
   * @throws TwinloomException {@code TL-CLOUD-HELD}, which says who
   */
  static void refuseOther(JsonObject known, JsonObject present) {
    Optional<JsonObject> there = present.object(NAME);
    if (there.isPresent() && !isSame(known.object(NAME), there.get())) {
      throw new TwinloomException(
          DeployerError.CLOUD_HELD,
          "Another deployment"
              + there.get().text(BY).map(who -> ", by " + who + ",").orElse("")
              + " has changed the twin meanwhile. Nothing more was changed here.",
          NAME,
          "Leave it to that one, or deploy again once it has ended: that goes on from where it"
              + " is.");
    }
  }

  /**
   * What is deployed; empty where nothing is, or where an earlier release deployed it, which wrote
   * nothing of this.
   *
   * @param outputs what Terraform gave out
   * @throws TwinloomException {@code TL-CLOUD-RECORD} if this program cannot read it, {@code
   *     TL-CLOUD-NEWER} if a newer one has written it
   */
  static Optional<DeployedState> read(JsonObject outputs) {
    return record(outputs).map(record -> parsed(record, DeployedStateJson::read));
  }

  /** How the change that is under way began. */
  static Optional<Beginning> beginning(JsonObject outputs) {
    return record(outputs).flatMap(record -> parsed(record, DeploymentRecord::beginningOf));
  }

  /**
   * The layout that a twin is in. As long as it is not yet the version that its change leads to, no
   * phase has begun, though the state has the first one.
   *
   * @param outputs that have the state
   */
  static Layout layout(DeployedState state, PreparedProject version, JsonObject outputs) {
    return beginning(outputs)
        .filter(beginning -> state.change().isPresent() && beginning.converging())
        .map(Beginning::layout)
        .orElseGet(() -> state.layout(version.project().placement()));
  }

  /** A version of the project in that layout. */
  static PreparedProject inLayout(
      DeployedState state, PreparedProject version, JsonObject outputs) {
    return layout(state, version, outputs).of(state.retiringOf(version));
  }

  private static Optional<Beginning> beginningOf(JsonObject record) {
    return record
        .object(BEGINNING)
        .map(
            layout ->
                new Beginning(LayoutJson.read(layout), record.get(CONVERGING) == JsonBoolean.TRUE));
  }

  private static Optional<String> record(JsonObject outputs) {
    return outputs.object(NAME).flatMap(own -> own.text(RECORD));
  }

  private static <T> T parsed(String record, Function<JsonObject, T> reading) {
    try {
      JsonObject json = Json.parseObject(record.getBytes(StandardCharsets.UTF_8));
      refuseNewer(json);
      return reading.apply(json);
    } catch (IllegalArgumentException e) {
      throw new TwinloomException(
          DeployerError.CLOUD_RECORD,
          "What is deployed cannot be read from Terraform's state: " + e.getMessage() + ".",
          NAME,
          DeployerError.CLOUD_RECORD.fix(),
          e);
    }
  }

  private static void refuseNewer(JsonObject record) {
    if (record.get(FORMAT) instanceof JsonNumber format && format.asDouble() > CURRENT) {
      throw new TwinloomException(
          DeployerError.CLOUD_NEWER,
          "What is deployed is written in Terraform's state in format "
              + format
              + "; this program knows those up to "
              + CURRENT
              + ".",
          NAME);
    }
  }
}
