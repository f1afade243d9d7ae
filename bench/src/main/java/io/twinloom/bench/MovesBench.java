package io.twinloom.bench;

import io.twinloom.bench.process.ProcessFigures;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Moves the layers of a twin over three local clouds, one after the other, while devices publish.
 * First the tiers, with full stores: how fast they are copied, and what new events notice of it.
 * Then all layers, with small stores, killed in each phase, while somebody asks readers all the
 * time: in the end, all that was acknowledged is there once.
 *
 * @param launcher the command that starts a twin
 * @param data what the stores hold at first
 * @param rate messages a second
 */
record MovesBench(Path launcher, MovedData data, int rate) {

  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration MEASURED = Duration.ofSeconds(20);
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(5);
  private static final int PAGE = 10_000;

  /** Where a project has no actions. */
  private static final Optional<ActionTraces> NO_ACTIONS = Optional.empty();

  /** What became of what was acknowledged. */
  private record Found(long acknowledged, long stored, long doubled, long lost) {}

  /**
   * @param l4 where the fourth layer is, or {@code none}
   * @param actions those that each event is to run
   */
  private MovingTwin started(Path folder, String l4, Optional<ActionTraces> actions)
      throws IOException, InterruptedException {
    MovingTwin twin = new MovingTwin(launcher, folder);
    BenchProject.write(twin.project(), 3, BenchProject.devices());
    twin.place("layer_4_provider", l4);
    if (actions.isPresent()) {
      actions.get().write(twin.project(), BenchProject.devices());
    }
    data.write(Files.createDirectories(twin.data()));
    twin.start();
    return twin;
  }

  private SteadyDevices devices(MovingTwin twin) {
    return SteadyDevices.start(twin::broker, BenchProject.devices(), rate);
  }

