package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Columns;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.CloudSupport;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.PackagingError;
import io.twinloom.packaging.bundle.FunctionPackage;
import io.twinloom.packaging.bundle.PackageMaker;
import io.twinloom.packaging.bundle.TwinPackages;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code package}: what would be uploaded. */
@Command(
    name = "package",
    description = {
      "Make the packages that would be uploaded, byte for byte reproducible.",
      "",
      "  twinloom package my-twin --out packages"
    })
final class PackageCommand extends ProjectCommand {

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where to put them: a folder for each cloud with one ZIP a package.")
  private Path out = Path.of("");

  @Override
  protected int run(Output output) throws Exception {
    return withProject(output, project -> make(project, output));
  }

  private int make(PreparedProject project, Output output) throws IOException {
    Path folder = terminal().folder().resolve(out).normalize();
    TwinPackages made =
        TwinPackages.available(
            project.topology(),
            project.code(),
            Installation.artifacts(terminal().environment(), CloudSupport.all()),
            project.project(),
            folder,
            PackageMaker.of(
                terminal().environment(),
                Path.of(System.getProperty("user.home", "")),
                terminal().clock(),
                output::say));
    List<JsonValue> packages = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (FunctionPackage one : made.packages()) {
      long bytes = Files.size(one.file());
      packages.add(json(one, bytes));
      lines.add(
          String.format(
              Locale.ROOT,
              "%-6s  %s %,12d bytes  %-11s  sha256 %s",
              one.cloud().id(),
              Columns.left(folder.relativize(one.file()).toString(), 50),
              bytes,
              one.runtime(),
              one.sha256()));
    }
    output.result(
        JsonObject.builder()
            .put("out", folder.toString())
            .put("packages", new JsonArray(packages))
            .put(
                "missing",
                new JsonArray(
                    made.missing().entrySet().stream()
                        .<JsonValue>map(e -> missing(e.getKey(), e.getValue()))
                        .toList()))
            .build(),
        lines);
    warnOfOthers(made, folder, output);
    return report(made, output);
  }

  private static JsonObject json(FunctionPackage one, long bytes) {
    return JsonObject.builder()
        .put("name", one.name())
        .put("cloud", one.cloud().id())
        .put("file", one.file().toString())
        .put("bytes", bytes)
        .put("sha256", one.sha256())
        .put("runtime", one.runtime())
        .put("handler", one.handler())
        .build();
  }

  private static JsonObject missing(Provider cloud, TwinloomException why) {
    return JsonObject.builder()
        .put("name", FunctionPackage.SYSTEM)
        .put("cloud", cloud.id())
        .put("message", why.what())
        .put("fix", why.fix())
        .build();
  }

  /** What has no artifact yet is a warning; what should have one is an error. */
  private static int report(TwinPackages made, Output output) {
    int exitCode = ExitCode.DONE;
    for (TwinloomException why : made.missing().values()) {
      if (why.error() == PackagingError.PACKAGE_NOT_BUILT) {
        output.complain(why);
        exitCode = ExitCode.FAILED;
      } else {
        output.warn(why.what() + ": only the packages of user functions were made. " + why.fix());
      }
    }
    return exitCode;
  }

  /** Archives of an earlier run, which nothing would upload any more. */
  private static void warnOfOthers(TwinPackages made, Path folder, Output output)
      throws IOException {
    Set<Path> own = new HashSet<>();
    made.packages().forEach(one -> own.add(one.file()));
    for (Provider cloud : Provider.all()) {
      Path place = folder.resolve(cloud.id());
      if (Files.isDirectory(place)) {
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(place, "*.zip")) {
          for (Path archive : archives) {
            if (!own.contains(archive)) {
              output.warn(
                  folder.relativize(archive) + " is not a package of this twin (any more).");
            }
          }
        }
      }
    }
  }
}
