package io.twinloom.deployer;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets time pass on the calling thread. */
@FunctionalInterface
public interface Pause {

  /**
   * Returns when so much time is over.
   *
   * @throws TwinloomException {@code TL-INTERRUPTED} if the thread is interrupted meanwhile
   */
  void of(Duration duration);

  /**
   * Sleeps.
   *
   * @param interrupted what to say of an interruption
   * @param fix what to do then
   */
  static Pause sleeping(String interrupted, String fix) {
    return duration -> {
      try {
        TimeUnit.MILLISECONDS.sleep(duration.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TwinloomException(DeployerError.INTERRUPTED, interrupted, "", fix, e);
      }
    };
  }
}
