package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.CloudOperations.FunctionCounts;
import io.twinloom.deployer.CloudOperations.FunctionState;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.AccountOperations.LogRequest;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Project;
import io.twinloom.testkit.aws.StandIn;
import io.twinloom.testkit.aws.StandIns;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.lambda.model.Runtime;

/**
 * The questions of {@link AwsOperationsTest} to an emulator that keeps what it is given: log
 * groups, a bucket, functions and metrics are made by AWS's own requests, and read back by ours.
 */
@Tag("full")
@ExtendWith(StandIns.class)
class MotoOperationsTest {

  /** A twin of its own for each test, since they share the emulator. */
  private final String twin = "t" + UUID.randomUUID().toString().substring(0, 8);

  private final Instant now = Instant.now();

  @TempDir Path folder;

  private static StandIn moto;

  private AwsDeployClients clients;
  private AwsOperations operations;
  private Topology topology;

  /** Where it is not there, nothing below is begun, or ended. */
  @BeforeAll
  static void look() {
    moto = StandIns.moto();
  }

  @BeforeEach
  void start() throws IOException {
    URI uri = moto.uri();
    clients =
        StandInClients.of(
            StandIns.environment(
                Map.of(
                    "CLOUDWATCH_LOGS", uri,
                    "CLOUDWATCH", uri,
                    "IAM", uri,
                    "LAMBDA", uri,
                    "S3", uri)),
            folder);
    Project project = ProjectBuilder.of(twin).readFrom(folder.resolve(twin));
    topology = Topology.of(project);
    JsonObject.Builder functions = JsonObject.builder();
    topology
        .functions()
        .forEach(
            f ->
                functions.put(
                    f.name(), JsonObject.builder().put("log_group", group(f.name())).build()));
    JsonObject outputs =
        JsonObject.builder()
            .put("buckets", JsonObject.builder().put("dead-letters", bucket()).build())
            .put("functions", functions.build())
            .build();
    operations =
        new AwsOperations(
            clients,
            new Deployment(new PreparedProject(folder, "d", project, topology, List.of()), outputs),
            () -> now);
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  private static String group(String function) {
    return "/aws/lambda/" + function;
  }

  private String bucket() {
    return twin + "-letters";
  }

  private DeployedFunction function(String kind) {
    return topology.function(twin + "-" + kind).orElseThrow();
  }

  private void log(DeployedFunction function, List<String> messages) {
    String group = group(function.name());
    clients.logs.get().createLogGroup(r -> r.logGroupName(group));
    clients.logs.get().createLogStream(r -> r.logGroupName(group).logStreamName("s"));
    List<InputLogEvent> events = new ArrayList<>();
    for (String message : messages) {
      long time = now.toEpochMilli() - messages.size() + events.size();
      events.add(InputLogEvent.builder().timestamp(time).message(message).build());
    }
    clients
        .logs
        .get()
        .putLogEvents(r -> r.logGroupName(group).logStreamName("s").logEvents(events));
  }

  private String line(DeployedFunction function, String trace, int millis) {
    return JsonObject.builder()
        .put("time", now.minusSeconds(1).plusMillis(millis).toString())
        .put("level", "INFO")
        .put("function", function.name())
        .put("trace_id", trace)
        .put("ms", millis)
        .build()
        .toString();
  }

  private List<LogLine> lines(Optional<DeployedFunction> function, String trace, int limit) {
    return operations.log(
        new LogRequest(
            function, Optional.of(trace).filter(t -> !t.isEmpty()), now.minusSeconds(60), limit));
  }

  @Test
  void linesOfAllFunctionsComeInTheOrderOfTimeAndThoseThatNeverRanHaveNone() {
    DeployedFunction dispatcher = function("dispatcher");
    DeployedFunction persister = function("persister");
    log(dispatcher, List.of("START RequestId: 1", line(dispatcher, "t-1", 1), "it is warm"));
    log(persister, List.of(line(persister, "t-1", 2)));
    List<LogLine> lines = lines(Optional.empty(), "", 100);
    assertThat(lines).hasSize(3);
    assertThat(lines.stream().map(LogLine::function))
        .containsExactly(dispatcher.name(), persister.name(), dispatcher.name());
  }

  @Test
  void aTraceIsFoundInTheFunctionsThatItWentThrough() {
    DeployedFunction dispatcher = function("dispatcher");
    DeployedFunction persister = function("persister");
    log(dispatcher, List.of(line(dispatcher, "t-1", 1), line(dispatcher, "t-2", 2)));
    log(persister, List.of(line(persister, "t-2", 3), line(persister, "t-3", 4)));
    assertThat(lines(Optional.empty(), "t-2", 100)).hasSize(2);
    assertThat(lines(Optional.of(persister), "t-2", 100)).hasSize(1);
    assertThat(lines(Optional.empty(), "t", 100)).as("no part of another").isEmpty();
  }

  @Test
  void ofManyLinesThoseThatAreNewestAreKept() {
    DeployedFunction dispatcher = function("dispatcher");
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      many.add(line(dispatcher, "t-" + i, i));
    }
    log(dispatcher, many);
    List<LogLine> lines = lines(Optional.of(dispatcher), "", 5);
    assertThat(lines.stream().map(l -> l.traceId().orElseThrow()))
        .containsExactly("t-895", "t-896", "t-897", "t-898", "t-899");
  }

