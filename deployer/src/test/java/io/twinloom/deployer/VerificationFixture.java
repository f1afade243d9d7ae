package io.twinloom.deployer;

import io.twinloom.deployer.control.VerifyReport;
import io.twinloom.model.Project;
import io.twinloom.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Verifies a project with one device on a twin that is not there. */
abstract class VerificationFixture {
  static final List<String> WAY =
      List.of(
          "dispatcher",
          "connector",
          "ingestion",
          "processor",
          "persister",
          "hot-writer",
          "twin-updater");

  static final Duration LIMIT = Duration.ofSeconds(2);

  @TempDir Path folder;

  Project project;
  final FakeTwin twin = new FakeTwin();

  @BeforeEach
  void read() {
    project =
        Projects.of(
            folder,
            "[{\"id\": \"a\", \"properties\": [{\"name\": \"t\", \"dataType\": \"DOUBLE\"}]}]",
            "");
  }

  VerifyReport verify() {
    return new Verification(project, Topology.of(project), twin, twin, new Random(1))
        .run(Optional.empty(), LIMIT);
  }
}
