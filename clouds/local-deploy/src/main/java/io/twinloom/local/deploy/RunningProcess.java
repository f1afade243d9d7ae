package io.twinloom.local.deploy;

import io.twinloom.deployer.Progress;
import io.twinloom.deployer.client.ControlClient;
import io.twinloom.deployer.control.ChangeStatus;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process that runs a twin, as other processes see it. */
final class RunningProcess {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private static final long LOOK_MILLIS = 200;

  private RunningProcess() {}

  /** Ends it: by asking, and if it does not answer, from outside. */
  static void end(LocalDataFolder data, Endpoints running, String command) {
    String by = "'twinloom " + command + "', process " + ProcessHandle.current().pid();
    Optional<ProcessHandle> process = running.process().alive();
    try {
      try {
        client(running).stop(by);
        if (DataLock.awaitFree(data, STOP_LIMIT)) {
          return;
        }
      } catch (TwinloomException e) {
        // It does not answer: it is ended from outside.
      }
      if (process.isPresent()) {
        BackgroundProcess.end(process.get());
      }
    } catch (InterruptedException e) {
      throw interrupted(data);
    }
  }

  static TwinloomException interrupted(LocalDataFolder data) {
    Thread.currentThread().interrupt();
    return new TwinloomException(
        DeployerError.INTERRUPTED,
        "Waiting for the twin's process was interrupted.",
        data.path().toString(),
        "Run the command again: it goes on from where this stood.");
  }

  static ControlClient client(Endpoints endpoints) {
    return new ControlClient(endpoints.api(), endpoints.twin());
  }

  private static String line(ChangeStatus change) {
    return change.at().text()
        + change.progress().map(far -> ", " + far.text()).orElse("")
        + change.waitingFor().map(why -> " (" + why + ")").orElse("");
  }

  /** Reports on a change that is under way until it is over; it goes on without that. */
  static TwinControl followed(LocalDataFolder data, Endpoints running, Progress progress) {
    ControlClient twin = client(running);
    String said = "";
    while (true) {
      Optional<ChangeStatus> change = twin.status().change();
      if (change.isEmpty()) {
        return twin;
      }
      if (change.get().isPaused()) {
        progress.step("Paused in " + change.get().at().text());
        return twin;
      }
      String now = line(change.get());
      if (!now.equals(said)) {
        progress.step(now);
        said = now;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        throw interrupted(data);
      }
    }
  }
}
