package io.twinloom.server.http;

import io.twinloom.model.TwinloomException;
import io.twinloom.server.error.ServerError;
import java.util.concurrent.Semaphore;

/**
 * So many streams of one kind there may be at once. One is admitted before it is opened, so that
 * who is refused gets a problem, and released when it is over. Safe for threads.
 */
public final class StreamLimit {

  private final int most;
  private final String what;
  private final String where;
  private final Semaphore free;

  /**
   * @param what they are, such as {@code recordings}
   * @param where the place that a refusal names, such as {@code /recording}
   */
  public StreamLimit(int most, String what, String where) {
    this.most = most;
    this.what = what;
    this.where = where;
    this.free = new Semaphore(most);
  }

  /**
   * Counts one more.
   *
   * @throws TwinloomException {@code TL-API-BUSY} if there are as many as there may be
   */
  public void admit() {
    if (!free.tryAcquire()) {
      throw new TwinloomException(
          ServerError.API_BUSY, "There are " + most + " " + what + " already.", where);
    }
  }

  /** One that was admitted is over. */
  public void release() {
    free.release();
  }
}
