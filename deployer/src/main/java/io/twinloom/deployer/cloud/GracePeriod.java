package io.twinloom.deployer.cloud;

/**
 * The time after which no request is under way any more that was begun with a former token: a
 * sender's attempts take two and a half minutes at most.
 */
@FunctionalInterface
public interface GracePeriod {

  /** Returns when it is over. */
  void await();
}
