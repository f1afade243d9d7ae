package io.twinloom.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Eight readers at once ask the hot store over HTTP, each again as soon as it was answered: for a
 * device's newest item, and for a range of a thousand. Readers and twin share the machine.
 */
final class ReadersBench {

  private static final int READERS = 8;
  private static final int RANGE = 1_000;

  private final Path launcher;
  private final Duration warmUp;
  private final Duration measured;

  ReadersBench(Path launcher, Duration warmUp, Duration measured) {
    this.launcher = launcher;
    this.warmUp = warmUp;
    this.measured = measured;
  }

  void run(int items, int devices) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("twinloom-bench");
    try {
      Path project = folder.resolve("project");
      Path data = folder.resolve("data");
      List<String> ids = IntStream.range(0, devices).mapToObj(i -> "device-" + i).toList();
      BenchProject.write(project, 1, ids);
      long begun = System.nanoTime();
      StoredItems stored = StoredItems.write(data, ids, items);
      System.out.printf(
          Locale.ROOT,
          "readers   %,d items of %,d devices, stored in %.0f s%n",
          items,
          devices,
          (System.nanoTime() - begun) / 1e9);
      try (TwinProcess twin = TwinProcess.start(launcher, project, data, 1)) {
        URI cloud = twin.hotCloud();
        measure(
            "last entry",
            cloud.resolve("/" + BenchProject.TWIN + "-hot-reader-last-entry"),
            twin.token("_l5_hot_reader_last_entry"),
            random -> "?device_id=" + ids.get(random.nextInt(devices)));
        measure(
            RANGE + " items",
            twin.hotReader(),
            twin.hotReaderToken(),
            random ->
                "?device_id="
                    + ids.get(random.nextInt(devices))
                    + "&limit="
                    + RANGE
                    + "&start="
                    + stored.start(random, RANGE));
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private interface Question {
    String query(Random random);
  }

  private void measure(String what, URI reader, String token, Question question)
      throws InterruptedException {
    run(reader, token, question, warmUp, new Latencies());
    Latencies latencies = new Latencies();
    run(reader, token, question, measured, latencies);
    System.out.printf(
        Locale.ROOT,
        "          %-10s  p50 %.2f ms  p99 %.2f ms  %.0f/s  (%d readers at once)%n",
        what,
        latencies.percentile(0.5),
        latencies.percentile(0.99),
        latencies.count() / (measured.toMillis() / 1e3),
        READERS);
  }

  private static void run(
      URI reader, String token, Question question, Duration duration, Latencies latencies)
      throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    AtomicReference<Exception> failed = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      Random random = new Random(i);
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (KeptConnection connection = new KeptConnection(reader, token)) {
                      while (System.nanoTime() < end) {
                        String query = question.query(random);
                        long begun = System.nanoTime();
                        connection.get(query);
                        latencies.add(System.nanoTime() - begun);
                      }
                    } catch (IOException e) {
                      failed.set(e);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (failed.get() != null) {
      throw new IllegalStateException(failed.get());
    }
  }
}
