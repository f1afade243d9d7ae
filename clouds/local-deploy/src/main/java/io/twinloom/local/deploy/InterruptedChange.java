package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.control.ChangeStatus;
import java.nio.file.Files;
import java.util.Optional;

/**
 * A change in which a twin ended that does not run: it goes on before anything else, whatever the
 * project's folder holds by now.
 *
 * @param version the digest of the version that it leads to
 */
public record InterruptedChange(ChangeStatus status, String version) {

  /** That of a data folder, where it leads to another version than this one. */
  static Optional<InterruptedChange> of(LocalDataFolder data, PreparedProject wanted) {
    return data.running().isPresent()
        ? Optional.empty()
        : data.openChange()
            .filter(change -> !change.to().equals(wanted.digest()))
            .filter(change -> Files.isDirectory(data.projects().resolve(change.to())))
            .map(change -> new InterruptedChange(change.status(), change.to()));
  }

  /** What is done with it, for people. */
  public String text() {
    return "The twin ended in a change ("
        + status.at().text()
        + "): it goes on as the version that this leads to. Once the change is over, 'deploy' makes"
        + " what the project has changed since; 'deploy --cancel' takes the change back";
  }
}
