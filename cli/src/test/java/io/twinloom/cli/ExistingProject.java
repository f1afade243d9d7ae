package io.twinloom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A project as users of the original system have one: the same files, keys and habits, in the shape
 * of one of three times.
 *
 * @param placement the clouds of L1, L2, L3 hot, cold and archive, L4 and L5
 */
record ExistingProject(String scenario, Time time, List<String> placement) {

  private static final Path TEMPLATE = Path.of("src", "test", "resources", "existing", "template");

  private static final List<String> LAYERS =
      List.of("1", "2", "3_hot", "3_cold", "3_archive", "4", "5");

  /** When a project was begun. */
  enum Time {
    DECEMBER,
    JANUARY,
    NEWEST
  }

  /** The template's scenarios, in the shape of one time. */
  static Stream<ExistingProject> scenarios(Time time) {
    return Stream.of(
            "aws: aws aws aws aws aws aws aws",
            "azure: azure azure azure azure azure azure azure",
            "gcp: gcp gcp gcp gcp gcp none none",
            "aws-azure: aws azure aws azure aws azure aws",
            "aws-gcp: aws gcp aws gcp aws aws aws",
            "azure-aws: azure aws azure aws azure aws azure",
            "azure-gcp: azure gcp azure gcp azure azure azure",
            "gcp-aws: gcp aws gcp aws gcp aws aws",
            "gcp-azure: gcp azure gcp azure gcp azure azure",
            "shared-l2-l3: aws azure azure gcp gcp aws aws",
            "cross-l4: gcp aws aws azure gcp azure azure")
        .map(line -> of(line, time));
  }

  private static ExistingProject of(String line, Time time) {
    int colon = line.indexOf(':');
    return new ExistingProject(
        line.substring(0, colon), time, List.of(line.substring(colon + 2).split(" ", -1)));
  }

  String name() {
    return scenario + "-" + time.name().toLowerCase(Locale.ROOT);
  }

  /** Writes the project into a new folder of this one. */
  Path write(Path parent) throws IOException {
    Path folder = parent.resolve(name());
    try (Stream<Path> files = Files.walk(TEMPLATE)) {
      for (Path file : files.toList()) {
        Path target = folder.resolve(TEMPLATE.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    StringBuilder providers = new StringBuilder("{\n");
    for (int i = 0; i < LAYERS.size(); i++) {
      providers.append(
          "  \"layer_%s_provider\": \"%s\"%s\n"
              .formatted(LAYERS.get(i), placement.get(i), i + 1 < LAYERS.size() ? "," : ""));
    }
    Files.writeString(folder.resolve("config_providers.json"), providers.append("}\n"));
    if (time != Time.NEWEST) {
      withoutWorkflow(folder);
    }
    if (time == Time.DECEMBER) {
      asInDecember(folder);
    }
    return folder;
  }

  /** Before there were rules with workflows, their files were placeholders. */
  private static void withoutWorkflow(Path folder) throws IOException {
    Path events = folder.resolve("config_events.json");
    String rules = Files.readString(events);
    Files.writeString(
        events,
        rules
                .substring(0, rules.indexOf("\"testEntityId.pressure"))
                .replaceAll("(?s),\\s*\\{\\s*\"condition\":\\s*$", "")
            + "\n]\n");
    Files.writeString(
        folder.resolve("state_machines/aws_step_function.json"),
        "{\"StartAt\": \"x\", \"States\": {}}\n");
    Files.writeString(folder.resolve("state_machines/azure_logic_app.json"), "{}\n");
    Files.writeString(folder.resolve("state_machines/google_cloud_workflow.yaml"), "steps: []\n");
  }

  private static void asInDecember(Path folder) throws IOException {
    Files.writeString(folder.resolve("config_grafana.json"), "{\"dashboards\": []}\n");
    Path hierarchy = folder.resolve("twin_hierarchy/aws_hierarchy.json");
    Files.writeString(
        hierarchy,
        Files.readString(hierarchy)
            .replaceAll(
                "\"componentTypeId\": \"digital-twin-mill-(temperature-sensor-\\d)\"",
                "\"iotDeviceId\": \"$1\""));
  }

  @Override
  public String toString() {
    return name();
  }
}
