package io.twinloom.bench;

import io.twinloom.bench.faults.FaultSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code twinloom bench faults}: nothing is lost and nothing doubled, whatever fails. */
@Command(
    name = "faults",
    description =
        "Measurements flow and tiers move while connections fail and the process is killed;"
            + " then counts what is there.",
    mixinStandardHelpOptions = true)
final class FaultsCommand implements Callable<Integer> {

  @Option(
      names = "--deliveries",
      description = "Measurements to be acknowledged (default ${DEFAULT-VALUE}).")
  int deliveries = 10_000;

  @Option(
      names = "--items",
      description = "Old items to be moved to the archive (default ${DEFAULT-VALUE}).")
  int items = 1_000_000;

  @Option(
      names = "--kills",
      description = "Most times that the process is killed (default ${DEFAULT-VALUE}).")
  int kills = 50;

  @Option(names = "--seed", description = "Repeats a run's faults; another one each time.")
  long seed = System.nanoTime();

  @Override
  public Integer call() throws IOException, InterruptedException {
    System.out.println("faults  seed " + seed);
    Path folder = Files.createTempDirectory("twinloom-faults");
    FaultSuite.Outcome outcome = new FaultSuite(deliveries, items, kills, seed).run(folder);
    System.out.println("        " + outcome);
    if (outcome.isWell()) {
      Folders.delete(folder);
      return 0;
    }
    System.out.println("        what is there is left in " + folder);
    return 1;
  }
}
