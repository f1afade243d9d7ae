package io.twinloom.http;

import io.twinloom.http.ClientConnection.Phase;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Optional;

/**
 * One request: its body is counted while it comes in, the handler then works on a virtual thread,
 * and the answer goes back. All but {@link #run} is called on the connection's event loop.
 */
final class IncomingRequest {
  private static final byte[] NOTHING = new byte[0];

  private final Context context;
  private final HttpServerRequest request;
  private final ClientConnection connection;
  private final RequestHandler handler;
  private final RequestHead head;
  private final SharedParts shared;

  private byte[] body = NOTHING;
  private int received;
  private long reserved;
  private boolean refused;
  private boolean started;

  IncomingRequest(
      Context context,
      HttpServerRequest request,
      ClientConnection connection,
      RequestHandler handler,
      RequestHead head,
      SharedParts shared) {
    this.context = context;
    this.request = request;
    this.connection = connection;
    this.handler = handler;
    this.head = head;
    this.shared = shared;
  }

  /** Takes the body in, or refuses the request by its announced size. */
  void begin(long announced) {
    connection.receive(request, System.nanoTime());
    if (announced > shared.limits().body().bytes()) {
      refuse(StandardResponses.tooLarge(shared.limits().body().bytes()));
      return;
    }
    if (!take(Math.max(0, announced))) {
      refuse(StandardResponses.FULL);
      return;
    }
    if (announced > 0) {
      body = new byte[(int) announced];
    }
    request.handler(this::append);
    request.endHandler(end -> start());
    request.exceptionHandler(lost -> abandon());
    invite(request);
  }

  /** Has a client send its body that waits to hear whether it is wanted. */
  static void invite(HttpServerRequest request) {
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      var unused = request.response().writeContinue();
    }
  }

  private void append(Buffer chunk) {
    if (refused) {
      return;
    }
    int total = received + chunk.length();
    if (total > shared.limits().body().bytes()) {
      refuse(StandardResponses.tooLarge(shared.limits().body().bytes()));
      return;
    }
    if (total > body.length) {
      int larger = Math.min(shared.limits().body().bytes(), Math.max(total, body.length * 2));
      if (!take(larger - body.length)) {
        refuse(StandardResponses.FULL);
        return;
      }
      body = Arrays.copyOf(body, larger);
    }
    chunk.getBytes(body, received);
    received = total;
  }

  private void start() {
    if (refused) {
      return;
    }
    started = true;
    connection.enter(Phase.RUNNING, System.nanoTime());
    Thread.startVirtualThread(this::run);
  }

  private void run() {
    Response response = handled();
    body = NOTHING;
    release();
    if (response.stream().isPresent()) {
      Response.Stream stream = response.stream().get();
      context.runOnContext(now -> open(response, stream));
      return;
    }
    connection.enter(Phase.IDLE, System.nanoTime());
    StandardResponses.send(request, response);
  }

  private void open(Response head, Response.Stream stream) {
    connection.enter(Phase.STREAMING, System.nanoTime());
    ResponseStream opened =
        new ResponseStream(
            context,
            request,
            stream.opener().maxWaiting(),
            stream.failures(),
            over -> {
              shared.streams().remove(over);
              connection.enter(Phase.IDLE, System.nanoTime());
            });
    shared.streams().add(opened);
    opened.open(head, stream.opener());
  }

  private Response handled() {
    try {
      return handler.handle(head, received == body.length ? body : Arrays.copyOf(body, received));
    } catch (RuntimeException | Error e) {
      // A handler maps its own failures; what it throws must not reach the client.
      return shared.worded(StandardResponses.FAILED);
    }
  }

  /** The client is gone. A handler that works already goes on: its client may ask again. */
  private void abandon() {
    if (!started) {
      body = NOTHING;
      release();
    }
  }

  private boolean take(long bytes) {
    if (!shared.bodies().take(bytes)) {
      return false;
    }
    reserved += bytes;
    return true;
  }

  private void release() {
    shared.bodies().release(reserved);
    reserved = 0;
  }

  private void refuse(Response response) {
    refused = true;
    body = NOTHING;
    release();
    refuse(request, connection, shared.worded(response), shared.limits());
  }

  /** Answers a request whose body may still be coming, and throws the rest of that away. */
  static void refuse(
      HttpServerRequest request,
      ClientConnection connection,
      Response response,
      HttpLimits limits) {
    if (request.isEnded()) {
      connection.enter(Phase.IDLE, System.nanoTime());
      StandardResponses.send(request, response);
      return;
    }
    connection.enter(Phase.DRAINING, System.nanoTime());
    long[] drained = {0};
    request.handler(
        chunk -> {
          drained[0] += chunk.length();
          if (drained[0] > limits.drained().bytes()) {
            connection.close();
          }
        });
    request.endHandler(end -> connection.enter(Phase.IDLE, System.nanoTime()));
    StandardResponses.send(request, response);
  }

  /** The announced size of a body; -1 where none is. */
  static long announced(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_LENGTH))
        .map(Long::parseLong)
        .orElse(-1L);
  }
}
