package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.grafana.GrafanaFiles;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.text.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code grafana}: dashboards and provisioning files. */
@Command(
    name = "grafana",
    description = {
      "Write dashboards and provisioning files that show the twin in Grafana.",
      "",
      "  twinloom grafana my-twin --out grafana",
      "  twinloom grafana my-twin --out grafana --for local"
    })
final class GrafanaCommand extends ProjectCommand {

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder to write into; files of the same names are replaced.")
  private Path out = Path.of("");

  @Option(
      names = "--for",
      paramLabel = "PLACE",
      description = "local, or a cloud (default: local, and the cloud of layer 5).")
  private @Nullable String place;

  @Override
  protected int run(Output output) throws Exception {
    return withProject(output, project -> write(project, output));
  }

  private int write(PreparedProject prepared, Output output) {
    Project project = prepared.project();
    GrafanaFiles files = new GrafanaFiles(project);
    List<String> written = new ArrayList<>();
    for (Optional<Provider> where : places(project)) {
      String folder = where.map(Provider::id).orElse(GrafanaFiles.LOCAL);
      for (Map.Entry<String, String> file : files.of(where).entrySet()) {
        written.add(write(Path.of(folder, file.getKey()), file.getValue()));
      }
    }
    output.result(
        JsonObject.builder()
            .put("folder", out.toString())
            .put("files", JsonArray.ofTexts(written))
            .build(),
        List.of(
            Count.of(written.size(), "file") + " in " + out + ".",
            "environment.example in each folder says what Grafana's process needs to know."));
    return ExitCode.DONE;
  }

  private List<Optional<Provider>> places(Project project) {
    String chosen = place;
    if (chosen == null) {
      List<Optional<Provider>> all = new ArrayList<>(List.of(Optional.empty()));
      project.placement().l5().ifPresent(cloud -> all.add(Optional.of(cloud)));
      return all;
    }
    if (chosen.equals(GrafanaFiles.LOCAL)) {
      return List.of(Optional.empty());
    }
    Optional<Provider> cloud = Provider.of(chosen);
    if (cloud.isEmpty()) {
      throw badUsage(
          "--for is local or one of "
              + String.join(", ", Provider.ids())
              + ", not "
              + chosen
              + ".");
    }
    return List.of(cloud);
  }

  private String write(Path relative, String content) {
    Path file = terminal().folder().resolve(out).resolve(relative);
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, content);
      return relative.toString();
    } catch (IOException e) {
      throw new TwinloomException(
          CliError.GRAFANA_WRITE,
          "A file cannot be written: " + FileFailure.reason(e) + ".",
          file.toString(),
          CliError.GRAFANA_WRITE.fix(),
          e);
    }
  }
}
