package io.twinloom.aws.deploy;

import io.twinloom.deployer.CloudOperations;
import io.twinloom.deployer.CloudOperationsContract;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.aws.FakeAws;
import io.twinloom.testkit.aws.FakeAws.Answer;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** AWS does what clouds do, in the words of its services. */
class AwsCloudOperationsTest implements CloudOperationsContract {

  private static final Instant NOW = Instant.parse("2026-03-01T12:30:00Z");

  @TempDir Path folder;

  private final FakeLetters letters = new FakeLetters();
  private FakeAws aws;
  private AwsDeployClients clients;
  private AwsOperations operations;
  private DeployedFunction function;

  @BeforeEach
  void deploy() throws IOException {
    aws = new FakeAws(this::answer);
    Project project = ProjectBuilder.of("hall").readFrom(folder.resolve("hall"));
    Topology topology = Topology.of(project);
    function = topology.function(FunctionKind.DISPATCHER).orElseThrow();
    clients = StandInClients.of(aws, folder);
    String outputs =
        """
        {"buckets": {"dead-letters": "letters"}, "stores": {"hall-hot-iot-data": "hall-hot-iot-data"},
         "functions": {"hall-dispatcher": {"id": "hall-dispatcher", "log_group": "g"}}}
        """;
    operations =
        new AwsOperations(
            clients,
            new Deployment(
                new PreparedProject(folder, "d", project, topology, List.of()),
                Json.parseObject(outputs.getBytes(StandardCharsets.UTF_8))),
            () -> NOW);
  }

  @AfterEach
  void stop() {
    clients.close();
    aws.close();
  }

  private Answer answer(FakeAws.Request request) {
    if (request.body().contains("\"TableName\"")) {
      return Answer.json(
          request.body().contains("KeyConditionExpression")
              ? "{\"Items\":[],\"Count\":0}"
              : "{\"Table\":{\"TableName\":\"hall-hot-iot-data\",\"ItemCount\":0}}");
    }
    if (request.body().contains("GetMetricData")) {
      return Answer.xml("<GetMetricDataResponse><GetMetricDataResult/></GetMetricDataResponse>");
    }
    boolean state = request.path().contains("/functions/") && request.method().equals("GET");
    return state
        ? Answer.json("{\"State\":\"Active\",\"LastUpdateStatus\":\"Successful\"}")
        : letters.answer(request);
  }

  @Override
  public CloudOperations operations() {
    return operations;
  }

  @Override
  public Provider cloud() {
    return KnownClouds.AWS;
  }

  @Override
  public DeployedFunction function() {
    return function;
  }

  @Override
  public void deadLetter(JsonObject event) {
    String name = function.name();
    letters.objects.put(
        "dead-letters/%s/%s/%d.json".formatted(name, name, letters.objects.size() + 1),
        Json.text(
            JsonObject.builder()
                .put("function", name)
                .put("error", "e")
                .put("attempts", 3)
                .put("trace_id", "t")
                .put("event", event)
                .build()));
  }
}
