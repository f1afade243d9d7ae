package io.twinloom.aws.deploy;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Connections;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What CloudWatch is asked for by the dashboards of a twin, against the names of what was made. */
class CloudWatchDashboardsTest {

  /** As AWS documents them, with the dimensions by which each is kept. */
  private static final Map<String, Set<String>> METRICS =
      Map.of(
          "AWS/Lambda FunctionName", Set.of("Invocations", "Errors", "Duration", "Throttles"),
          "AWS/SQS QueueName",
              Set.of("ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"),
          "AWS/DynamoDB TableName",
              Set.of("ConsumedWriteCapacityUnits", "ConsumedReadCapacityUnits"),
          "AWS/S3 BucketName,StorageType", Set.of("BucketSizeBytes", "NumberOfObjects"),
          "AWS/SNS TopicName", Set.of("NumberOfMessagesPublished"),
          "Twinloom function", Set.of("hot-item-overdue-hours", "rule-1-fired", "rule-1-skipped"));

  @TempDir Path folder;

  private Deployment deployment(ProjectBuilder builder) {
    Project project = builder.readFrom(folder.resolve("mill"));
    Topology topology = Topology.of(project);
    JsonObject.Builder functions = JsonObject.builder();
    topology.functions().stream()
        .filter(f -> f.cloud() == KnownClouds.AWS)
        .map(DeployedFunction::name)
        .forEach(
            name -> functions.put(name, JsonObject.builder().put("id", "made-" + name).build()));
    JsonObject.Builder stores = JsonObject.builder();
    topology.stores().stream()
        .filter(s -> s.cloud() == KnownClouds.AWS)
        .forEach(s -> stores.put(s.name(), "made-" + s.name()));
    JsonObject.Builder buckets = JsonObject.builder().put("dead-letters", "made-dead-letters");
    for (String tier : List.of("cold", "archive")) {
      if (stores.build().has("mill-" + tier + "-iot-data")) {
        buckets.put(tier, "made-" + tier);
      }
    }
    JsonObject outputs =
        JsonObject.builder()
            .put("functions", functions.build())
            .put("stores", stores.build())
            .put("buckets", buckets.build())
            .build();
    return new Deployment(
        new PreparedProject(folder, "d", project, topology, List.of()),
        outputs,
        new Connections(Map.of()));
  }

  private static ProjectBuilder project() {
    return ProjectBuilder.of("mill").device("saw-1", "speed");
  }

  private List<JsonObject> dashboards(ProjectBuilder builder) {
    return new CloudWatchDashboards(deployment(builder)).all();
  }

  private static List<JsonObject> panels(JsonObject dashboard) {
    return objects(dashboard, "panels").toList();
  }

