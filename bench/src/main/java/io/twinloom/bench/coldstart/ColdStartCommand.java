package io.twinloom.bench.coldstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench cold-start}. */
@Command(
    name = "cold-start",
    description =
        "Cold starts of AWS's dispatcher and persister, next to handlers with one SDK call.",
    mixinStandardHelpOptions = true)
public final class ColdStartCommand implements Callable<Integer> {

  @Option(names = "--starts", description = "Of each (default ${DEFAULT-VALUE}).")
  int starts = 15;

  @Override
  public Integer call() throws IOException {
    Path launcher = Path.of(System.getProperty("twinloom.launcher", "./twinloom"));
    Path root = launcher.toAbsolutePath().resolveSibling(".").normalize();
    Path folder = Files.createTempDirectory("twinloom-cold-start");
    return new ColdStartBench(root, folder).run(starts) ? 0 : 1;
  }
}
