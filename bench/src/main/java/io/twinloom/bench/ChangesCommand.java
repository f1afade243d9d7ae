package io.twinloom.bench;

import io.twinloom.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench changes}. */
@Command(
    name = "changes",
    description = {
      "User code is edited while events run: from the saved file to the first event.",
      "With --moves: layers are moved to other clouds while events run."
    },
    mixinStandardHelpOptions = true)
final class ChangesCommand implements Runnable {

  private static final int MOVES_RATE = 500;

  /** What is killed in each phase holds so many times less: it is not how long a copy takes. */
  private static final int SMALLER = 50;

  @Option(names = "--exchanges", description = "How many (default ${DEFAULT-VALUE}).")
  int exchanges = 200;

  @Option(names = "--rate", description = "Events a second meanwhile (default ${DEFAULT-VALUE}).")
  int rate = 200;

  @Option(names = "--processors", description = "java or python; both by default.")
  List<String> languages = new ArrayList<>();

  @Option(
      names = "--moves",
      description = "Move layers instead: full tiers, then all layers with kills in each phase.")
  boolean moves;

  @Option(
      names = "--items",
      description = "With --moves: items in the hot store (default ${DEFAULT-VALUE}).")
  int items = 1_000_000;

  @Option(
      names = "--chunks",
      description = "With --moves: chunks in each colder tier (default ${DEFAULT-VALUE}).")
  int chunks = 1_000;

  @Option(
      names = "--movers-rate",
      description = "With --moves: what `bench movers` gives here in MB/s; measured by default.")
  double moversRate;

  @Option(names = "--without-kills", description = "With --moves: only with full stores.")
  boolean withoutKills;

  @Option(names = "--seed", description = "With --moves: when the twin is killed.")
  long seed = System.nanoTime();

  @Override
  public void run() {
    Path launcher = Path.of(System.getProperty("twinloom.launcher", "./twinloom"));
    ChangesBench bench = new ChangesBench(launcher, exchanges, rate);
    try {
      if (moves) {
        move(launcher);
        return;
      }
      for (String language : languages.isEmpty() ? List.of("python", "java") : languages) {
        System.out.println(Json.text(bench.run(BenchProject.language(language))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Devices publish as many events as the goals are for. */
  private void move(Path launcher) throws IOException, InterruptedException {
    double movers =
        moversRate > 0 ? moversRate : new MoversBench(launcher, items).megabytesPerSecond();
    new MovesBench(launcher, new MovedData(items, chunks), MOVES_RATE).measure(movers);
    if (withoutKills) {
      return;
    }
    new MovesBench(
            launcher, new MovedData(items / SMALLER, Math.max(1, chunks / SMALLER)), MOVES_RATE)
        .kill(seed);
  }
}