  private void put(String key, String content) {
    clients.s3.get().putObject(r -> r.bucket(bucket()).key(key), RequestBody.fromString(content));
  }

  @Test
  void deadLettersOfAllKindsAreListedWithOneThatCannotBeRead() {
    clients.s3.get().createBucket(r -> r.bucket(bucket()));
    assertThat(operations.deadLetters(10)).isEqualTo(new DeadLetterPage(List.of(), 0));
    put(
        "dead-letters/x/x/1.json",
        """
        {"time": "2026-03-01T09:00:00.000000Z", "function": "f", "error": "e", "attempts": 1,
         "trace_id": "t", "event": {"n": 1.50}}
        """);
    put("aws/lambda/async/x/1.json", "{\"requestContext\": {\"condition\": \"Exhausted\"}}");
    put("iot-rule/1.json", "{\"topic\": \"dt/x/press-1/telemetry\", \"clientId\": \"c\"}");
    put("iot-rule/2.json", "no letter");
    put("chunks/1.json", "{}");
    DeadLetterPage letters = operations.deadLetters(10);
    assertThat(letters.total()).isEqualTo(4);
    assertThat(letters.items().stream().map(DeadLetterEntry::error))
        .containsExactlyInAnyOrder(
            "e", "Exhausted", "The rule of the devices' messages failed.", "It cannot be read.");
    assertThat(operations.deadLetters(1).items()).hasSize(1);
    assertThat(operations.deadLetters(1).total()).isEqualTo(4);
  }

  @Test
  void aFunctionThatIsThereIsActiveAndItsCountsAreThoseOfTheMetrics() throws IOException {
    DeployedFunction dispatcher = function("dispatcher");
    String role =
        clients
            .iam
            .get()
            .createRole(r -> r.roleName(twin + "-role").assumeRolePolicyDocument("{}"))
            .role()
            .arn();
    SdkBytes code = SdkBytes.fromByteArray(zip());
    clients
        .lambda
        .get()
        .createFunction(
            r ->
                r.functionName(dispatcher.cloudName())
                    .role(role)
                    .runtime(Runtime.JAVA21)
                    .handler("h")
                    .code(c -> c.zipFile(code)));
    count(dispatcher, "Invocations", 7);
    count(dispatcher, "Invocations", 5);
    count(dispatcher, "Errors", 2);
    Map<String, FunctionState> states =
        operations.functions(List.of(dispatcher, function("persister")));
    assertThat(states).as("the persister is gone").containsOnlyKeys(dispatcher.name());
    FunctionState state = states.get(dispatcher.name());
    assertThat(state.active()).isTrue();
    FunctionCounts counts = state.counts();
    assertThat(counts.invocations()).isEqualTo(12);
    assertThat(counts.errors()).isEqualTo(2);
    assertThat(Instant.parse(counts.lastEvent())).isBefore(now);
  }

  private void count(DeployedFunction function, String metric, double value) {
    clients
        .metrics
        .get()
        .putMetricData(
            r ->
                r.namespace("AWS/Lambda")
                    .metricData(
                        m ->
                            m.metricName(metric)
                                .timestamp(now.minusSeconds(120))
                                .value(value)
                                .dimensions(
                                    d -> d.name("FunctionName").value(function.cloudName()))));
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("h"));
      zip.write(Json.bytes(JsonObject.EMPTY));
    }
    return bytes.toByteArray();
  }

  @Test
  void aTextInTheLogThatOnlyLooksLikeOneOfOursIsShownAsItIs() {
    DeployedFunction dispatcher = function("dispatcher");
    log(
        dispatcher,
        List.of("{\"mine\": 1}", new String(new byte[] {'{', 'x'}, StandardCharsets.UTF_8)));
    assertThat(lines(Optional.of(dispatcher), "", 10).stream().map(l -> l.message().orElse("")))
        .containsExactly("{\"mine\": 1}", "{x");
  }
}
