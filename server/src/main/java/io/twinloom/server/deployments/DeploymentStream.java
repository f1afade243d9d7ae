package io.twinloom.server.deployments;

import io.twinloom.http.ResponseStream;
import io.twinloom.http.StreamOpener;
import io.twinloom.json.Json;
import java.util.Map;

/**
 * A deployment's states as server-sent events, the present one first; it ends with the deployment.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
record DeploymentStream(Deployment deployment) implements StreamOpener {

  private static final long HEARTBEAT_MILLIS = 15_000;
  private static final String HEARTBEAT = ":\n\n";

  @Override
  public String contentType() {
    return "text/event-stream";
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no");
  }

  @Override
  public void opened(ResponseStream stream) {
    Thread thread = Thread.ofVirtual().unstarted(() -> run(stream));
    stream.onClose(thread::interrupt);
    thread.start();
  }

  private void run(ResponseStream stream) {
    long sent = -1;
    try {
      while (!stream.isClosed()) {
        boolean running = deployment.isRunning();
        long changes = deployment.changes();
        // One that reads slowly gets the newest state when it has read: each has all steps.
        if (changes > sent && stream.write(event(changes))) {
          sent = changes;
        }
        if (!running && sent == changes) {
          break;
        }
        if (deployment.await(Math.max(sent, changes), HEARTBEAT_MILLIS) <= sent) {
          stream.write(HEARTBEAT);
        }
      }
      stream.close();
    } catch (InterruptedException e) {
      // The stream is closed: nobody is to be answered.
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      stream.fail(e);
    }
  }

  private String event(long changes) {
    return "id: " + changes + "\nevent: deployment\ndata: " + Json.text(deployment.json()) + "\n\n";
  }
}
