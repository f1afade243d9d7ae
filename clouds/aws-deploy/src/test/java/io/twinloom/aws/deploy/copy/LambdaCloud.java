package io.twinloom.aws.deploy.copy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.twinloom.aws.client.AwsClients;
import io.twinloom.aws.store.DynamoHotStore;
import io.twinloom.aws.store.S3ObjectStore;
import io.twinloom.aws.store.S3ObjectStore.Tier;
import io.twinloom.functions.settings.Environment;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.testkit.aws.StandIns;
import io.twinloom.testkit.lambda.LambdaFront;
import io.twinloom.testkit.lambda.LambdaProcess;
import io.twinloom.testkit.lambda.RuntimeApi.Outcome;
import io.twinloom.testkit.patience.Patience;
import io.twinloom.topology.DeployedFunction;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * AWS: tables, buckets, and the artifact in processes with the official runtime client, whose URLs
 * are answered as Lambda answers them.
 */
final class LambdaCloud implements AutoCloseable {

  private static final Path ARTIFACT = Path.of("../aws/target/twinloom-aws.jar");
  private static final String URLS = "/url/";

  private final Path folder;
  private final LambdaFront front = new LambdaFront(List.of(), failure -> {});
  private final Map<String, String> settings = new HashMap<>();
  private final Map<String, LambdaProcess> processes = new ConcurrentHashMap<>();
  private final AwsClients clients;
  private final String hot;
  private final String state;
  private final String cold;
  private final String archive;

  LambdaCloud(Path folder) {
    this.folder = folder;
    settings.putAll(
        StandIns.environment(
            Map.of(
                "DYNAMODB", StandIns.dynalite().uri(),
                "S3", StandIns.moto().uri(),
                "LAMBDA", front.uri())));
    clients = new AwsClients(new Environment(settings));
    hot = table("device_id", "timestamp");
    state = table("pk", "sk");
    cold = bucket();
    archive = bucket();
    settings.put("DYNAMODB_TABLE_NAME", hot);
    settings.put("STATE_DYNAMODB_TABLE_NAME", state);
    settings.put("COLD_S3_BUCKET_NAME", cold);
    settings.put("ARCHIVE_S3_BUCKET_NAME", archive);
    settings.put("DEAD_LETTER_S3_BUCKET_NAME", bucket());
    front.also(URLS, this::answer);
  }

