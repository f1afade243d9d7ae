package io.twinloom.cost;

import io.twinloom.cost.placement.Placements;
import io.twinloom.json.JsonBoolean;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Projects for these tests. */
final class Twins {

  private static final String CODE = "def process(event):\n    return event\n";

  private Twins() {}

  /** A twin with rules, history and dashboards, all on one cloud. */
  static Project full(Path folder, Provider cloud) {
    return read(on(builder("mill"), cloud), folder);
  }

  /** The same over three clouds. */
  static Project overThreeClouds(Path folder) {
    return read(builder("mill").overThreeClouds(), folder);
  }

  /** As small as a twin can be: without layers 4 and 5, without code and rules. */
  static Project small(Path folder, Provider cloud) {
    return read(on(ProjectBuilder.of("pump"), cloud).without(Layer.L4).without(Layer.L5), folder);
  }

  private static ProjectBuilder builder(String name) {
    return ProjectBuilder.of(name)
        .devices(3)
        .pythonProcessor("sensor-1", CODE)
        .defaultProcessor(CODE)
        .config("history_over_tiers", JsonBoolean.TRUE)
        .feature("useEventChecking")
        .rule("any.sensor-1.temperature > DOUBLE(30)", "alarm", CODE)
        .on(Layer.L5, Provider.named("aws"));
  }

  static ProjectBuilder on(ProjectBuilder builder, Provider cloud) {
    for (Layer layer : Layer.values()) {
      builder.on(layer, cloud);
    }
    return builder;
  }

  private static Project read(ProjectBuilder builder, Path folder) {
    try {
      return builder.readFrom(Files.createTempDirectory(folder, "twin"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A project with layers on other clouds. */
  static Project placed(Project project, Map<Layer, Provider> moves) {
    return Placements.placed(project, Placements.moved(project.placement(), moves));
  }
}
