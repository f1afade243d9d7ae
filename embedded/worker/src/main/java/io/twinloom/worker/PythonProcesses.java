package io.twinloom.worker;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How many processes of Python functions there may be. Guarded by the lock of {@link WorkerPools}.
 *
 * @param workers all that there are, with their pools
 */
record PythonProcesses(WorkerLimits limits, Map<Worker, WorkerPool> workers, WorkerEvents events) {

  /**
   * Whether another Python process may start; the one unused for longest makes room for it. A
   * version that is about to take another one's place may have one more.
   */
  boolean hasRoom(boolean isExchange, long now) {
    List<Worker> python =
        workers.entrySet().stream()
            .filter(e -> e.getValue().command instanceof PythonCommand)
            .map(Map.Entry::getKey)
            .toList();
    if (python.size() < limits.pythonWorkers() + (isExchange ? 1 : 0)) {
      return true;
    }
    python.stream()
        .filter(w -> w.load.state == WorkerLoad.State.READY && w.load.isIdle())
        .min(Comparator.comparingLong(w -> w.load.since))
        .ifPresent(w -> events.retire(w, Objects.requireNonNull(workers.get(w)), now));
    return false;
  }
}
