package io.twinloom.bench.coldstart;

import io.twinloom.bench.process.ProcessFigures;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.testkit.lambda.LambdaProcess;
import io.twinloom.testkit.lambda.RuntimeApi.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts functions again and again as Lambda does on a cold start, by turns with their floors, and
 * compares the medians: from the start of the process, which has the official runtime client in it,
 * to its first answer.
 */
final class ColdStartBench {

  /** Goals, of the product's own. */
  static final double MOST_TIMES_FLOOR = 1.5;

  static final long MOST_MEGABYTES = 160;
  static final long MOST_ARTIFACT_BYTES = 20_000_000;

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int MEMORY = 512;

  private final Path artifact;
  private final List<Path> runtime;
  private final Path folder;

  /** What is started, and what it is given. */
  private record Subject(
      String name, String handler, Path task, Map<String, String> environment, byte[] event) {}

  /** One start. */
  private record Start(double millis, double readyMillis, long peakMegabytes) {}

  /**
   * @param root the project's
   * @param folder an empty one
   */
  ColdStartBench(Path root, Path folder) throws IOException {
    this.artifact = root.resolve("clouds/aws/target/twinloom-aws.jar");
    this.folder = folder;
    try (Stream<Path> jars = Files.list(root.resolve("bench/target/lambda-runtime"))) {
      this.runtime = jars.sorted().toList();
    }
  }

  /** Measures and prints; tells whether the goals were met. */
  boolean run(int starts) throws IOException {
    boolean met = true;
    try (ServiceFront front = new ServiceFront()) {
      met &= compare(dispatcher(front), floor(InvokeFloor.class, front), starts);
      met &= compare(persister(front), floor(PutItemFloor.class, front), starts);
    }
    long bytes = Files.size(artifact);
    System.out.printf("artifact    %.1f MB (goal: below 20)%n", bytes / 1e6);
    return met & bytes < MOST_ARTIFACT_BYTES;
  }

  private boolean compare(Subject function, Subject floor, int starts) {
    List<Start> ours = new ArrayList<>();
    List<Start> floors = new ArrayList<>();
    for (int i = 0; i <= starts; i++) {
      // The first of each reads what the later ones find in the system's cache.
      Start own = start(function);
      Start other = start(floor);
      if (i > 0) {
        ours.add(own);
        floors.add(other);
      }
    }
    double ratio = median(ours) / median(floors);
    long peak = ours.stream().mapToLong(Start::peakMegabytes).max().orElse(0);
    print(function.name(), ours);
    print("  its floor", floors);
    System.out.printf(
        "            %.2f times its floor (goal: at most %.1f), peak %d MB (goal: below %d)%n",
        ratio, MOST_TIMES_FLOOR, peak, MOST_MEGABYTES);
    return ratio <= MOST_TIMES_FLOOR && peak < MOST_MEGABYTES;
  }

  private static void print(String name, List<Start> starts) {
    System.out.printf(
        "%-11s %4.0f ms to the first answer (%.0f to %.0f), of these %.0f until it is ready;"
            + " peak %d MB%n",
        name,
        median(starts),
        starts.stream().mapToDouble(Start::millis).min().orElse(0),
        starts.stream().mapToDouble(Start::millis).max().orElse(0),
        starts.stream()
            .mapToDouble(Start::readyMillis)
            .sorted()
            .skip(starts.size() / 2)
            .findFirst()
            .orElse(0),
        starts.stream().mapToLong(Start::peakMegabytes).max().orElse(0));
  }

  private static double median(List<Start> starts) {
    List<Double> all = new ArrayList<>(starts.stream().map(Start::millis).toList());
    Collections.sort(all);
    return all.get(all.size() / 2);
  }

  private Start start(Subject subject) {
    long begin = System.nanoTime();
    try (LambdaProcess process =
        LambdaProcess.start(
            new LambdaProcess.Spec(
                runtime,
                subject.task(),
                subject.name(),
                subject.handler() + "::handleRequest",
                MEMORY,
                subject.environment(),
                folder.resolve(subject.name() + ".log")))) {
      var ready = process.api().ready().thenApply(unused -> System.nanoTime());
      Outcome outcome =
          process.invoke(
              "arn:aws:lambda:eu-central-1:123456789012:function:" + subject.name(),
              subject.event(),
              LIMIT);
      long end = System.nanoTime();
      if (outcome.failed()) {
        throw new IllegalStateException(
            subject.name() + ": " + new String(outcome.payload(), StandardCharsets.UTF_8));
      }
      return new Start(
          (end - begin) / 1e6,
          (ready.join() - begin) / 1e6,
          ProcessFigures.of(process.handle()).peakMegabytes());
    }
  }