  private static Stream<JsonObject> objects(JsonObject of, String name) {
    return of.array(name).orElse(JsonArray.EMPTY).values().stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast);
  }

  private static String key(JsonObject target) {
    return target.text("namespace").orElseThrow()
        + " "
        + String.join(",", target.object("dimensions").orElseThrow().members().keySet());
  }

  /** All of it is on AWS. */
  private static ProjectBuilder all() {
    ProjectBuilder builder = project();
    for (Layer layer : Layer.values()) {
      builder.on(layer, KnownClouds.AWS);
    }
    return builder
        .feature("useEventChecking")
        .feature("integrateErrorHandling")
        .rule(
            "mill.saw-1.speed > DOUBLE(5)", "slow-down", "def process(event):\n    return event\n");
  }

  @Test
  void everyQueryNamesAMetricThatThereIsOfAThingThatWasMade() {
    Deployment deployment = deployment(all());
    Set<String> asked = new HashSet<>();
    for (JsonObject dashboard : new CloudWatchDashboards(deployment).all()) {
      for (JsonObject panel : panels(dashboard)) {
        Set<String> references = new HashSet<>();
        for (JsonObject target : objects(panel, "targets").toList()) {
          assertThat(references.add(target.text("refId").orElseThrow())).isTrue();
          assertThat(target.object("datasource")).isEqualTo(panel.object("datasource"));
          assertThat(target.text("region")).contains("default");
          if (target.text("expression").orElseThrow().isEmpty()) {
            asked.add(key(target));
            assertThat(METRICS.get(key(target)))
                .as(key(target))
                .contains(target.text("metricName").orElseThrow());
            target
                .object("dimensions")
                .orElseThrow()
                .members()
                .forEach((name, value) -> isMade(deployment, name, value.toString()));
          }
        }
      }
    }
    assertThat(asked).isEqualTo(METRICS.keySet());
  }

  @Test
  void aSumIsOneNumberOfQueriesThatAreNotShown() {
    JsonObject failed = panel(dashboards(all()).getFirst(), "Failed runs");
    List<JsonObject> targets = objects(failed, "targets").toList();
    List<JsonObject> hidden = targets.subList(0, targets.size() - 1);
    assertThat(hidden).isNotEmpty().allMatch(t -> String.valueOf(t.get("hide")).equals("true"));
    assertThat(targets.getLast().text("expression"))
        .contains(
            "SUM(["
                + hidden.stream().map(t -> t.text("id").orElseThrow()).collect(joining(","))
                + "])");
  }

  @Test
  void theDataSourceIsTheOneThatTheDashboardsChoose() {
    assertThat(CloudWatchDashboards.source("ec2_iam_role", "eu-central-1").uid())
        .isEqualTo("twinloom-cloudwatch");
    for (JsonObject dashboard : dashboards(all())) {
      assertThat(dashboard.object("templating").orElseThrow().toString())
          .contains("\"type\":\"datasource\"", "\"query\":\"cloudwatch\"", "twinloom-cloudwatch");
    }
  }

  @Test
  void whatIsCountedOnceADayIsShownOverDays() {
    JsonObject bytes = panel(dashboards(all()).get(1), "Bytes in the archive tier");
    assertThat(bytes.text("timeFrom")).contains("90d");
    assertThat(objects(bytes, "targets").toList())
        .singleElement()
        .matches(t -> t.text("period").orElseThrow().equals("86400"))
        .matches(t -> t.toString().contains("DeepArchiveStorage"));
  }

  @Test
  void aTierThatIsElsewhereHasNoPanel() {
    List<String> titles =
        panels(dashboards(all().on(Layer.L3_COLD, KnownClouds.AZURE)).get(1)).stream()
            .map(panel -> panel.text("title").orElseThrow())
            .toList();
    assertThat(titles)
        .contains("Bytes in the archive tier", "Hot store")
        .doesNotContain("Bytes in the cold tier");
  }

  @Test
  void aTwinOfWhichOnlyTheViewIsOnAwsSaysSo() {
    ProjectBuilder builder = project();
    for (Layer layer : Layer.values()) {
      builder.on(layer, layer == Layer.L5 ? KnownClouds.AWS : KnownClouds.AZURE);
    }
    JsonObject operations = dashboards(builder).getLast();
    assertThat(panels(operations))
        .singleElement()
        .matches(panel -> panel.text("type").orElseThrow().equals("text"));
  }

  @Test
  void manyDevicesGiveNoPictureThatNobodyCanRead() {
    ProjectBuilder builder = all().devices(60);
    for (int i = 1; i <= 60; i++) {
      builder.pythonProcessor("sensor-" + i, "def process(event):\n    return event\n");
    }
    JsonObject runs = panel(dashboards(builder).getLast(), "Runs");
    assertThat(objects(runs, "targets"))
        .hasSize(30)
        .anyMatch(t -> t.toString().contains("persister"));
  }

  private static JsonObject panel(JsonObject dashboard, String title) {
    return panels(dashboard).stream()
        .filter(p -> p.text("title").orElseThrow().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private static void isMade(Deployment deployment, String dimension, String name) {
    if (dimension.equals("function")) {
      assertThat(deployment.project().topology().function(name.replace("\"", ""))).isPresent();
    } else if (!dimension.equals("StorageType") && !dimension.equals("TopicName")) {
      assertThat(name).contains("made-");
    }
  }
}
