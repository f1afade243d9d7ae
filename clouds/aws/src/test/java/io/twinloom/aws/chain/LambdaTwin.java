package io.twinloom.aws.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.aws.TestSettings;
import io.twinloom.aws.client.AwsClients;
import io.twinloom.aws.invoke.LambdaInvoker;
import io.twinloom.aws.standin.ProductClients;
import io.twinloom.aws.standin.RuntimeClient;
import io.twinloom.aws.standin.Tables;
import io.twinloom.aws.store.DynamoHotStore;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.testkit.aws.StandIns;
import io.twinloom.testkit.lambda.LambdaFront;
import io.twinloom.testkit.lambda.LambdaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A twin on one cloud as it is deployed there: the artifact in a folder as Lambda unpacks it, a
 * process with the official runtime client for each function, and what stands in for AWS around
 * them.
 */
final class LambdaTwin implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String HANDLER = "io.twinloom.aws.FunctionHandler";

  final String hotTable;
  final String cold;
  final String archive;
  final String letters;
  final AwsClients clients;
  final FunctionInvoker invoker;
  final List<LambdaFront.Failure> failures = new CopyOnWriteArrayList<>();
  private final String state;
  private final Path task;
  private final Path logs;
  private final LambdaFront front;
  private final Map<String, URI> services;
  private final List<LambdaProcess> processes = new ArrayList<>();

  LambdaTwin(Path folder) {
    front = new LambdaFront(List.of(Duration.ofMillis(50), Duration.ofMillis(50)), failures::add);
    services =
        Map.of(
            "DYNAMODB", StandIns.dynalite().uri(),
            "S3", StandIns.moto().uri(),
            "LAMBDA", front.uri());
    clients = ProductClients.of(services);
    invoker = new LambdaInvoker(clients.lambda(), java.time.InstantSource.system());
    hotTable = Tables.hot(clients);
    // As the deployer does, for all devices of the project.
    new DynamoHotStore(clients.dynamoDb(), hotTable).note(List.of("press-1", "oven-2"));
    state = Tables.state(clients);
    cold = Tables.bucket(clients);
    archive = Tables.bucket(clients);
    letters = Tables.bucket(clients);
    task = folder.resolve("task");
    logs = folder;
    unpack();
  }

  private void unpack() {
    try {
      Path lib = Files.createDirectories(task.resolve("lib"));
      Path artifact = Path.of("target", "twinloom-aws.jar");
      assertThat(artifact).as("the artifact, which mvn package makes").exists();
      Files.copy(artifact, lib.resolve("twinloom-aws.jar"), StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(
          task.resolve("digital_twin_info.json"),
          TestSettings.twinInfo("aws", "{\"press-1\": \"plant-press-1-processor\"}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deploys a system function. */
  void deploy(FunctionKind kind) {
    Map<String, String> environment = new HashMap<>(TestSettings.of(kind));
    environment.putAll(StandIns.environment(services));
    environment.put("DIGITAL_TWIN_INFO", "file:" + task.resolve("digital_twin_info.json"));
    environment.put("DYNAMODB_TABLE_NAME", hotTable);
    environment.put("STATE_DYNAMODB_TABLE_NAME", state);
    environment.put("COLD_S3_BUCKET_NAME", cold);
    environment.put("ARCHIVE_S3_BUCKET_NAME", archive);
    environment.put("DEAD_LETTER_S3_BUCKET_NAME", letters);
    environment.put("USE_EVENT_CHECKING", "false");
    start(environment.get("TWINLOOM_FUNCTION_NAME"), task, HANDLER, environment);
  }

  /** Deploys a function of the user's, whose class is in the tests. */
  void deployUserCode(String name, Class<?> handler) {
    start(name, RuntimeClient.folderOf(handler), handler.getName(), Map.of());
  }

  private void start(String name, Path folder, String handler, Map<String, String> environment) {
    LambdaProcess process =
        LambdaProcess.start(
            new LambdaProcess.Spec(
                RuntimeClient.classPath(),
                folder.toAbsolutePath(),
                name,
                handler + "::handleRequest",
                256,
                environment,
                logs.resolve(name + ".log")));
    processes.add(process);
    front.deploy(name, (arn, event) -> process.invoke(arn, event, LIMIT));
  }

  /** What a request to a function's URL is answered. */
  Answer url(String function, JsonObject request) {
    JsonObject answer = invoker.call(function, request);
    String body = answer.text("body").orElse("");
    return new Answer(
        Integer.parseInt(String.valueOf(answer.get("statusCode"))),
        Json.parseObject(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  /** A status and a body. */
  record Answer(int status, JsonObject body) {}

  /** What a function has written to its log. */
  String log(FunctionKind kind) {
    try {
      return Files.readString(logs.resolve("plant-" + kind.id() + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    front.close();
    processes.forEach(LambdaProcess::close);
  }
}
