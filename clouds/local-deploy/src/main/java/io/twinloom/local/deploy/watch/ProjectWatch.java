package io.twinloom.local.deploy.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches a project on a thread of its own, until it is closed. Started once at most. */
public final class ProjectWatch implements AutoCloseable {

  private final Path project;
  private final Path except;
  private final InstantSource clock;
  private ProjectScan known;
  private @Nullable Thread thread;

  /** What is done about changes; called by the watch's thread, one after the other. */
  public interface Handler {

    /**
     * The project has changed and is at rest.
     *
     * @return whether that is done; if not, this is called again once the project is at rest
     */
    boolean changed();

    /** The project has been changing for a while. */
    void changing();
  }

  private ProjectWatch(Path project, Path except, InstantSource clock, ProjectScan known) {
    this.project = project;
    this.except = except;
    this.clock = clock;
    this.known = known;
  }

  /**
   * A watch for what is changed from now on: to be made before the project is read.
   *
   * @param project its folder or ZIP
   * @param except a folder that is not part of it, though it may be within: where data is kept
   */
  public static ProjectWatch of(Path project, Path except, InstantSource clock) {
    ProjectScan known;
    try {
      known = ProjectScan.of(project, except, clock.instant());
    } catch (IOException e) {
      // All that is found later is a change.
      known = new ProjectScan(Map.of());
    }
    return new ProjectWatch(project, except, clock, known);
  }

  /** Begins to report what has changed since the watch was made. */
  public void start(Handler handler) {
    Thread started =
        Thread.ofPlatform().daemon().name("project-watch").unstarted(() -> run(handler));
    thread = started;
    started.start();
  }

  private void run(Handler handler) {
    try {
      Settling settling = new Settling(known);
      while (true) {
        long begun = System.nanoTime();
        Optional<ProjectScan> scan = scan();
        long took = System.nanoTime() - begun;
        if (scan.isPresent()) {
          look(settling, scan.get(), handler);
        }
        TimeUnit.NANOSECONDS.sleep(settling.pause(took));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<ProjectScan> scan() {
    try {
      return Optional.of(ProjectScan.of(project, except, clock.instant()));
    } catch (IOException e) {
      // It is being changed just now: the next look finds it whole, or gone for a while.
      return Optional.empty();
    }
  }

  private void look(Settling settling, ProjectScan scan, Handler handler) {
    switch (settling.look(scan, System.nanoTime())) {
      case NOTHING -> {}
      case REPORT -> handler.changing();
      case HANDLE -> {
        if (handler.changed()) {
          known = scan;
        } else {
          settling.again(known);
        }
      }
    }
  }

  /** Ends watching; what is being handled is handled to its end. */
  @Override
  public void close() {
    Thread started = thread;
    if (started == null) {
      return;
    }
    started.interrupt();
    try {
      started.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
