package io.twinloom.worker;

import io.twinloom.worker.WorkerFunction.Language;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Makes pools of workers.
 *
 * @param scripts of all Python workers
 * @param shared what all Java functions find in their environment
 */
record PoolMaker(
    WorkerLimits limits,
    Isolation isolation,
    PythonCommand.PythonScripts scripts,
    Map<String, String> shared,
    PoolCallbacks callbacks) {

  /** Of the pools for these functions, and for other versions of them. */
  static PoolMaker of(
      List<WorkerFunction> functions,
      WorkerLimits limits,
      Isolation isolation,
      Path root,
      PoolCallbacks callbacks) {
    return new PoolMaker(
        limits,
        isolation,
        new PythonCommand.PythonScripts(root.resolve("python")),
        JavaCommand.shared(functions),
        callbacks);
  }

  /** A pool without a worker, for functions in a language. */
  WorkerPool pool(Language language) {
    return language instanceof Language.Python
        ? made(new PythonCommand(limits, isolation, scripts), WorkerPool.Size.ofPython(limits))
        : made(new JavaCommand(limits, isolation, shared), WorkerPool.Size.ofJava(limits));
  }

  private WorkerPool made(WorkerCommand command, WorkerPool.Size size) {
    return new WorkerPool(command, size, limits.patience().toNanos(), callbacks);
  }
}
