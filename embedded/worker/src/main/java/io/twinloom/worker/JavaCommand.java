package io.twinloom.worker;

import com.fasterxml.jackson.core.JsonFactory;
import io.twinloom.api.Processor;
import io.twinloom.runner.JavaFunction;
import io.twinloom.worker.jvm.LogConfiguration;
import io.twinloom.worker.jvm.ThreadGuard;
import io.twinloom.worker.jvm.WorkerMain;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A worker JVM: this JVM's own {@code java}, small, and quick to start. */
record JavaCommand(WorkerLimits limits, Isolation isolation, Map<String, String> variables)
    implements WorkerCommand {

  /** A longer value would keep the system from starting the process. */
  private static final int MAX_VARIABLE_BYTES = 100_000;

  JavaCommand {
    variables = Map.copyOf(variables);
  }

  /** The variables that are the same for all functions in Java: they share processes. */
  static Map<String, String> shared(List<WorkerFunction> functions) {
    List<Map<String, String>> all =
        functions.stream()
            .filter(f -> f.language() instanceof WorkerFunction.Language.Java)
            .map(WorkerFunction::variables)
            .toList();
    Map<String, String> shared = new HashMap<>(all.isEmpty() ? Map.of() : all.getFirst());
    all.forEach(one -> shared.entrySet().retainAll(one.entrySet()));
    shared.values().removeIf(v -> v.getBytes(StandardCharsets.UTF_8).length > MAX_VARIABLE_BYTES);
    return shared;
  }

  @Override
  public ProcessBuilder process(Path folder) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + limits.javaHeapMegabytes() + "m");
    command.add("-XX:MaxMetaspaceSize=" + limits.javaHeapMegabytes() + "m");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:+UseSerialGC");
    // Ready sooner and with less memory; events are short, so the second compiler pays off late.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Xshare:auto");
    command.add("-XX:-UsePerfData");
    command.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
    command.add("-Djava.io.tmpdir=" + folder);
    command.add("-Djava.awt.headless=true");
    command.add("-Djava.util.logging.config.class=" + LogConfiguration.class.getName());
    command.add("-cp");
    command.add(classPath());
    command.add(WorkerMain.class.getName());
    command.add("/dev/fd/3");
    command.add("/dev/fd/4");
    command.add(Long.toString(limits.patience().toMillis()));
    command.add(Integer.toString(limits.resultBytes()));
    return new ProcessBuilder(isolation.apartWithMovedPipes(command, List.of(folder)));
  }

  /** The program itself: this JVM, and what of our classes a worker has. */
  static List<Path> program() {
    return Stream.concat(
            Stream.of(Path.of(System.getProperty("java.home"))),
            Stream.of(WorkerMain.class, JavaFunction.class, Processor.class, JsonFactory.class)
                .map(JavaCommand::location)
                .distinct())
        .toList();
  }

  private static String classPath() {
    return program().stream()
        .skip(1)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no place of " + type, e);
    }
  }

  @Override
  public void end(Process process, long workerId) {
    if (!isolation.hasNamespace()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      ProcessHandle.of(workerId)
          .ifPresent(
              worker -> {
                worker.descendants().forEach(ProcessHandle::destroyForcibly);
                worker.destroyForcibly();
              });
    }
    process.destroyForcibly();
  }

  @Override
  public Optional<String> exceededLimit(String lastWords) {
    if (lastWords.contains("Terminating due to java.lang.OutOfMemoryError")) {
      return Optional.of("It used more than " + limits.javaHeapMegabytes() + " MB of memory");
    }
    return lastWords.equals(ThreadGuard.LAST_WORDS)
        ? Optional.of("It started more than " + ThreadGuard.MAX_THREADS + " threads")
        : Optional.empty();
  }
}
