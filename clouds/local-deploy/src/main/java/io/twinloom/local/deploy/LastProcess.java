package io.twinloom.local.deploy;

import io.twinloom.local.store.KnownStores;
import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the process that last ran a twin has left, for people who ask for a twin that does not run.
 *
 * @param data where the twin's data is
 */
record LastProcess(LocalDataFolder data) {

  /** The process that said it runs the twin, and does not any more: it was killed. */
  Optional<Long> killed() {
    return data.written()
        .filter(e -> e.process().alive().isEmpty())
        .map(endpoints -> endpoints.process().pid());
  }

  /** The error of commands that need a running twin, with how it is started. */
  TwinloomException absent(String named) {
    return new TwinloomException(
        LocalDeployError.LOCAL_NOT_RUNNING,
        killed()
            .map(pid -> "The twin does not run: its process " + pid + " was killed.")
            .orElse("The twin does not run."),
        data.path().toString(),
        "Start it with 'twinloom up " + named + "', or name its data folder with --data.");
  }

  /** That its process was killed, and which stores are missing. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    killed()
        .ifPresent(
            pid ->
                warnings.add(
                    "Process "
                        + pid
                        + " was killed: what it had accepted is kept, and goes on with the next"
                        + " 'up'."));
    for (String cloud : new KnownStores(data.path()).missing()) {
      warnings.add(
          "The store of "
              + cloud
              + " is missing or empty: the twin does not start without it. Restore "
              + KnownStores.file(data.path(), cloud)
              + " from a backup, or start with --new-store="
              + cloud
              + ".");
    }
    return warnings;
  }
}
