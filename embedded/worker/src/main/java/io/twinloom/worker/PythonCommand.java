package io.twinloom.worker;

import io.twinloom.runner.python.PythonFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Python worker: the {@code python3} of the path with our script, for one function. */
record PythonCommand(WorkerLimits limits, Isolation isolation, PythonScripts scripts)
    implements WorkerCommand {

  @Override
  public ProcessBuilder process(Path folder) throws IOException {
    List<String> command =
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
            Long.toString(limits.timeout().toSeconds()));
    return new ProcessBuilder(isolation.apart(command, List.of(folder, scripts.folder)));
  }

  /** The worker leads a process group: what it has forked goes with it. */
  @Override
  public void end(Process process, long workerId) {
    if (!isolation.hasNamespace()) {
      endGroup(process, workerId);
    }
    process.destroyForcibly();
  }

  private static void endGroup(Process process, long workerId) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    if (workerId > 0) {
      try {
        new ProcessBuilder("/bin/sh", "-c", "kill -9 -" + workerId)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
      } catch (IOException e) {
        ProcessHandle.of(workerId).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  /** A function's own variables come with its definition: each worker serves one. */
  @Override
  public Map<String, String> variables() {
    // Each further arena takes 64 MB of the address space that the worker is limited to.
    return Map.of("MALLOC_ARENA_MAX", "2");
  }

  /** The worker itself answers an event that used up the memory. */
  @Override
  public Optional<String> exceededLimit(String lastWords) {
    return Optional.empty();
  }

  /** Our Python files, put where {@code python3} can read them when the first worker needs them. */
  static final class PythonScripts {
    private static final String WORKER = "worker.py";
    private static final List<String> OWN = List.of(WORKER, "printing.py");

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
        for (String name : OWN) {
          Files.write(folder.resolve(name), script(name));
        }
        written = true;
      }
      return folder.resolve(WORKER);
    }

    private static byte[] script(String name) throws IOException {
      try (var in = PythonScripts.class.getResourceAsStream("python/" + name)) {
        if (in == null) {
          throw new IOException("the program lacks its file " + name);
        }
        return in.readAllBytes();
      }
    }
  }
}
