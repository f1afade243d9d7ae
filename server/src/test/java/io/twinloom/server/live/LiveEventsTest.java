package io.twinloom.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.server.api.DocumentedAnswers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One stream of live events for each client. */
class LiveEventsTest {

  @TempDir static Path folder;
  private static GreenhouseTwin twin;

  @BeforeAll
  static void start() {
    twin = GreenhouseTwin.start(folder);
  }

  @AfterAll
  static void stop() {
    twin.close();
  }

  private record Event(String id, String name, String data) {}

  /** A client that reads a stream on a thread of its own. */
  private static final class Client implements AutoCloseable {
    final List<Event> events = new CopyOnWriteArrayList<>();
    final List<String> heads = new CopyOnWriteArrayList<>();
    private final Socket socket;

    Client(String query, Map<String, String> headers) throws IOException {
      URI address = twin.address();
      socket = new Socket(address.getHost(), address.getPort());
      StringBuilder request =
          new StringBuilder("GET /events?" + query + " HTTP/1.1\r\nHost: localhost\r\n");
      headers.forEach((n, v) -> request.append(n).append(": ").append(v).append("\r\n"));
      socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.UTF_8));
      Thread.ofVirtual().start(this::read);
    }

    private void read() {
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
        List<String> block = new ArrayList<>();
        for (String line; (line = in.readLine()) != null; ) {
          if (!line.isEmpty()) {
            block.add(line);
            continue;
          }
          if (heads.isEmpty()) {
            heads.addAll(block);
          } else if (field(block, "event: ") != null) {
            events.add(
                new Event(field(block, "id: "), field(block, "event: "), field(block, "data: ")));
          }
          block.clear();
        }
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }

    private static String field(List<String> block, String name) {
      return block.stream()
          .filter(l -> l.startsWith(name))
          .map(l -> l.substring(name.length()))
          .findFirst()
          .orElse(null);
    }

    List<String> names() {
      return events.stream().map(Event::name).toList();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void everyTopicSendsItsStateAndThenWhatChanges() throws Exception {
    String topics =
        "status,ledger,traffic,values,devices,tiers,firings,deadLetters,simulator,chaos,logs";
    try (Client client = new Client("topics=" + topics, Map.of())) {
      await().until(() -> client.names().contains("tiers"));
      twin.send("tank", "level", 1);
      await().until(() -> client.names().containsAll(List.of(topics.split(","))));
      await()
          .until(
              () ->
                  client.events.stream()
                      .anyMatch(
                          e -> e.name().equals("ledger") && e.data().contains("\"stored\":1")));

      assertThat(client.heads.getFirst()).contains("200");
      assertThat(client.events.getFirst().name()).isEqualTo("hello");
      DocumentedAnswers documented = new DocumentedAnswers();
      client.events.forEach(e -> documented.checkEvent(e.name(), e.data()));
    }
  }

  @Test
  void whoConnectsAgainMissesNothing() throws Exception {
    String last;
    try (Client client = new Client("topics=simulator,ledger", Map.of())) {
      await().until(() -> client.names().contains("ledger"));
      last = client.events.getLast().id();
      try (Client other = new Client("topics=ledger", Map.of())) {
        twin.send("tank", "level", 2);
        int before = other.events.size();
        await().until(() -> other.events.size() > before + 1);
      }
    }
    try (Client again = new Client("topics=simulator,ledger", Map.of("Last-Event-ID", last))) {
      await().until(() -> again.names().contains("ledger"));
      assertThat(again.names()).doesNotContain("resync");
    }
    try (Client restarted =
        new Client("topics=ledger", Map.of("Last-Event-ID", "other-process-17"))) {
      await().until(() -> restarted.names().contains("ledger"));
      assertThat(restarted.names()).contains("resync");
    }
  }

  @Test
  @DisplayName("pages are opened until the server has too many streams")
  void tooManyStreamsAreRefusedAndTheOthersGoOn() throws Exception {
    List<Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        clients.add(new Client("topics=simulator", Map.of()));
      }
      await().until(() -> clients.stream().noneMatch(c -> c.heads.isEmpty()));
      assertThat(clients).anyMatch(c -> c.heads.getFirst().contains("503"));
      assertThat(clients).anyMatch(c -> c.heads.getFirst().contains("200"));
      assertThat(twin.get("/health").text("status")).contains("ok");
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
    await()
        .untilAsserted(
            () -> {
              try (Client next = new Client("topics=simulator", Map.of())) {
                await().atMost(Duration.ofSeconds(2)).until(() -> !next.heads.isEmpty());
                assertThat(next.heads.getFirst()).contains("200");
              }
            });
  }

  @Test
  void anUnknownTopicIsRefused() throws Exception {
    assertThat(twin.ask("GET", "/events?topics=secrets", "").statusCode()).isEqualTo(400);
    assertThat(twin.ask("GET", "/events", "").statusCode()).isEqualTo(400);
    assertThat(twin.ask("GET", "/events?topics=status&project=other", "").statusCode())
        .isEqualTo(404);
  }
}
