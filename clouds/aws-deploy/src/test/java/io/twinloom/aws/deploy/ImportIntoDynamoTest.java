package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.deployer.control.ImportReport;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Project;
import io.twinloom.testkit.aws.StandIn;
import io.twinloom.testkit.aws.StandIns;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** History comes into a hot table on AWS, which stands in dynalite. */
@ExtendWith(StandIns.class)
class ImportIntoDynamoTest {

  private final String table = "t" + UUID.randomUUID();

  @TempDir Path folder;

  private static StandIn dynalite;

  private AwsDeployClients clients;
  private AwsOperations operations;

  /** Where it is not there, nothing below is begun, or ended. */
  @BeforeAll
  static void look() {
    dynalite = StandIns.dynalite();
  }

  @BeforeEach
  void start() throws IOException {
    clients = StandInClients.of(StandIns.environment(Map.of("DYNAMODB", dynalite.uri())), folder);
    HotTable.make(clients.dynamoDb.get(), table);
    Project project =
        ProjectBuilder.of("hall").device("oven", "heat").readFrom(folder.resolve("hall"));
    JsonObject outputs =
        JsonObject.builder()
            .put("stores", JsonObject.builder().put("hall-hot-iot-data", table).build())
            .build();
    operations =
        new AwsOperations(
            clients,
            new Deployment(
                new PreparedProject(folder, "d", project, Topology.of(project), List.of()),
                outputs),
            InstantSource.system());
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  private static JsonObject item(String device, String time, String heat) {
    return Json.parseObject(
        "{\"device_id\": \"%s\", \"timestamp\": \"%s\", \"heat\": %s}"
            .formatted(device, time, heat)
            .getBytes(StandardCharsets.UTF_8));
  }

  private List<String> stored() {
    List<String> stored = new ArrayList<>();
    clients
        .dynamoDb
        .get()
        .scanPaginator(r -> r.tableName(table).consistentRead(true))
        .items()
        .forEach(
            row -> {
              String device = row.get("device_id").s();
              if (!device.startsWith("#")) {
                stored.add(device + " " + row.get("timestamp").s());
              }
            });
    return stored.stream().sorted().toList();
  }

  @Test
  @DisplayName("the history of another system is put into a twin on AWS, twice")
  void eachItemIsStoredOnce() {
    List<JsonObject> items =
        List.of(
            item("oven", "2026-01-05T12:00:00Z", "21.50"),
            item("oven", "2026-01-05T12:00:00Z", "22"),
            item("oven", "2026-01-05T13:00:00+01:00", "21.50"),
            item("nobody", "2026-01-05T12:00:00Z", "1"),
            item("oven", "yesterday", "1"));
    ImportReport first = operations.importItems(items, (device, from, to) -> Set.of());

    assertThat(first.stored()).isEqualTo(2);
    assertThat(first.present()).as("the same measurement in another time zone").isEqualTo(1);
    assertThat(first.refused()).extracting(ImportReport.Refusal::index).containsExactly(3, 4);
    assertThat(stored())
        .containsExactly("oven 2026-01-05T12:00:00.000000Z", "oven 2026-01-05T12:00:00.000001Z");

    ImportReport second = operations.importItems(items, (device, from, to) -> Set.of());
    assertThat(second.stored()).isZero();
    assertThat(second.present()).isEqualTo(3);
    assertThat(stored()).hasSize(2);
  }

  @Test
  void whatHasMovedOnToColderTiersIsNotStoredAgain() {
    List<JsonObject> items = List.of(item("oven", "2026-01-05T12:00:00Z", "21.50"));
    JsonObject exported = items.getFirst().toBuilder().put("event_id", "abcdefghijk").build();
    ImportReport report =
        operations.importItems(List.of(exported), (device, from, to) -> Set.of("abcdefghijk"));

    assertThat(report.present()).isEqualTo(1);
    assertThat(stored()).isEmpty();
  }
}
