package io.twinloom.server.deploy;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Target;
import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.server.deploy.Deployment.Action;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.http.ApiException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** Runs deployments, one at a time for each project, and remembers the newest. Thread-safe. */
public final class Deployments {

  private static final int REMEMBERED = 100;

  private final ServedTargets targets;
  private final UserCodeChecker checker;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final Deque<Deployment> newestFirst = new ArrayDeque<>();

  public Deployments(
      ServedTargets targets, UserCodeChecker checker, InstantSource clock, Supplier<String> ids) {
    this.targets = targets;
    this.checker = checker;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Begins one.
   *
   * @param target {@code local} or {@code cloud}
   * @throws TwinloomException if one of the project is under way
   */
  synchronized Deployment start(
      String project, Path source, Action action, String target, boolean deleteData) {
    if (newestFirst.stream().anyMatch(d -> d.project().equals(project) && d.isRunning())) {
      throw new TwinloomException(
          ServerError.API_DEPLOYING,
          "A deployment of \"" + project + "\" is under way.",
          "deployments");
    }
    Deployment begun = new Deployment(ids.get(), project, action, target, clock.instant());
    newestFirst.addFirst(begun);
    if (newestFirst.size() > REMEMBERED) {
      newestFirst.removeLast();
    }
    Target where = target.equals("cloud") ? targets.cloud(source) : targets.local(source);
    begun.runs(
        Thread.ofVirtual()
            .name("deployment-" + begun.id())
            .unstarted(() -> run(begun, where, source, action, deleteData)));
    begun.begin();
    return begun;
  }

  private void run(
      Deployment deployment, Target where, Path source, Action action, boolean deleteData) {
    TwinloomException failure = null;
    try {
      switch (action) {
        case DEPLOY -> {
          var unused =
              where.deploy(prepared(source), step -> deployment.step(clock.instant(), step));
        }
        case DESTROY -> {
          boolean there = where.destroy(deleteData, step -> deployment.step(clock.instant(), step));
          if (!there) {
            deployment.step(clock.instant(), "There was none");
          }
        }
      }
    } catch (TwinloomException e) {
      failure = e;
    } catch (RuntimeException e) {
      failure =
          new TwinloomException(
              ServerError.API_INTERNAL,
              "The deployment failed unexpectedly: " + e.getClass().getName() + ".",
              "deployments",
              ServerError.API_INTERNAL.fix(),
              e);
    } finally {
      deployment.end(clock.instant(), failure);
    }
  }

  private PreparedProject prepared(Path source) {
    return Preparation.of(source, checker)
        .project()
        .orElseThrow(() -> ApiException.notDeployable(String.valueOf(source.getFileName())));
  }

  synchronized List<Deployment> of(String project) {
    return newestFirst.stream().filter(d -> d.project().equals(project)).toList();
  }

  synchronized Deployment get(String project, String id) {
    return of(project).stream()
        .filter(d -> d.id().equals(id))
        .findFirst()
        .orElseThrow(() -> ApiException.notFound("There is no such deployment.", id));
  }
}