  private String table(String key, String sort) {
    String name = "t" + UUID.randomUUID();
    clients
        .dynamoDb()
        .get()
        .createTable(
            r ->
                r.tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                        a -> a.attributeName(key).attributeType(ScalarAttributeType.S),
                        a -> a.attributeName(sort).attributeType(ScalarAttributeType.S))
                    .keySchema(
                        k -> k.attributeName(key).keyType(KeyType.HASH),
                        k -> k.attributeName(sort).keyType(KeyType.RANGE)));
    while (status(name) != TableStatus.ACTIVE) {
      // Each look is a request, and the table is there after a few.
      assertThat(status(name)).isIn(TableStatus.CREATING, TableStatus.ACTIVE);
    }
    return name;
  }

  private TableStatus status(String table) {
    return clients.dynamoDb().get().describeTable(r -> r.tableName(table)).table().tableStatus();
  }

  private String bucket() {
    String name = "b" + UUID.randomUUID();
    clients
        .s3()
        .get()
        .createBucket(
            r ->
                r.bucket(name)
                    .createBucketConfiguration(c -> c.locationConstraint("eu-central-1")));
    return name;
  }

  DynamoHotStore hotStore() {
    return new DynamoHotStore(clients.dynamoDb(), hot);
  }

  S3ObjectStore coldStore() {
    return new S3ObjectStore(clients.s3(), cold, Tier.COLD, InstantSource.system());
  }

  S3ObjectStore archiveStore() {
    return new S3ObjectStore(clients.s3(), archive, Tier.ARCHIVE, InstantSource.system());
  }

  /** Where a function is reached, deployed or not. */
  URI url(String function) {
    return front.uri().resolve(URLS + function);
  }

  /**
   * Starts a function; one that runs is replaced.
   *
   * @param given as the topology gives it, with what it knows of its twin
   */
  void start(DeployedFunction function, Map<String, String> given) {
    assertThat(ARTIFACT).as("the artifact, which mvn package makes").exists();
    Map<String, String> environment = new HashMap<>(given);
    environment.putAll(settings);
    environment.put("TWINLOOM_FUNCTION_KIND", function.kind().id());
    environment.put("TWINLOOM_FUNCTION_NAME", function.name());
    environment.put("DIGITAL_TWIN_INFO", "file:" + info(function, given));
    LambdaProcess process =
        LambdaProcess.start(
            new LambdaProcess.Spec(
                runtime(),
                task(),
                function.name(),
                "io.twinloom.aws.FunctionHandler::handleRequest",
                512,
                environment,
                folder.resolve(function.name() + ".log")));
    LambdaProcess former = processes.put(function.name(), process);
    if (former != null) {
      former.close();
    }
    front.deploy(function.name(), (arn, event) -> process.invoke(arn, event, Patience.LIMIT));
  }

  private Path info(DeployedFunction function, Map<String, String> given) {
    try {
      return Files.writeString(
              folder.resolve(function.name() + ".json"),
              Objects.requireNonNull(given.get("DIGITAL_TWIN_INFO")))
          .toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The artifact in a folder, as Lambda unpacks it. */
  private Path task() {
    try {
      Path lib = Files.createDirectories(folder.resolve("task/lib"));
      Path jar = lib.resolve("twinloom-aws.jar");
      if (Files.notExists(jar)) {
        Files.copy(ARTIFACT, jar);
      }
      return folder.resolve("task").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The official runtime client's JARs, which are on the tests' own class path. */
  private static List<Path> runtime() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(jar -> jar.getFileName().toString().matches("(aws-lambda-java-|utils-lite-).*"))
        .toList();
  }

  /** Ends a function's process at once, whatever it does. */
  void kill(String function) {
    LambdaProcess process = Objects.requireNonNull(processes.get(function), function);
    process.handle().destroyForcibly();
    process.handle().onExit().join();
  }

  /** As if the time had passed in which a run that was killed is taken to go on. */
  void ownershipExpires(String function) {
    clients
        .dynamoDb()
        .get()
        .updateItem(
            r ->
                r.tableName(state)
                    .key(
                        Map.of(
                            "pk", AttributeValue.fromS("plan#" + function),
                            "sk", AttributeValue.fromS("head")))
                    .updateExpression("SET owned_until = :t")
                    .expressionAttributeValues(
                        Map.of(":t", AttributeValue.fromS(Instant.EPOCH.toString()))));
  }

  /** Invokes a function and waits for its answer, which may be that it failed. */
  Outcome call(String function, JsonObject event) {
    return Objects.requireNonNull(processes.get(function), function)
        .invoke(
            "arn:aws:lambda:eu-central-1:123456789012:function:" + function,
            Json.bytes(event),
            Patience.LIMIT);
  }

  /** A request to a function's URL. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring(URLS.length());
      JsonObject.Builder headers = JsonObject.builder();
      exchange.getRequestHeaders().forEach((k, v) -> headers.put(k, String.join(",", v)));
      byte[] body = exchange.getRequestBody().readAllBytes();
      JsonObject event =
          JsonObject.builder()
              .put("version", "2.0")
              .put("rawPath", "/")
              .put(
                  "requestContext",
                  JsonObject.builder()
                      .put(
                          "http",
                          JsonObject.builder().put("method", exchange.getRequestMethod()).build())
                      .build())
              .put("headers", headers.build())
              .put("body", new String(body, StandardCharsets.UTF_8))
              .put("isBase64Encoded", false)
              .build();
      if (!processes.containsKey(name)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      Outcome outcome = call(name, event);
      if (outcome.failed()) {
        exchange.sendResponseHeaders(502, -1);
        return;
      }
      JsonObject answer = Json.parseObject(outcome.payload());
      byte[] text = answer.text("body").orElse("").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(
          Integer.parseInt(String.valueOf(answer.get("statusCode"))),
          text.length == 0 ? -1 : text.length);
      exchange.getResponseBody().write(text);
    }
  }

  @Override
  public void close() {
    front.close();
    processes.values().forEach(LambdaProcess::close);
  }
}
