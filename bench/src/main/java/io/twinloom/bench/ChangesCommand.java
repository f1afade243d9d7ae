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
    description = "User code is edited while events run: from the saved file to the first event.",
    mixinStandardHelpOptions = true)
final class ChangesCommand implements Runnable {

  @Option(names = "--exchanges", description = "How many (default ${DEFAULT-VALUE}).")
  int exchanges = 200;

  @Option(names = "--rate", description = "Events a second meanwhile (default ${DEFAULT-VALUE}).")
  int rate = 200;

  @Option(names = "--processors", description = "java or python; both by default.")
  List<String> languages = new ArrayList<>();

  @Override
  public void run() {
    ChangesBench bench =
        new ChangesBench(
            Path.of(System.getProperty("twinloom.launcher", "./twinloom")), exchanges, rate);
    try {
      for (String language : languages.isEmpty() ? List.of("python", "java") : languages) {
        System.out.println(Json.text(bench.run(BenchProject.language(language))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
