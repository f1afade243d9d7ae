package io.twinloom.local.deploy;

import io.twinloom.deployer.PrivateFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A twin's process in the background: it goes on when the process that started it ends, and Ctrl-C
 * there does not reach it.
 */
final class BackgroundProcess {

  /** Past this, a start is taken to have failed. */
  static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static final Duration STEP = Duration.ofMillis(20);
  private static final Duration END_LIMIT = Duration.ofSeconds(20);
  private static final int SHOWN_LINES = 12;

  private final LocalDataFolder data;
  private final Process process;

  private BackgroundProcess(LocalDataFolder data, Process process) {
    this.data = data;
    this.process = process;
  }

  /** Starts the command, with its standard streams in the data folder. */
  static BackgroundProcess start(List<String> command, LocalDataFolder data) {
    List<String> detached = new ArrayList<>();
    // A session of its own: neither the terminal's Ctrl-C nor its end are for it.
    setsid().ifPresent(s -> detached.add(s.toString()));
    detached.addAll(command);
    PrivateFiles.write(data.output(), new byte[0]);
    try {
      Process process =
          new ProcessBuilder(detached)
              .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(data.output().toFile()))
              .start();
      return new BackgroundProcess(data, process);
    } catch (IOException e) {
      throw new TwinloomException(
          LocalDeployError.LOCAL_BACKGROUND,
          "The process in the background cannot be started: " + e.getMessage() + ".",
          command.get(0),
          LocalDeployError.LOCAL_BACKGROUND.fix(),
          e);
    }
  }

  private static Optional<Path> setsid() {
    return List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid")).stream()
        .filter(Files::isExecutable)
        .findFirst();
  }

  long pid() {
    return process.pid();
  }

  /**
   * Waits until the twin is ready.
   *
   * @throws TwinloomException with what the process said, if it ends or takes too long; then it
   *     does not run any more
   */
  Endpoints awaitReady() throws InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < end) {
      Optional<Endpoints> ready = data.running().filter(e -> e.process().pid() == process.pid());
      if (ready.isPresent()) {
        return ready.get();
      }
      if (process.waitFor(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failed("The twin did not start: its process ended with code " + process.exitValue());
      }
    }
    end(process.toHandle());
    throw failed("The twin was not ready after " + START_LIMIT.toSeconds() + " s, and was ended");
  }

  /** Ends a process: asked first, then forced. */
  static void end(ProcessHandle process) throws InterruptedException {
    if (awaitEnd(process, Duration.ZERO)) {
      return;
    }
    process.destroy();
    if (!awaitEnd(process, END_LIMIT)) {
      process.destroyForcibly();
      awaitEnd(process, END_LIMIT);
    }
  }

  /** Waits for a process to end; returns whether it did. */
  static boolean awaitEnd(ProcessHandle process, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (process.isAlive()) {
      if (System.nanoTime() >= end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(STEP.toMillis());
    }
    return true;
  }

  private TwinloomException failed(String what) {
    return new TwinloomException(
        LocalDeployError.LOCAL_START,
        what + ". It said:\n" + lastOutput().indent(4).stripTrailing(),
        data.output().toString(),
        "Fix what it says, or run 'twinloom up PROJECT' in the foreground to see more.");
  }

  private String lastOutput() {
    try (InputStream in = Files.newInputStream(data.output())) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return lines.isEmpty()
          ? "(nothing)"
          : String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    } catch (IOException e) {
      return "(its output cannot be read: " + FileFailure.reason(e) + ")";
    }
  }
}
