package io.twinloom.testkit.patience;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * How long a test waits for what has to come: JUnit finds this by its name in every JVM that runs
 * tests of a module with this testkit. A busy machine takes many times as long as a quiet one, and
 * a limit that is too short makes a test fail that has found nothing; one that is long costs time
 * only where something is wrong.
 */
public final class Patience implements LauncherSessionListener {
  /** The limit of {@code await()} without {@code atMost}, and of the contract suites. */
  public static final Duration LIMIT = Duration.ofSeconds(90);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(LIMIT);
  }
}
