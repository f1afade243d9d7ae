package io.twinloom.functions.twin;

import io.twinloom.functions.port.TwinGraph.Definition;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonString;
import io.twinloom.model.DataType;
import io.twinloom.model.Device;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Hierarchy.Component;
import io.twinloom.model.Hierarchy.Entity;
import io.twinloom.model.Hierarchy.Relation;
import java.util.List;
import java.util.Optional;

/**
 * The hierarchy of the twin {@code plant}: a hall with a press, and in it an annex with an oven.
 */
final class Halls {

  private Halls() {}

  static Definition definition() {
    return GraphDefinition.of(hierarchy());
  }

  static Hierarchy hierarchy() {
    Component press =
        new Component(
            "press",
            "press",
            Optional.of("press-1"),
            List.of(
                property("temperature", DataType.DOUBLE),
                property("strokes", DataType.INTEGER),
                new Device.Property("state", DataType.STRING, Optional.of(new JsonString("new")))),
            List.of(
                new Device.ConstProperty("maker", DataType.STRING, new JsonString("Ada")),
                new Device.ConstProperty("built", DataType.INTEGER, JsonNumber.of(1843))));
    Component oven =
        new Component(
            "oven-2",
            "oven",
            Optional.of("oven-2"),
            List.of(property("heat", DataType.DOUBLE)),
            List.of());
    Component sign = new Component("sign", "", Optional.empty(), List.of(), List.of());
    Entity annex =
        new Entity("annex", List.of(), List.of(oven, sign), List.of(new Relation("by", "hall")));
    Entity hall = new Entity("hall", List.of(annex), List.of(press), List.of());
    return new Hierarchy(List.of(hall), false);
  }

  private static Device.Property property(String name, DataType type) {
    return new Device.Property(name, type, Optional.empty());
  }
}
