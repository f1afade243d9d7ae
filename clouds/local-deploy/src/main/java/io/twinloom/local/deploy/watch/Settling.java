package io.twinloom.local.deploy.watch;

import java.time.Duration;

/**
 * Decides when a project that changes is to be looked at: once it has not changed for a moment, so
 * that a save of several files, or of one by renaming, is one change; and where it goes on
 * changing, as while a branch is checked out, after a while all the same. Times are of a clock that
 * only goes forward, in nanoseconds.
 */
final class Settling {

  /** So long nothing may change. */
  static final Duration QUIET = Duration.ofMillis(150);

  /** So long a project may go on changing before that is reported. */
  static final Duration LONGEST = Duration.ofSeconds(5);

  /** How often a project is looked at that changes. */
  static final Duration WHILE_CHANGING = Duration.ofMillis(50);

  /** How often it is looked at else, at most. */
  static final Duration USUAL = Duration.ofMillis(250);

  /** Looking takes at most one part of so many of the time. */
  private static final int SHARE = 20;

  private ProjectScan handled;
  private ProjectScan latest;
  private long changedSince;
  private long lastChange;
  private boolean changing;
  private boolean reported;

  /** What is to be done now. */
  enum Step {
    NOTHING,
    /** The project has changed and is at rest. */
    HANDLE,
    /** It has been changing for long. */
    REPORT
  }

  /**
   * @param handled the project as it is known
   */
  Settling(ProjectScan handled) {
    this.handled = handled;
    this.latest = handled;
  }

  /** Takes another look at the project. */
  Step look(ProjectScan scan, long now) {
    if (!scan.isAs(latest)) {
      if (!changing) {
        changedSince = now;
        reported = false;
      }
      changing = true;
      lastChange = now;
      latest = scan;
    }
    if (!changing) {
      return Step.NOTHING;
    }
    if (now - lastChange >= QUIET.toNanos()) {
      changing = false;
      if (latest.isAs(handled)) {
        return Step.NOTHING;
      }
      handled = latest;
      return Step.HANDLE;
    }
    if (now - changedSince >= LONGEST.toNanos() && !reported) {
      reported = true;
      return Step.REPORT;
    }
    return Step.NOTHING;
  }

  /** What was handled has to be handled again: it changed meanwhile. */
  void again(ProjectScan before) {
    handled = before;
    latest = before;
    changing = false;
  }

  /**
   * How long to wait for the next look.
   *
   * @param took how long the last one took, in nanoseconds
   */
  long pause(long took) {
    return Math.max((changing ? WHILE_CHANGING : USUAL).toNanos(), took * SHARE);
  }
}
