package io.twinloom.server.proxy;

import io.twinloom.http.ResponseStream;
import io.twinloom.http.StreamOpener;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.deployments.Deployments;
import io.twinloom.server.http.StreamLimit;
import io.twinloom.server.projects.TwinPlaces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream of live events: those of the twin's process are passed on while it runs; when
 * it begins or ends, the client has to read again. A client that does not read is left out and gets
 * a resync event.
 */
final class EventRelay implements StreamOpener {

  private static final String DEPLOYMENT = "deployment";
  private static final long LOOK_MILLIS = 250;
  private static final long ABSENT_MILLIS = 1_000;
  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);

  /**
   * What all streams share.
   *
   * @param clients has each admitted
   */
  record Parts(
      TwinPlaces places,
      TwinProxy proxy,
      Deployments deployments,
      InstantSource clock,
      StreamLimit clients) {}

  /**
   * What a client has asked for.
   *
   * @param last the id of the last event that it has had
   * @param stopped how the twin is when it does not run
   */
  record Wanted(
      String project,
      Path folder,
      Set<String> topics,
      Optional<String> last,
      Supplier<JsonObject> stopped) {
    Wanted {
      topics = Set.copyOf(topics);
    }
  }

  private final Parts parts;
  private final Wanted wanted;
  private final AtomicBoolean missed = new AtomicBoolean();
  private final AtomicReference<@Nullable InputStream> source = new AtomicReference<>();

  EventRelay(Parts parts, Wanted wanted) {
    this.parts = parts;
    this.wanted = wanted;
  }

  @Override
  public String contentType() {
    return "text/event-stream";
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no");
  }

  @Override
  public void opened(ResponseStream stream) {
    Thread own = Thread.ofVirtual().unstarted(() -> orFail(stream, this::watch));
    Thread twin = Thread.ofVirtual().unstarted(() -> orFail(stream, this::relay));
    stream.onClose(
        () -> {
          parts.clients().release();
          own.interrupt();
          twin.interrupt();
          closeSource();
        });
    write(stream, event("hello", hello()));
    own.start();
    twin.start();
  }

  /** Ends the stream where one of its two threads fails: its client would wait for ever. */
  private static void orFail(ResponseStream stream, Consumer<ResponseStream> work) {
    try {
      work.accept(stream);
    } catch (RuntimeException | Error e) {
      stream.fail(e);
    }
  }

  private JsonObject hello() {
    return JsonObject.builder()
        .put("id", "serve")
        .put("project", wanted.project())
        .put("topics", JsonArray.ofTexts(wanted.topics().stream().sorted().toList()))
        .put("time", parts.clock().instant().toString())
        .build();
  }

  private static String event(String topic, JsonObject data) {
    return "event: " + topic + "\ndata: " + Json.text(data) + "\n\n";
  }

  private void write(ResponseStream stream, String event) {
    if (!stream.write(event)) {
      missed.set(true);
    }
  }

  private String resync(String reason) {
    return event(
        "resync",
        JsonObject.builder()
            .put("topics", JsonArray.ofTexts(wanted.topics().stream().sorted().toList()))
            .put("reason", reason)
            .build());
  }

  /** Deployments, heartbeats, and what a client that has read again must learn. */
  private void watch(ResponseStream stream) {
    String seen = newest().orElse("");
    long beat = System.nanoTime();
    try {
      while (!stream.isClosed()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        if (missed.get() && stream.isDrained() && stream.write(resync("events were missed"))) {
          missed.set(false);
        }
        String now = newest().orElse("");
        if (wanted.topics().contains(DEPLOYMENT) && !now.equals(seen)) {
          write(stream, "event: " + DEPLOYMENT + "\ndata: " + now + "\n\n");
          seen = now;
        }
        if (System.nanoTime() - beat >= HEARTBEAT_NANOS) {
          beat = System.nanoTime();
          stream.write(":\n\n");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<String> newest() {
    return parts.deployments().newest(wanted.project()).map(Json::text);
  }

  /** The events of the twin's process, as often as there is one. */
  private void relay(ResponseStream stream) {
    List<String> topics = wanted.topics().stream().filter(t -> !t.equals(DEPLOYMENT)).toList();
    Optional<String> last = wanted.last();
    Optional<Boolean> ran = Optional.empty();
    try {
      while (!stream.isClosed() && !topics.isEmpty()) {
        Optional<TwinPlaces.Address> twin = parts.places().running(wanted.folder());
        boolean runs = twin.isPresent();
        if (ran.filter(before -> before != runs).isPresent()) {
          write(stream, resync(runs ? "the twin runs now" : "the twin does not run any more"));
        }
        if (twin.isPresent()) {
          hand(stream, twin.get(), topics, last);
          last = Optional.empty();
        } else if (topics.contains("status") && !ran.equals(Optional.of(false))) {
          tellStopped(stream);
        }
        ran = Optional.of(runs);
        TimeUnit.MILLISECONDS.sleep(ABSENT_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellStopped(ResponseStream stream) {
    try {
      write(stream, event("status", wanted.stopped().get()));
    } catch (TwinloomException e) {
      // An invalid project that was never deployed has no status; its page says why.
      return;
    }
  }

  private void hand(
      ResponseStream stream, TwinPlaces.Address twin, List<String> topics, Optional<String> last)
      throws InterruptedException {
    String query = "topics=" + URLEncoder.encode(String.join(",", topics), StandardCharsets.UTF_8);
    try (InputStream events = parts.proxy().events(twin, query, last);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
      source.set(events);
      List<String> block = new ArrayList<>();
      for (String line = lines.readLine();
          line != null && !stream.isClosed();
          line = lines.readLine()) {
        if (!line.isEmpty()) {
          block.add(line);
          continue;
        }
        // The first event of every stream was sent already, with this server's id of the project.
        if (!block.isEmpty() && !block.contains("event: hello")) {
          write(stream, String.join("\n", block) + "\n\n");
        }
        block.clear();
      }
    } catch (IOException e) {
      // The process has ended, or is about to: it is looked for again.
      return;
    } finally {
      source.set(null);
    }
  }

  private void closeSource() {
    try {
      InputStream open = source.get();
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      // It is closed all the same.
      return;
    }
  }
}
