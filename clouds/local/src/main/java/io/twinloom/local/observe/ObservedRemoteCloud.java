package io.twinloom.local.observe;

import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.model.Provider;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one cloud sends to the others, counted by connection, and broken where that is wanted. */
record ObservedRemoteCloud(RemoteCloud http, Provider from, TwinActivity activity)
    implements RemoteCloud {

  private static final int REFUSED_FROM = 400;

  @Override
  public Answer send(
      String method, URI url, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    @Nullable String connection = activity.connectionTo(from, url).orElse(null);
    if (connection == null) {
      return http.send(method, url, headers, body, timeout);
    }
    long start = System.nanoTime();
    boolean ok = false;
    try {
      Map<String, String> sent = activity.faults().pass(connection, headers);
      Answer answer = http.send(method, url, sent, body, timeout);
      ok = answer.status() < REFUSED_FROM;
      return answer;
    } finally {
      activity.requested(connection, (System.nanoTime() - start) / 1e6, ok);
    }
  }
}