  /**
   * Moves full stores.
   *
   * @param moversRate what the movers do on this machine, in MB/s
   */
  void measure(double moversRate) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("twinloom-moves");
    try (MovingTwin twin = started(folder, "none", NO_ACTIONS);
        SteadyDevices devices = devices(twin)) {
      TimeUnit.MILLISECONDS.sleep(WARM_UP.toMillis());
      Latencies acknowledged = devices.measured();
      try (ReadableProbe probe = probe(twin, devices)) {
        TimeUnit.MILLISECONDS.sleep(MEASURED.toMillis());
        devices.sample(published -> {});
        print("no move", acknowledged, probe.latencies(), "");
      }
      for (LayerMove move : LayerMove.TIERS) {
        measure(twin, devices, move, moversRate);
      }
      devices.stop();
      found(twin, devices);
      System.out.printf(
          Locale.ROOT,
          "        heap 256 MB  peak resident %d MB%n",
          ProcessFigures.of(twin.twin().process()).peakMegabytes());
    } finally {
      Folders.delete(folder);
    }
  }

  private static ReadableProbe probe(MovingTwin twin, SteadyDevices devices) throws IOException {
    ReadableProbe probe =
        new ReadableProbe(
            () -> {
              MovingTwin.Receiver reader = twin.receivers("_l5_hot_reader").getFirst();
              return new KeptConnection(reader.url(), reader.token());
            });
    probe.count();
    devices.sample(probe::lookFor);
    return probe;
  }

  private static void measure(
      MovingTwin twin, SteadyDevices devices, LayerMove move, double moversRate)
      throws IOException, InterruptedException {
    double megabytes = megabytes(twin, move);
    Latencies acknowledged = devices.measured();
    try (ReadableProbe probe = probe(twin, devices)) {
      PhaseWatch watch = moved(twin, move, Optional.empty());
      devices.sample(published -> {});
      double copied = megabytes / watch.seconds("copy");
      print(
          move.title(),
          acknowledged,
          probe.latencies(),
          String.format(
              Locale.ROOT,
              "  %.0f MB at %.1f MB/s, %.2f of the movers' %.1f; compared in %.1f s",
              megabytes,
              copied,
              copied / moversRate,
              moversRate,
              watch.seconds("verify")));
    }
  }

  private static double megabytes(MovingTwin twin, LayerMove move) throws IOException {
    return move.equals(LayerMove.HOT)
        ? twin.count(move, "items") * (double) OldItems.BYTES / 1e6
        : twin.count(move, "bytes") / 1e6;
  }

  private static PhaseWatch moved(MovingTwin twin, LayerMove move, Optional<Random> kills)
      throws IOException, InterruptedException {
    twin.place(move.key(), move.to());
    PhaseWatch watch = new PhaseWatch(twin, kills);
    Process deploying = twin.deploy();
    try {
      watch.follow(deploying);
    } finally {
      Server.end(deploying);
    }
    return watch;
  }

  private static void print(String what, Latencies acknowledged, Latencies readable, String more) {
    System.out.printf(
        Locale.ROOT,
        "moves   %s: acknowledged p50 %.1f ms p99 %.1f ms  readable p50 %.1f ms p99 %.1f ms%s%n",
        what,
        acknowledged.percentile(0.5),
        acknowledged.percentile(0.99),
        readable.percentile(0.5),
        readable.percentile(0.99),
        more);
  }

  /**
   * Moves all layers, with small stores, and kills the twin in each phase.
   *
   * @param seed of when
   */
  void kill(long seed) throws IOException, InterruptedException {
    System.out.println("moves   killed in each phase: seed " + seed);
    Path folder = Files.createTempDirectory("twinloom-moves");
    ActionTraces actions = new ActionTraces(folder.resolve("actions.txt"));
    try (MovingTwin twin = started(folder, "google", Optional.of(actions));
        SteadyDevices devices = devices(twin);
        AskingReaders readers = AskingReaders.start(twin, new Random(seed))) {
      Random random = new Random(seed);
      for (LayerMove move : LayerMove.ALL) {
        var unused = moved(twin, move, Optional.of(random));
        if (move.retired().isPresent()) {
          retired(twin, move, random);
        }
      }
      readers.stop();
      devices.stop();
      System.out.println("        readers: right answers " + readers.answers());
      found(twin, devices);
      ran(actions, devices);
      readers.gaps().forEach(gap -> System.out.println("        gap: " + gap));
      System.out.println(
          "        " + twin.kills() + " kills, " + readers.gaps().size() + " reading gaps");
      if (!readers.gaps().isEmpty()) {
        throw new IllegalStateException("what was readable was not meanwhile");
      }
    } finally {
      Folders.delete(folder);
    }
  }

  /** Ends what a layer has on its former cloud: devices that are there come to the new one. */
  private static void retired(MovingTwin twin, LayerMove move, Random kills)
      throws IOException, InterruptedException {
    if (move.equals(LayerMove.L1)) {
      twin.devicesOn(move.to());
    }
    Process retiring = twin.retire(move.retired().orElseThrow());
    try {
      new PhaseWatch(twin, Optional.of(kills)).follow(retiring);
    } finally {
      Server.end(retiring);
    }
  }

  /** Looks for the action of each event that was acknowledged: it runs at least once. */
  private static void ran(ActionTraces actions, SteadyDevices devices)
      throws IOException, InterruptedException {
    Map<String, Set<String>> acknowledged = new HashMap<>();
    for (String device : BenchProject.devices()) {
      acknowledged.put(device, devices.acknowledged(device));
    }
    ActionTraces.Ran ran = actions.await(acknowledged, LONGEST_IDLE);
    System.out.printf(
        "        actions: of %d events, %d times again, never of %d%n",
        ran.events(), ran.again(), ran.never());
    if (ran.never() > 0) {
      throw new IllegalStateException("actions of events that were acknowledged never ran");
    }
  }

  /** Looks for all that was acknowledged, and for what the stores held at first. */
  private void found(MovingTwin twin, SteadyDevices devices)
      throws IOException, InterruptedException {
    twin.awaitIdle(LONGEST_IDLE);
    long stored = 0;
    long doubled = 0;
    long lost = 0;
    for (String device : BenchProject.devices()) {
      Set<String> missing = devices.acknowledged(device);
      String from = missing.stream().min(String::compareTo).orElseThrow();
      Set<String> events = new HashSet<>();
      String page = "";
      do {
        JsonObject answer =
            twin.twin()
                .twin(
                    "devices/"
                        + device
                        + "/items?order=asc&limit="
                        + PAGE
                        + "&from="
                        + from
                        + page);
        for (JsonValue value : answer.array("items").orElse(JsonArray.EMPTY)) {
          JsonObject item = (JsonObject) value;
          missing.remove(item.text("timestamp").orElseThrow());
          doubled += events.add(item.text("event_id").orElseThrow()) ? 0 : 1;
        }
        page = answer.text("nextToken").map(token -> "&nextToken=" + token).orElse("");
      } while (!page.isEmpty());
      stored += events.size();
      lost += missing.size();
    }
    Found found = new Found(devices.acknowledged(), stored, doubled, lost);
    long hot = twin.count(LayerMove.HOT, "items");
    System.out.printf(
        "        %d acknowledged, %d stored, %d doubled, %d lost; hot %d of %d, cold %d and"
            + " archive %d of %d chunks%n",
        found.acknowledged(),
        found.stored(),
        found.doubled(),
        found.lost(),
        hot - found.stored(),
        data.items(),
        twin.count(LayerMove.COLD, "chunks"),
        twin.count(LayerMove.ARCHIVE, "chunks"),
        data.chunks());
    if (found.doubled() + found.lost() > 0 || hot - found.stored() != data.items()) {
      throw new IllegalStateException("what was acknowledged is not there once");
    }
  }
}
