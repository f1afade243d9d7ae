package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.cloud.CloudStep;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.aws.FakeAws;
import io.twinloom.testkit.aws.FakeAws.Answer;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deployment notes whose items the hot table may have. */
class KnownDevicesTest {

  @TempDir Path folder;

  private FakeAws aws;
  private AwsDeployClients clients;

  @BeforeEach
  void start() throws IOException {
    aws = new FakeAws(r -> new Answer(200, "application/x-amz-json-1.0", "{}"));
    clients = StandInClients.of(aws, folder);
  }

  @AfterEach
  void stop() {
    clients.close();
    aws.close();
  }

  @Test
  void everyDeviceIsNotedInAFewRequests() {
    ProjectBuilder builder = ProjectBuilder.of("hall");
    for (int i = 0; i < 60; i++) {
      builder.device("säge-" + i, "temperature");
    }
    CloudStep step = step(builder).orElseThrow();
    step.make(Progress.SILENT);
    int devices = builder.readFrom(folder.resolve("hall")).devices().size();
    assertThat(aws.asked).hasSize((devices + 24) / 25);
    String all = aws.asked.toString();
    assertThat(all).contains("hall-hot-iot-data", "#devices", "säge-0", "säge-59");
    assertThat(step.id()).isEqualTo("aws-known-devices");
  }

  @Test
  void withoutAHotTableThereIsNothingToNote() {
    assertThat(step(ProjectBuilder.of("hall").on(Layer.L3_HOT, KnownClouds.AZURE))).isEmpty();
  }

  private Optional<CloudStep> step(ProjectBuilder builder) {
    Project project = builder.readFrom(folder.resolve("hall"));
    JsonObject outputs =
        Json.parseObject(
            "{\"stores\": {\"hall-hot-iot-data\": \"hall-hot-iot-data\"}}"
                .getBytes(StandardCharsets.UTF_8));
    return KnownDevices.step(
        clients,
        new Deployment(
            new PreparedProject(folder, "d", project, Topology.of(project), List.of()), outputs));
  }
}
