package io.twinloom.deployer.terraform;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Runs Terraform. When the running thread is interrupted, or {@link #cancel} is called, Terraform
 * is asked to end: it finishes what it is making, writes its state, and only then does {@link #run}
 * return. A second cancelling ends it at once.
 */
final class TerraformProcess {

  /**
   * A terminal's Ctrl-C reaches Terraform by itself. To be asked a second time would make it give
   * up without writing its state, so a cancellation waits this long for its acknowledgement.
   */
  private static final long OWN_WORD_MILLIS = 1500;

  private static final String KNOWS = "Interrupt received";

  private final Path executable;
  private final Path folder;
  private final Map<String, String> environment;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final AtomicBoolean knows = new AtomicBoolean();
  private volatile ProcessHandle running = ProcessHandle.current();

  TerraformProcess(Path executable, Path folder, Map<String, String> environment) {
    this.executable = executable;
    this.folder = folder;
    this.environment = Map.copyOf(environment);
  }

  /** Whether the end was asked for. */
  boolean isCancelled() {
    return cancelled.get();
  }

  /** Asks for the end of what runs; may be called by any thread. */
  void cancel() {
    ProcessHandle process = running;
    boolean isFirst = cancelled.compareAndSet(false, true);
    if (process.equals(ProcessHandle.current()) || !process.isAlive()) {
      return;
    }
    if (!isFirst) {
      process.destroyForcibly();
      return;
    }
    Thread.ofVirtual().name("terraform-cancel").start(() -> askToEnd(process));
  }

  private void askToEnd(ProcessHandle process) {
    try {
      process.onExit().get(OWN_WORD_MILLIS, TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      if (!knows.get()) {
        // SIGTERM, which Terraform takes as it takes SIGINT.
        process.destroy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs a command to its end.
   *
   * @param out is handed each line of standard output, in order
   * @param err the same of standard error, on another thread
   * @return the exit code
   */
  int run(List<String> arguments, Consumer<String> out, Consumer<String> err) {
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new TwinloomException(
          DeployerError.TERRAFORM_BROKEN,
          executable.getFileName() + " cannot be started: " + e.getMessage() + ".",
          executable.toString(),
          "See that the file is there and may be run.",
          e);
    }
    running = process.toHandle();
    if (cancelled.get()) {
      process.destroy();
    }
    Thread errors =
        Thread.ofVirtual().start(() -> read(process.getErrorStream(), err.andThen(this::listen)));
    Thread output =
        Thread.ofVirtual().start(() -> read(process.getInputStream(), out.andThen(this::listen)));
    int exit = await(process, List.of(output, errors));
    running = ProcessHandle.current();
    return exit;
  }

  private void listen(String line) {
    if (line.contains(KNOWS)) {
      knows.set(true);
    }
  }

  private int await(Process process, List<Thread> readers) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          int exit = process.waitFor();
          for (Thread reader : readers) {
            reader.join();
          }
          return exit;
        } catch (InterruptedException e) {
          interrupted = true;
          cancel();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void read(InputStream in, Consumer<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line; (line = reader.readLine()) != null; ) {
        lines.accept(line);
      }
    } catch (IOException e) {
      // The process was ended at once: what it had yet to say is lost with it.
      if (!"Stream closed".equals(e.getMessage())) {
        throw new TwinloomException(
            DeployerError.TERRAFORM_BROKEN,
            "What Terraform says cannot be read: " + FileFailure.reason(e) + ".",
            "",
            "Run the command again: it goes on from where this stood.",
            e);
      }
    }
  }
}
