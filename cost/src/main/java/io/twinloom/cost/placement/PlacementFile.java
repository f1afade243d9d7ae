package io.twinloom.cost.placement;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Problem;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.Provider;
import io.twinloom.model.files.ReplacedFile;
import io.twinloom.model.reading.ProjectReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A placement in the file that a project has it in. */
public final class PlacementFile {

  /** The file's path in a project. */
  public static final String PATH = "config_providers.json";

  private PlacementFile() {}

  /**
   * The file with another placement; layers that the placement lacks, and all other members, stay
   * as they are.
   *
   * @return empty where the file has the placement already
   */
  public static Optional<byte[]> written(byte[] file, Placement placement) {
    JsonObject before = Json.parseObject(file);
    JsonObject.Builder after = before.toBuilder();
    boolean changed = false;
    for (Layer layer : Layer.values()) {
      Optional<Provider> cloud = placement.of(layer);
      if (cloud.isPresent()
          && !before.text(layer.configKey()).flatMap(Provider::of).equals(cloud)) {
        after.put(layer.configKey(), cloud.get().id());
        changed = true;
      }
    }
    return changed
        ? Optional.of((Json.pretty(after.build()) + "\n").getBytes(StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /**
   * What makes a project invalid with another placement; nothing where it is valid.
   *
   * @throws IOException if the project cannot be read
   */
  public static List<Problem> problems(ProjectFiles files, Placement placement) throws IOException {
    Optional<byte[]> file = files.read(PATH);
    Optional<byte[]> changed = file.flatMap(content -> written(content, placement));
    if (changed.isEmpty()) {
      return List.of();
    }
    return ProjectReader.read(new ReplacedFile(files, PATH, changed.get())).problems().stream()
        .filter(problem -> problem.severity() == Problem.Severity.ERROR)
        .toList();
  }
}
