package io.twinloom.bench.faults;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.LocalClouds;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.LocalTwinSpec;
import io.twinloom.model.Connections;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.topology.Connection;
import io.twinloom.topology.Topology;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The process that is killed: the local clouds, with the connections that a file names. Says {@code
 * ready}, then answers each line of its input, a JSON object, with one.
 */
final class FaultyTwin {

  private static final String TOKEN = "a-token-of-more-than-thirty-two-characters";

  private FaultyTwin() {}

  /** What to start: project, data folder, first port, file with the receivers' addresses. */
  public static void main(String[] args) throws IOException {
    Project project = FaultProject.read(Path.of(args[0]));
    LocalOptions defaults = LocalOptions.defaults(Path.of(args[1]));
    LocalOptions options =
        defaults
            .withPortBase(Optional.of(Integer.parseInt(args[2])))
            // Users wait a minute or two; here as many failures are to come about in a while.
            .withRetryGaps(
                List.of(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(8)));
    JsonObject receivers = Json.parseObject(Files.readAllBytes(Path.of(args[3])));
    LocalTwinSpec twin =
        new LocalTwinSpec(
            project,
            Topology.of(project),
            List.of(),
            (topology, endpoints) -> connections(topology, receivers));
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (LocalClouds clouds = LocalClouds.start(twin, options)) {
      answers.println(
          "ready " + Objects.requireNonNull(clouds.endpoints().get(KnownClouds.AWS)).mqtt());
      BufferedReader orders =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line; (line = orders.readLine()) != null; ) {
        JsonObject order = Json.parseObject(line.getBytes(StandardCharsets.UTF_8));
        answers.println(Json.text(answer(clouds, order)));
      }
    }
  }

  private static Connections connections(Topology topology, JsonObject receivers) {
    Map<String, Connections.Connection> all = new LinkedHashMap<>();
    for (Connection c : topology.connections()) {
      URI url = URI.create(receivers.text(c.id()).orElseThrow());
      all.put(
          c.id(),
          new Connections.Connection(
              c.to(), c.receiver().kind().id(), url, TOKEN, c.receiverTakesLists()));
    }
    return new Connections(all);
  }

  private static JsonObject answer(LocalClouds clouds, JsonObject order) {
    Optional<String> function = order.text("call");
    if (function.isEmpty()) {
      return JsonObject.builder()
          .put("backlog", clouds.backlog())
          .put("deadLetters", clouds.deadLetters())
          .build();
    }
    try {
      JsonValue result =
          clouds.call(function.get(), order.object("event").orElse(JsonObject.EMPTY));
      return JsonObject.builder().put("result", result).build();
    } catch (TwinloomException e) {
      return JsonObject.builder().put("error", e.what()).build();
    }
  }
}
