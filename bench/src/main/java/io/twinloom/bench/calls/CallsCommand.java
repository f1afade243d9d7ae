package io.twinloom.bench.calls;

import io.twinloom.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench calls}. */
@Command(
    name = "calls",
    description = "Invocations, queue requests, writes and log bytes on AWS for 1,000 events.",
    mixinStandardHelpOptions = true)
public final class CallsCommand implements Callable<Integer> {

  @Option(names = "--rate", description = "Events a second; 100 and 10,000 by default.")
  List<Integer> rates = new ArrayList<>();

  @Option(names = "--events", description = "How many (default ${DEFAULT-VALUE}).")
  int events = 5_000;

  @Option(names = "--json", description = "One JSON object a line for each run.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    for (int rate : rates.isEmpty() ? List.of(100, 10_000) : rates) {
      for (boolean rules : List.of(true, false)) {
        for (boolean own : List.of(false, true)) {
          Calls calls = CallsBench.run(new CallsBench.Setting(rate, events, rules, own));
          System.out.println(json ? Json.text(calls.json()) : calls.text());
        }
      }
    }
    return 0;
  }
}
