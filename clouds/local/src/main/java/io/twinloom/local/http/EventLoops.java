package io.twinloom.local.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** The threads that do the input and output of all local clouds. */
public final class EventLoops {

  /** One shared set of two: measured on two cores, more gain nothing and cost memory. */
  static final int COUNT = 2;

  private EventLoops() {}

  /** Starts them. Closing what this returns ends them, and everything that still runs on them. */
  public static Vertx start() {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(COUNT)
            .setWorkerPoolSize(2)
            .setInternalBlockingPoolSize(2)
            .setDisableTCCL(true)
            // Otherwise a folder is made in the temporary folder at every start.
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false)));
  }
}