  private Subject dispatcher(ServiceFront front) throws IOException {
    JsonObject message =
        JsonObject.builder()
            .put("channel_device", "press-1")
            .put("client_id", "press-1")
            .put("accepted_ms", 1772366400500L)
            .put("message_id", "0f1e")
            .put(
                "payload_base64",
                Base64.getEncoder()
                    .encodeToString("{\"temperature\": 21.50}".getBytes(StandardCharsets.UTF_8)))
            .build();
    return system(FunctionKind.DISPATCHER, front, message);
  }

  private Subject persister(ServiceFront front) throws IOException {
    JsonObject payload =
        JsonObject.builder()
            .put("device_id", "press-1")
            .put("timestamp", "2026-03-01T12:00:00.000000Z")
            .put("temperature", 21.5)
            .build();
    JsonObject envelope =
        new Envelope(
                "aws",
                "L2",
                Envelope.TELEMETRY,
                "2026-03-01T12:00:00.500000Z",
                payload,
                "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
                Optional.of("0123456789a"))
            .toJson();
    return system(FunctionKind.PERSISTER, front, envelope);
  }

  private Subject system(FunctionKind kind, ServiceFront front, JsonObject event)
      throws IOException {
    Path task = folder.resolve(kind.id());
    Files.createDirectories(task.resolve("lib"));
    Files.copy(artifact, task.resolve("lib").resolve("twinloom-aws.jar"));
    Files.writeString(task.resolve("digital_twin_info.json"), TWIN);
    Map<String, String> environment = environment(front);
    environment.put("DIGITAL_TWIN_INFO", "file:" + task.resolve("digital_twin_info.json"));
    environment.put("TWINLOOM_FUNCTION_KIND", kind.id());
    environment.put("TWINLOOM_FUNCTION_NAME", "plant-" + kind.id());
    environment.put("DEAD_LETTER_S3_BUCKET_NAME", "letters");
    environment.put("STATE_DYNAMODB_TABLE_NAME", "state");
    return new Subject(
        kind.id(), "io.twinloom.aws.FunctionHandler", task, environment, Json.bytes(event));
  }

  /** The floor's class beside the same artifact, whose SDK it uses. */
  private Subject floor(Class<?> handler, ServiceFront front) throws IOException {
    Path task = folder.resolve(handler.getSimpleName());
    Files.createDirectories(task.resolve("lib"));
    Files.copy(artifact, task.resolve("lib").resolve("twinloom-aws.jar"));
    String file = handler.getName().replace('.', '/') + ".class";
    Files.createDirectories(task.resolve(file).getParent());
    try (InputStream in = handler.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("no " + file);
      }
      Files.copy(in, task.resolve(file));
    }
    return new Subject(
        handler.getSimpleName(),
        handler.getName(),
        task,
        environment(front),
        "{\"temperature\":21.5}".getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> environment(ServiceFront front) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_REGION", "eu-central-1");
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", front.address());
    environment.put("AWS_ENDPOINT_URL_LAMBDA", front.address());
    environment.put("DYNAMODB_TABLE_NAME", "hot");
    return environment;
  }

  private static final String TWIN =
      """
      {"config": {"digital_twin_name": "plant", "hot_storage_size_in_days": 7,
                  "cold_storage_size_in_days": 30, "mode": "PRODUCTION"},
       "config_iot_devices": [
         {"id": "press-1", "properties": [{"name": "temperature", "dataType": "DOUBLE"}]}],
       "config_events": [],
       "config_providers": {
         "layer_1_provider": "aws", "layer_2_provider": "aws", "layer_3_hot_provider": "aws",
         "layer_3_cold_provider": "aws", "layer_3_archive_provider": "aws",
         "layer_4_provider": "aws", "layer_5_provider": "aws"},
       "twin_hierarchy": [],
       "processors": {}}
      """;
}
