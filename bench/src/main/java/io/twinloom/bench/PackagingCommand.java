package io.twinloom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench packaging}. */
@Command(
    name = "packaging",
    description = "The packages of many devices, made and then looked up.",
    mixinStandardHelpOptions = true)
final class PackagingCommand implements Callable<Integer> {

  @Option(names = "--devices", description = "That the twin has (default ${DEFAULT-VALUE}).")
  int devices = 1_000;

  @Option(
      names = "--own",
      description = "Devices with code of their own, half of it Java (default ${DEFAULT-VALUE}).")
  int own = 10;

  @Option(names = "--runs", description = "With nothing changed (default ${DEFAULT-VALUE}).")
  int runs = 7;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("twinloom-bench");
    try {
      Path launcher = Path.of(System.getProperty("twinloom.launcher", "./twinloom"));
      new PackagingBench(launcher, folder).run(devices, own, runs);
      return 0;
    } finally {
      Folders.delete(folder);
    }
  }
}
