package io.twinloom.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.TwinGraph;
import io.twinloom.functions.port.TwinGraph.ComponentType;
import io.twinloom.functions.port.TwinGraph.Definition;
import io.twinloom.functions.port.TwinGraph.Entity;
import io.twinloom.functions.port.TwinGraph.Measured;
import io.twinloom.functions.port.TwinGraph.Property;
import io.twinloom.functions.port.TwinGraph.Update;
import io.twinloom.functions.port.TwinGraph.Value;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DataType;
import io.twinloom.model.Device;
import io.twinloom.model.Hierarchy.Component;
import io.twinloom.model.Hierarchy.Relation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The graph is what was defined last, and each of its properties ends with its newest value. */
public interface TwinGraphContract {

  /** The graph, the same during one test, empty at its beginning. */
  TwinGraph graph();

  /** A time in stored form. */
  static String at(int second) {
    return "2026-01-01T00:00:%02d.000000Z".formatted(second);
  }

  /** A hall with a press, and an annex in it without anything. */
  static Definition hall() {
    return hall("press-1", "heat", "state");
  }

  private static Definition hall(String device, String... properties) {
    List<Device.Property> measured = new ArrayList<>();
    for (String property : properties) {
      measured.add(new Device.Property(property, DataType.DOUBLE, Optional.of(JsonNumber.of(0))));
    }
    Component press =
        new Component(
            "press",
            "press-type",
            Optional.of(device),
            measured,
            List.of(
                new Device.ConstProperty(
                    "maker", DataType.STRING, new JsonString("Öhler \"& Co"))));
    return new Definition(
        List.of(
            new Entity(
                "annex",
                Optional.of("hall"),
                false,
                List.of(),
                List.of(new Relation("by", "hall"))),
            new Entity("hall", Optional.empty(), true, List.of(press), List.of())),
        List.of(
            new ComponentType(
                "press-type",
                List.of(new Property("heat", DataType.DOUBLE, true, Optional.empty())))));
  }

  private static Map<String, JsonValue> heat(int value) {
    return Map.of("heat", JsonNumber.of(value));
  }

  private @Nullable Value newestHeat() {
    return graph().values("hall", "press").get("heat");
  }

  @Test
  default void whatIsDefinedIsThere() {
    assertThat(graph().entity("hall")).isEmpty();
    assertThat(graph().entities("", 10)).isEmpty();
    graph().define(hall());
    assertThat(graph().entity("hall")).contains(hall().entities().get(1));
    assertThat(graph().entity("annex")).contains(hall().entities().get(0));
    assertThat(graph().entity("Hall")).isEmpty();
    assertThat(graph().componentType("press-type")).contains(hall().types().get(0));
    assertThat(graph().componentType("annex")).isEmpty();
  }

  @Test
  default void entitiesAndTypesAreListedInTheOrderOfTheirIds() {
    graph().define(hall());
    assertThat(graph().entities("", 1)).extracting(Entity::id).containsExactly("annex");
    assertThat(graph().entities("annex", 5)).extracting(Entity::id).containsExactly("hall");
    assertThat(graph().entities("hall", 5)).isEmpty();
    assertThat(graph().componentTypes("", 5)).isEqualTo(hall().types());
    assertThat(graph().componentTypes("press-type", 5)).isEmpty();
  }

  @Test
  default void severalMeasurementsAreTakenInTheirOrderEachByItself() {
    graph().define(hall());
    assertThat(
            graph()
                .updateAll(
                    List.of(
                        new Measured("hall", "press", at(2), heat(2)),
                        new Measured("hall", "press", at(1), heat(1)),
                        new Measured("hall", "nothing", at(3), heat(3)),
                        new Measured("hall", "press", at(4), Map.of("depth", JsonNumber.of(4))),
                        new Measured("hall", "press", at(5), heat(5)))))
        .containsExactly(
            Update.APPLIED, Update.UNCHANGED, Update.UNKNOWN, Update.UNMEASURED, Update.APPLIED);
    assertThat(newestHeat()).isEqualTo(new Value(JsonNumber.of(5), at(5)));
    assertThat(graph().updateAll(List.of())).isEmpty();
  }

  @Test
  default void aValueIsReadAsItWasWritten() {
    graph().define(hall("press-1", "heat", "state", "running", "nested", "text"));
    Map<String, JsonValue> values =
        Map.of(
            "heat", new JsonNumber("21.500"),
            "state", new JsonNumber("9007199254740993"),
            "running", JsonBoolean.TRUE,
            "nested", JsonObject.builder().put("a", 1).build(),
            "text", new JsonString("grün \u0000 \"x\""));
    assertThat(graph().update("hall", "press", at(1), values)).isEqualTo(Update.APPLIED);
    Map<String, Value> read = graph().values("hall", "press");
    assertThat(read).hasSize(5);
    values.forEach((name, value) -> assertThat(read).containsEntry(name, new Value(value, at(1))));
  }

