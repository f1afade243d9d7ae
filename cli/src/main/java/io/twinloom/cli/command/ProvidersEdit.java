package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Problem;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.reading.ProjectReader;
import io.twinloom.model.reading.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Changes the placement in a project's {@code config_providers.json}. */
record ProvidersEdit(Path project) {

  static final String FILE = "config_providers.json";

  /**
   * Writes a placement; layers that the twin lacks, and all other members, stay as they are. A
   * placement that the project is not valid with is not left in the file.
   *
   * @return whether the file has changed
   * @throws TwinloomException if it cannot be written, or the project is invalid with it
   */
  boolean write(Placement placement) {
    if (!Files.isDirectory(project)) {
      throw new TwinloomException(
          CliError.PROVIDERS_WRITE,
          "The project is not a folder, so its files cannot be changed.",
          project.toString());
    }
    Path file = project.resolve(FILE);
    try {
      byte[] before = Files.readAllBytes(file);
      JsonObject.Builder json = Json.parseObject(before).toBuilder();
      JsonObject old = json.build();
      for (Layer layer : Layer.values()) {
        placement
            .of(layer)
            .map(Provider::id)
            .filter(cloud -> !cloudOf(old, layer).equals(Optional.of(cloud)))
            .ifPresent(cloud -> json.put(layer.configKey(), cloud));
      }
      JsonObject changed = json.build();
      if (changed.equals(old)) {
        return false;
      }
      replace(file, (Json.pretty(changed) + "\n").getBytes(StandardCharsets.UTF_8));
      Reading reading = ProjectReader.read(project);
      if (reading.project().isEmpty()) {
        replace(file, before);
        throw new TwinloomException(
            CliError.PROVIDERS_WRITE,
            "With the recommended placement the project is invalid: " + first(reading),
            FILE,
            "Pin the layer that cannot move with --pin.");
      }
      return true;
    } catch (IOException e) {
      throw new TwinloomException(
          CliError.PROVIDERS_WRITE,
          "The placement cannot be written.",
          file.toString(),
          CliError.PROVIDERS_WRITE.fix(),
          e);
    }
  }

  private static Optional<String> cloudOf(JsonObject providers, Layer layer) {
    return providers.text(layer.configKey()).flatMap(Provider::of).map(Provider::id);
  }

  private static String first(Reading reading) {
    return reading.problems().stream()
        .filter(p -> p.severity() == Problem.Severity.ERROR)
        .map(Problem::message)
        .findFirst()
        .orElse("");
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Path fresh = file.resolveSibling(FILE + ".new");
    Files.write(fresh, content);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
