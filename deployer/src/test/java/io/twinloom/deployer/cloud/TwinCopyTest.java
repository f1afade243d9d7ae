package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.Layout;
import io.twinloom.deployer.change.Phase;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Project;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newest values of a twin go from one cloud's service to another's. */
class TwinCopyTest {

  private static final JsonObject KEPT = item("02", "heat", 20);
  private static final JsonObject MEASURED = item("01", "power", 7);

  @TempDir Path folder;

  private final RecordedOperations old = new RecordedOperations(KnownClouds.GOOGLE);
  private final RecordedOperations next = new RecordedOperations(KnownClouds.AZURE);
  private final List<JsonObject> carried = new ArrayList<>();
  private int reads;

  private static JsonObject item(String second, String property, int value) {
    return JsonObject.builder()
        .put("device_id", "oven")
        .put("timestamp", "2026-03-01T00:00:" + second + ".000000Z")
        .put(property, value)
        .build();
  }

  private JsonObject answer(DeployedFunction function, JsonObject order) {
    if (function.name().equals("mill-twin-updater")) {
      assertThat(function.cloud()).isEqualTo(KnownClouds.AZURE);
      carried.add(order.object("payload").orElseThrow());
      return object("{\"status\": \"Success\"}");
    }
    reads++;
    return object(
        "{\"items\": [" + Json.text(item("03", "heat", 21)) + "," + Json.text(MEASURED) + "]}");
  }

  private static JsonObject object(String json) {
    return Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
  }

  private void copy() {
    Project project =
        ProjectBuilder.of("mill")
            .on(Layer.L4, KnownClouds.GOOGLE)
            .device("oven", "heat", "power")
            .readFrom(folder.resolve("mill"));
    StoreLegs both =
        StoreLegs.NONE.with(new StoreLegs.Leg(KnownClouds.AZURE, StoreLegs.Use.JOINING, false));
    Layout layout = new Layout(project.placement(), Legs.NONE.with(Layer.L4, both));
    PreparedProject prepared =
        layout.of(new PreparedProject(folder, "mill", project, Topology.of(project), List.of()));
    new TwinCopy(prepared, Map.of(KnownClouds.GOOGLE, old, KnownClouds.AZURE, next), this::answer)
        .run(new Phase(Phase.Kind.COPY, Layer.L4, layout));
  }

  @Test
  void whatTheOldServiceKeepsIsCarriedOverAndTheHistoryHasTheRest() {
    old.twinValues.add(KEPT);
    copy();
    assertThat(carried).as("in the order of their times").containsExactly(MEASURED, KEPT);
  }

  @Test
  void theHistoryIsNotReadWhereTheOldServiceKeepsAll() {
    old.twinValues.add(KEPT);
    old.twinValues.add(MEASURED);
    copy();
    assertThat(carried).containsExactly(MEASURED, KEPT);
    assertThat(reads).isZero();
  }

  @Test
  void allIsFromTheHistoryWhereTheOldServiceKeepsNoValues() {
    copy();
    assertThat(carried).containsExactly(MEASURED, item("03", "heat", 21));
  }
}
