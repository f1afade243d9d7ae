package io.twinloom.server.live;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.live.LiveTwin;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.Json;
import io.twinloom.server.live.OtlpTarget.Sent;
import io.twinloom.server.live.TraceSpans.Span;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Sends the spans of a twin to a receiver of OTLP while the twin runs, each once, when nothing has
 * been written of its trace for a moment: a span's parent is known by then. What the receiver does
 * not take is sent again for a while; beyond a limit the oldest spans are left out, and counted.
 * One thread does all of it.
 */
public final class SpanExport implements AutoCloseable {

  private static final Duration STEP = Duration.ofMillis(500);
  private static final Duration QUIET = Duration.ofSeconds(1);

  /** What is left in the end is sent within this. */
  private static final Duration CLOSING = Duration.ofSeconds(3);

  /** A trace is known so long that what a later attempt writes belongs to it. */
  private static final int TRACES = 5_000;

  /** A request has spans of so many traces at most. */
  private static final int TOGETHER = 200;

  private static final int WAITING = 20;
  private static final int ATTEMPTS = 60;

  private static final class Known {
    final List<LogLine> lines = new ArrayList<>();
    final Set<String> sent = new HashSet<>();
    long written = System.nanoTime();
    boolean open = true;
  }

  /** A request that waits, and how many spans are in it. */
  private record Request(byte[] json, int spans) {}

  private final RunningProject twin;
  private final OtlpTarget target;
  private final Consumer<String> problems;
  private final LiveTwin.LogFollower log;
  private final Map<String, Known> traces = new LinkedHashMap<>();
  private final Deque<Request> waiting = new ArrayDeque<>();
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(5))
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
  private final Thread thread;
  private int attempts;
  private final AtomicLong lost = new AtomicLong();
  private final CountDownLatch end = new CountDownLatch(1);

  /**
   * Begins with what is written from now on.
   *
   * @param problems takes what went wrong, one line each
   */
  public SpanExport(RunningProject twin, OtlpTarget target, Consumer<String> problems) {
    this.twin = twin;
    this.target = target;
    this.problems = problems;
    this.log = twin.live().followLog();
    this.thread = Thread.ofVirtual().name("spans").start(this::run);
  }

  private void run() {
    try {
      boolean last;
      do {
        last = end.await(STEP.toMillis(), TimeUnit.MILLISECONDS);
        read();
        gather(last ? Long.MAX_VALUE : QUIET.toNanos());
        send();
      } while (!last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    log.poll(
        line ->
            line.traceId()
                .filter(id -> !id.isEmpty())
                .ifPresent(
                    id -> {
                      Known known = traces.computeIfAbsent(id, i -> new Known());
                      known.lines.add(line);
                      known.written = System.nanoTime();
                      known.open = true;
                    }));
  }

  /** Puts the new spans of traces that are quiet into requests. */
  private void gather(long quietNanos) {
    long now = System.nanoTime();
    List<OtlpJson.Part> parts = new ArrayList<>();
    traces.forEach(
        (id, known) -> {
          if (known.open
              && (quietNanos == Long.MAX_VALUE
                  || now - known.written >= quietNanos
                  || traces.size() > TRACES)) {
            known.open = false;
            TraceSpans all = new TraceSpans(id, known.lines, twin.project().topology());
            List<Span> fresh = all.all().stream().filter(s -> known.sent.add(s.id())).toList();
            if (!fresh.isEmpty()) {
              parts.add(new OtlpJson.Part(all, fresh));
            }
          }
        });
    for (int from = 0; from < parts.size(); from += TOGETHER) {
      request(parts.subList(from, Math.min(parts.size(), from + TOGETHER)));
    }
    var oldest = traces.entrySet().iterator();
    while (traces.size() > TRACES && oldest.hasNext()) {
      oldest.next();
      oldest.remove();
    }
  }

  private void request(List<OtlpJson.Part> parts) {
    int spans = parts.stream().mapToInt(p -> p.spans().size()).sum();
    waiting.addLast(
        new Request(Json.bytes(OtlpJson.of(twin.project().topology().twin(), parts)), spans));
    while (waiting.size() > WAITING) {
      lose(waiting.removeFirst());
      attempts = 0;
    }
  }

  private void send() throws InterruptedException {
    while (!waiting.isEmpty()) {
      Sent sent = target.post(http, waiting.getFirst().json());
      attempts++;
      if (sent == Sent.LATER && attempts < ATTEMPTS) {
        return;
      }
      Request done = waiting.removeFirst();
      attempts = 0;
      if (sent != Sent.TAKEN) {
        lose(done);
      }
    }
  }

  private void lose(Request request) {
    if (lost.get() == 0) {
      problems.accept(
          "Spans are lost: " + target + " refuses them or does not answer; it is not said again.");
    }
    lost.addAndGet(request.spans());
  }

  /** How many spans were not taken. */
  public long lost() {
    return lost.get();
  }

  @Override
  public void close() {
    end.countDown();
    try {
      thread.join(CLOSING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    http.shutdownNow();
  }
}
