package io.twinloom.server.serve;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.deploy.ServedTargets;
import io.twinloom.server.twin.AskedTwin;
import io.twinloom.server.twin.NoTarget;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Targets on which deploying takes until it is let go on, or is interrupted. */
final class SlowTargets implements ServedTargets {
  final CountDownLatch goOn = new CountDownLatch(1);
  Optional<Running> running = Optional.empty();

  private final class SlowTarget extends NoTarget {
    @Override
    public TwinControl deploy(PreparedProject project, Progress progress) {
      progress.step("Begun " + project.topology().twin());
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new TwinloomException(DeployerError.INTERRUPTED, "It was interrupted.", "");
      }
      return new AskedTwin();
    }

    @Override
    public boolean destroy(boolean deleteData, Progress progress) {
      progress.step("Ended");
      return true;
    }
  }

  @Override
  public Target local(Path project) {
    return new SlowTarget();
  }

  @Override
  public Target cloud(Path project) {
    return new SlowTarget();
  }

  @Override
  public Optional<Running> running(Path project) {
    return running;
  }
}