  @Test
  default void anOlderValueChangesNothing() {
    graph().define(hall());
    graph().update("hall", "press", at(5), heat(50));
    assertThat(graph().update("hall", "press", at(4), heat(40))).isEqualTo(Update.UNCHANGED);
    assertThat(newestHeat()).isEqualTo(new Value(JsonNumber.of(50), at(5)));
    assertThat(graph().update("hall", "press", at(6), heat(60))).isEqualTo(Update.APPLIED);
    assertThat(newestHeat()).isEqualTo(new Value(JsonNumber.of(60), at(6)));
  }

  @Test
  default void eachPropertyHasTheTimeOfItsOwnNewestValue() {
    graph().define(hall());
    graph().update("hall", "press", at(5), heat(50));
    Map<String, JsonValue> earlier = Map.of("heat", JsonNumber.of(30), "state", JsonNumber.of(3));
    assertThat(graph().update("hall", "press", at(3), earlier)).isEqualTo(Update.APPLIED);
    assertThat(graph().values("hall", "press"))
        .isEqualTo(
            Map.of(
                "heat", new Value(JsonNumber.of(50), at(5)),
                "state", new Value(JsonNumber.of(3), at(3))));
  }

  @Test
  default void whatTheComponentHasNotIsLeftOut() {
    graph().define(hall());
    assertThat(graph().values("hall", "press")).isEmpty();
    assertThat(graph().update("hall", "press", at(1), Map.of("speed", JsonNumber.of(1))))
        .isEqualTo(Update.UNMEASURED);
    assertThat(graph().update("hall", "press", at(1), Map.of("maker", JsonNumber.of(1))))
        .as("a constant")
        .isEqualTo(Update.UNMEASURED);
    assertThat(graph().update("hall", "oven", at(1), heat(1))).isEqualTo(Update.UNKNOWN);
    assertThat(graph().update("annex", "press", at(1), heat(1))).isEqualTo(Update.UNKNOWN);
    assertThat(graph().values("hall", "press")).isEmpty();
    assertThat(graph().values("hall", "oven")).isEmpty();
  }

  @Test
  default void whatIsDefinedNoLongerIsRemovedWithItsValuesAndTheRestKeepsIts() {
    graph().define(hall());
    graph()
        .update(
            "hall", "press", at(1), Map.of("heat", JsonNumber.of(1), "state", JsonNumber.of(2)));
    graph().define(hall("press-1", "heat", "speed"));
    assertThat(graph().values("hall", "press")).containsOnlyKeys("heat");
    graph().define(hall());
    assertThat(graph().values("hall", "press"))
        .as("a property that was away is new")
        .containsOnlyKeys("heat");
    graph().define(new Definition(List.of(), List.of()));
    assertThat(graph().entities("", 10)).isEmpty();
    assertThat(graph().componentTypes("", 10)).isEmpty();
    assertThat(graph().update("hall", "press", at(9), heat(1))).isEqualTo(Update.UNKNOWN);
    graph().define(hall());
    assertThat(graph().values("hall", "press")).isEmpty();
  }

  @Test
  default void aComponentOfAnotherDeviceForgetsTheValuesOfTheFormer() {
    graph().define(hall());
    graph().update("hall", "press", at(9), heat(9));
    graph().define(hall("press-2", "heat"));
    assertThat(graph().values("hall", "press")).isEmpty();
    graph().update("hall", "press", at(1), heat(1));
    assertThat(newestHeat()).isEqualTo(new Value(JsonNumber.of(1), at(1)));
  }

  @Test
  default void updatesThatComeTogetherAndInAnyOrderEndWithTheNewest() {
    graph().define(hall());
    List<Integer> seconds = new ArrayList<>();
    for (int second = 0; second < 40; second++) {
      seconds.add(second);
    }
    Collections.shuffle(seconds, new Random(7));
    CompletableFuture.allOf(
            seconds.stream()
                .map(
                    s ->
                        CompletableFuture.runAsync(
                            () -> graph().update("hall", "press", at(s), heat(s))))
                .toArray(CompletableFuture[]::new))
        .join();
    assertThat(newestHeat()).isEqualTo(new Value(JsonNumber.of(39), at(39)));
  }
}
