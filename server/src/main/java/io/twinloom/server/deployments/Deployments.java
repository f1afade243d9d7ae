package io.twinloom.server.deployments;

import io.twinloom.deployer.Progress;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.deployments.Deployment.State;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.Problems;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The deployments of this process's time, one at once for each project, each on a thread of its
 * own. Safe for threads.
 */
public final class Deployments implements AutoCloseable {

  /** So many of a project are remembered. */
  private static final int MOST = 50;

  private static final Duration LAST_STEPS = Duration.ofSeconds(10);

  private record Run(Deployment deployment, Thread thread) {}

  private final InstantSource clock;
  private final Supplier<String> ids;
  private final Consumer<Throwable> failures;
  private final Map<String, Deque<Run>> runs = new HashMap<>();

  /**
   * @param failures takes what should not have happened
   */
  public Deployments(InstantSource clock, Supplier<String> ids, Consumer<Throwable> failures) {
    this.clock = clock;
    this.ids = ids;
    this.failures = failures;
  }

  /**
   * Begins one.
   *
   * @throws TwinloomException {@code TL-DEPLOYMENT-RUNS} if one of the project has not ended
   */
  synchronized Deployment start(
      String project, Deployment.Action action, String target, Consumer<Progress> work) {
    Deque<Run> known = runs.computeIfAbsent(project, any -> new ArrayDeque<>());
    if (!known.isEmpty() && known.getFirst().deployment().isRunning()) {
      throw new TwinloomException(
          ServerError.DEPLOYMENT_RUNS,
          "The deployment " + known.getFirst().deployment().facts().id() + " has not ended.",
          project);
    }
    Deployment deployment =
        new Deployment(new Deployment.Facts(ids.get(), project, action, target, clock.instant()));
    Thread thread =
        Thread.ofPlatform()
            .name("deployment-" + deployment.facts().id())
            .daemon()
            .unstarted(() -> run(deployment, work));
    known.addFirst(new Run(deployment, thread));
    if (known.size() > MOST) {
      known.removeLast();
    }
    thread.start();
    return deployment;
  }

  private void run(Deployment deployment, Consumer<Progress> work) {
    try {
      work.accept(text -> deployment.step(clock.instant(), text));
      deployment.end(clock.instant(), State.DONE, Optional.empty());
    } catch (TwinloomException e) {
      State state = Thread.currentThread().isInterrupted() ? State.CANCELLED : State.FAILED;
      deployment.end(
          clock.instant(), state, Optional.of(Problems.json(e, deployment.facts().id())));
    } catch (RuntimeException | Error e) {
      failures.accept(e);
      TwinloomException internal =
          new TwinloomException(
              ServerError.API_INTERNAL, ServerError.API_INTERNAL.facts().meaning(), "");
      deployment.end(
          clock.instant(),
          State.FAILED,
          Optional.of(Problems.json(internal, deployment.facts().id())));
    }
  }

  /** Those of a project, newest first. */
  synchronized List<Deployment> of(String project) {
    return runs.getOrDefault(project, new ArrayDeque<>()).stream().map(Run::deployment).toList();
  }

  /** The newest of a project as the interface answers it; empty where there is none. */
  public synchronized Optional<JsonObject> newest(String project) {
    return of(project).stream().findFirst().map(Deployment::json);
  }

  /** One of them. */
  Deployment find(String project, String id) {
    return run(project, id).deployment();
  }

  private synchronized Run run(String project, String id) {
    return runs.getOrDefault(project, new ArrayDeque<>()).stream()
        .filter(run -> run.deployment().facts().id().equals(id))
        .findFirst()
        .orElseThrow(() -> ApiException.notFound("There is no such deployment.", id));
  }

  /** Interrupts one, and waits for a short while until it has ended. */
  Deployment cancel(String project, String id) throws InterruptedException {
    Run run = run(project, id);
    run.thread().interrupt();
    run.thread().join(LAST_STEPS);
    return run.deployment();
  }

  /** Interrupts what has not ended: the next deployment goes on from there. */
  @Override
  public void close() {
    List<Run> running;
    synchronized (this) {
      running =
          runs.values().stream()
              .flatMap(Deque::stream)
              .filter(run -> run.deployment().isRunning())
              .toList();
    }
    running.forEach(run -> run.thread().interrupt());
    try {
      for (Run run : running) {
        run.thread().join(LAST_STEPS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
