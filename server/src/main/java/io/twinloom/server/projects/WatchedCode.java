package io.twinloom.server.projects;

import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.Sha256;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.server.twin.RunningTwins;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Waits for a twin that watches its project's files to take over what was written. */
public record WatchedCode(RunningTwins twins) implements CodeRoutes.Live {

  private static final int LOOKS = 50;
  private static final long BETWEEN_MILLIS = 200;

  @Override
  public boolean takesOver(String project, String folder) {
    RunningProject twin = twins.of(project);
    String wanted = digest(twin.home(), folder);
    for (int look = 0; look < LOOKS; look++) {
      if (digest(twin.project().source(), folder).equals(wanted)) {
        return true;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  private static String digest(Path source, String folder) {
    StringBuilder all = new StringBuilder();
    try (ProjectFiles files = ProjectSource.open(source)) {
      for (String path : files.below(folder)) {
        all.append(path).append('\0');
        files.read(path).ifPresent(bytes -> all.append(Sha256.hex(bytes)));
      }
    } catch (IOException e) {
      throw ProjectText.unreadable(folder, e);
    }
    return all.toString();
  }
}
