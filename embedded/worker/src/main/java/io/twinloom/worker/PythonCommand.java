package io.twinloom.worker;

import io.twinloom.runner.python.PythonFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Python worker: the {@code python3} of the path with our script, for one function. */
record PythonCommand(WorkerLimits limits, PythonScripts scripts) implements WorkerCommand {

  @Override
  public ProcessBuilder process(Path folder) throws IOException {
    return new ProcessBuilder(
        List.of(
            "python3",
            // Neither the environment nor the current folder nor the user's own packages change
            // what is imported; no byte code is left beside the user's files.
            "-I",
            "-B",
            "-X",
            "utf8",
            scripts.worker().toString(),
            Long.toString(limits.patience().toMillis()),
            Integer.toString(limits.resultBytes()),
            Integer.toString(limits.pythonMegabytes()),
            Long.toString(limits.timeout().toSeconds())));
  }

  /** The worker leads a process group: what it has forked goes with it. */
  @Override
  public void end(Process process) {
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -9 -" + process.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly();
  }

  /** The worker itself answers an event that used up the memory. */
  @Override
  public Optional<String> exceededLimit(String lastWords) {
    return Optional.empty();
  }

  /** Our Python files, put where {@code python3} can read them when the first worker needs them. */
  static final class PythonScripts {
    private static final String WORKER = "worker.py";

    private final Path folder;
    private boolean written;

    PythonScripts(Path folder) {
      this.folder = folder;
    }

    synchronized Path worker() throws IOException {
      if (!written) {
        for (Map.Entry<String, byte[]> file : PythonFiles.forWorker().entrySet()) {
          Path target = folder.resolve(file.getKey());
          Files.createDirectories(target.getParent());
          Files.write(target, file.getValue());
        }
        Files.write(folder.resolve(WORKER), script());
        written = true;
      }
      return folder.resolve(WORKER);
    }

    private static byte[] script() throws IOException {
      try (var in = PythonScripts.class.getResourceAsStream("python/" + WORKER)) {
        if (in == null) {
          throw new IOException("the program lacks its file " + WORKER);
        }
        return in.readAllBytes();
      }
    }
  }
}
