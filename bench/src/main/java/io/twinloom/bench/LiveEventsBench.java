package io.twinloom.bench;

import io.twinloom.json.Json;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients watch a twin's live events while devices publish: how late an event is, whether any
 * client misses some, and whether the twin stores as much as it does unwatched.
 *
 * @param launcher the command that starts a twin
 * @param clients how many watch
 * @param rate messages a second; 0: as many as the twin takes
 * @param measured how long each turn is, with or without clients
 * @param turns how many of each there are
 */
record LiveEventsBench(Path launcher, int clients, int rate, Duration measured, int turns) {

  /** More than any machine takes: what is on its way to a device bounds it. */
  private static final int UNBOUNDED = 1_000_000;

  private static final List<String> DEVICES =
      List.of("device-0", "device-1", "device-2", "device-3");
  private static final String TOPICS = "status,ledger,traffic,values,logs";
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration CATCHING_UP = Duration.ofSeconds(20);

  /** One client, which reads on a thread of its own. */
  private static final class Client implements AutoCloseable {
    final AtomicLong events = new AtomicLong();
    final AtomicLong resyncs = new AtomicLong();
    final AtomicLong longestGap = new AtomicLong();
    private final Socket socket;
    private final Latencies latencies;
    private long last;

    Client(URI api, Latencies latencies) throws IOException {
      this.latencies = latencies;
      this.socket = new Socket(api.getHost(), api.getPort());
      socket
          .getOutputStream()
          .write(
              ("GET /events?topics=" + TOPICS + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      var unused = Thread.startVirtualThread(this::read);
    }

    private void read() {
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
        String name = "";
        for (String line; (line = in.readLine()) != null; ) {
          if (line.startsWith("event: ")) {
            name = line.substring("event: ".length());
          } else if (line.startsWith("data: ")) {
            event(name, line.substring("data: ".length()));
          }
        }
      } catch (IOException e) {
        // It is closed in the end.
        return;
      }
    }

    private void event(String name, String data) {
      events.incrementAndGet();
      if (name.equals("resync")) {
        resyncs.incrementAndGet();
      }
      if (name.equals("ledger")) {
        long now = System.nanoTime();
        if (last != 0) {
          longestGap.accumulateAndGet(now - last, Math::max);
        }
        last = now;
        Json.parseObject(data.getBytes(StandardCharsets.UTF_8))
            .object("window")
            .flatMap(w -> w.text("to"))
            .ifPresent(
                to ->
                    latencies.add(
                        Math.max(0, Duration.between(Instant.parse(to), Instant.now()).toNanos())));
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Runs it, and gives the figures. */
  JsonObject run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("twinloom-live-events");
    Path project = folder.resolve("project");
    BenchProject.write(project, 3, DEVICES);
    Latencies latencies = new Latencies();
    try (TwinProcess twin = TwinProcess.start(launcher, project, folder.resolve("data"), 3);
        Fleet fleet = Fleet.connect(twin.broker(), twin.twin(), DEVICES)) {
      Thread load = Thread.ofPlatform().start(() -> publish(fleet));
      TimeUnit.MILLISECONDS.sleep(WARM_UP.toMillis());
      List<Client> all = new ArrayList<>();
      double alone = 0;
      double watched = 0;
      // In turns: what else the machine does is the same for both.
      for (int turn = 0; turn < turns; turn++) {
        // What the start has left behind would count for the turn that works it off.
        caughtUp(twin);
        alone += storedPerSecond(twin) / turns;
        List<Client> watching = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
          watching.add(new Client(twin.api(), latencies));
        }
        caughtUp(twin);
        watched += storedPerSecond(twin) / turns;
        for (Client client : watching) {
          client.close();
        }
        all.addAll(watching);
      }
      JsonObject ledger = twin.twin("ledger");
      fleet.stop();
      load.join();
      return figures(all, latencies, alone, watched, ledger);
    } finally {
      Folders.delete(folder);
    }
  }

  private JsonObject figures(
      List<Client> watching, Latencies latencies, double alone, double watched, JsonObject ledger) {
    long events = watching.stream().mapToLong(c -> c.events.get()).sum();
    return JsonObject.builder()
        .put("clients", clients)
        .put("rate", rate)
        .put("storedAlonePerSecond", Math.round(alone))
        .put("storedWatchedPerSecond", Math.round(watched))
        .put("ratio", Math.round(1_000 * watched / alone) / 1e3)
        .put(
            "eventsPerClientAndSecond",
            Math.round(events * 10.0 / watching.size() / measured.toSeconds()) / 10.0)
        .put("fewestOfAClient", watching.stream().mapToLong(c -> c.events.get()).min().orElse(0))
        .put("resyncs", watching.stream().mapToLong(c -> c.resyncs.get()).sum())
        .put("p50Millis", latencies.percentile(0.5))
        .put("p99Millis", latencies.percentile(0.99))
        .put(
            "longestGapMillis",
            watching.stream().mapToLong(c -> c.longestGap.get()).max().orElse(0) / 1_000_000)
        .put("missing", ledger.get("missing") instanceof JsonNumber n ? n.asDouble() : -1)
        .build();
  }

  /** Waits until little is on its way, which a twin that is offered all it takes never reaches. */
  private void caughtUp(TwinProcess twin) throws IOException, InterruptedException {
    long end = System.nanoTime() + CATCHING_UP.toNanos();
    while (rate > 0 && queued(twin) > rate / 4 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(250);
    }
  }

  private static long queued(TwinProcess twin) throws IOException, InterruptedException {
    return twin.twin("ledger").get("queued") instanceof JsonNumber n ? (long) n.asDouble() : 0;
  }

  private double storedPerSecond(TwinProcess twin) throws InterruptedException {
    long before = twin.stored();
    long start = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep(measured.toMillis());
    return (twin.stored() - before) / ((System.nanoTime() - start) / 1e9);
  }

  private void publish(Fleet fleet) {
    try {
      fleet.publishAtRate(
          rate == 0 ? UNBOUNDED : rate, Duration.ofHours(1), Integer.MAX_VALUE, sample -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
