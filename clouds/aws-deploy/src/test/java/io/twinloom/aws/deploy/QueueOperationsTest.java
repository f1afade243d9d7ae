package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Project;
import io.twinloom.testkit.aws.FakeAws;
import io.twinloom.testkit.aws.FakeAws.Answer;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the deployer does with the queues of a twin on AWS. */
class QueueOperationsTest {
  private static final String SOURCE = "arn:aws:sqs:eu-central-1:123456789012:";

  @TempDir Path folder;

  private final Map<String, String> objects = new TreeMap<>();
  private final Deque<String> undelivered = new ArrayDeque<>();
  private final List<JsonObject> sent = new ArrayList<>();
  private final List<String> deleted = new ArrayList<>();
  private FakeAws aws;
  private AwsDeployClients clients;
  private AwsOperations operations;

  @BeforeEach
  void start() throws IOException {
    aws = new FakeAws(this::answer);
    clients = StandInClients.of(aws, folder);
    Project project = ProjectBuilder.of("hall").readFrom(folder.resolve("hall"));
    JsonObject outputs =
        json(
            """
            {"buckets": {"dead-letters": "letters"},
             "queues": {"url": "%s/1/", "functions": ["hall-persister", "hall-dispatcher"],
               "undelivered": "%s/1/hall-dead-letters"}}
            """
                .formatted(aws.address(), aws.address()));
    operations =
        new AwsOperations(
            clients,
            new Deployment(
                new PreparedProject(folder, "d", project, Topology.of(project), List.of()),
                outputs),
            Instant::now);
  }

  @AfterEach
  void stop() {
    clients.close();
    aws.close();
  }

  private Answer answer(FakeAws.Request request) {
    if (request.body().contains("MaxNumberOfMessages")) {
      String message = undelivered.poll();
      return json200("{\"Messages\": [" + (message == null ? "" : message) + "]}");
    }
    if (request.body().contains("ReceiptHandle")) {
      deleted.add(json(request.body()).text("ReceiptHandle").orElseThrow());
      return json200("{}");
    }
    if (request.body().contains("MessageBody")) {
      sent.add(json(request.body()));
      return json200("{\"Successful\": [], \"Failed\": []}");
    }
    String path = request.path().replaceFirst("/letters/?", "").replaceFirst("\\?.*", "");
    String key = URLDecoder.decode(path, StandardCharsets.UTF_8);
    return switch (request.method()) {
      case "PUT" -> {
        // The SDK sends it in chunks with a signature each.
        String body = request.body();
        objects.put(key, body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
        yield new Answer(200, "text/xml", "");
      }
      case "DELETE" -> {
        objects.remove(key);
        yield new Answer(204, "text/xml", "");
      }
      default ->
          request.path().contains("list-type")
              ? new Answer(200, "text/xml", listing(request.path()))
              : new Answer(200, "application/json", objects.getOrDefault(key, "{}"));
    };
  }

  private String listing(String path) {
    StringBuilder xml = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated>");
    if (path.contains("prefix=dead-letters")) {
      objects.forEach(
          (key, content) ->
              xml.append("<Contents><Key>")
                  .append(key)
                  .append(
                      "</Key><LastModified>2026-03-01T09:00:00.000Z</LastModified></Contents>"));
    }
    return xml.append("</ListBucketResult>").toString();
  }

  private static Answer json200(String body) {
    return new Answer(200, "application/x-amz-json-1.0", body);
  }

  @Test
  void whatNoProcessCouldHandleIsADeadLetterOfTheFunctionThatItsQueueBelongsTo() {
    undelivered.add(
        message(
            "m1",
            SOURCE + "hall-persister",
            "{\"events\": [{\"event\": {\"trace_id\": \"t-1\", \"function\": \"payroll\"},"
                + " \"attempts\": 2}, {\"event\": {\"trace_id\": \"t-2\"}}]}"));
    undelivered.add(message("m2", SOURCE + "hall-dispatcher", "invalid JSON"));
    List<DeadLetterEntry> letters = operations.deadLetters(10).items();
    assertThat(objects.keySet())
        .allMatch(key -> key.matches("dead-letters/hall-(\\w+)/hall-\\1/[^/]+\\.json"))
        .hasSize(3);
    assertThat(letters).hasSize(3);
    assertThat(letters)
        .extracting(DeadLetterEntry::function)
        .containsOnly("hall-persister", "hall-dispatcher");
    assertThat(letters).extracting(DeadLetterEntry::traceId).contains("t-1", "t-2");
    assertThat(letters).extracting(DeadLetterEntry::error).allMatch(e -> e.contains("process"));
    assertThat(deleted).containsExactly("receipt-m1", "receipt-m2");
  }

  @Test
  void aMessageOfAnotherQueueStaysWhereItIs() {
    undelivered.add(message("m1", SOURCE + "payroll-run", "{\"events\": []}"));
    undelivered.add(message("m2", SOURCE + "hall-hot-to-cold-mover", "{\"now\": \"2100\"}"));
    assertThat(operations.deadLetters(10).items()).isEmpty();
    assertThat(deleted).isEmpty();
  }

  @Test
  void aLetterOfAFunctionWithAQueueIsReplayedThroughIt() {
    objects.put(
        "dead-letters/hall-persister/hall-persister/1.json",
        """
        {"time": "2026-03-01T09:00:00.000000Z", "function": "payroll", "error": "e",
         "attempts": 3, "trace_id": "t", "event": {"payload": {"v": 1}}}
        """);
    assertThat(
            operations.replay(
                "aws:dead-letters/hall-persister/hall-persister/1.json", function -> operations))
        .isTrue();
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst().text("QueueUrl").orElseThrow()).endsWith("/1/hall-persister");
    assertThat(sent.getFirst().toString()).contains("events").doesNotContain("payroll");
    assertThat(objects).isEmpty();
  }

  private static String message(String id, String source, String body) {
    return Json.text(
        JsonObject.builder()
            .put("MessageId", id)
            .put("ReceiptHandle", "receipt-" + id)
            .put("Body", body)
            .put("MD5OfBody", md5(body))
            .put("Attributes", JsonObject.builder().put("DeadLetterQueueSourceArn", source).build())
            .build());
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }
}
