package io.twinloom.local.http;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.http.HttpEndpoint;
import io.twinloom.http.HttpLimits;
import io.twinloom.http.RequestHandler;
import io.twinloom.http.RequestHead;
import io.twinloom.http.Response;
import io.twinloom.local.error.LocalError;
import io.twinloom.model.TwinloomException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** The HTTP endpoint of one local cloud: {@code /NAME} is the receiver of that name. */
public final class FunctionEndpoint implements AutoCloseable {

  /** The contract's limit of a receiver's body as sent. */
  private static final int MAX_BODY_BYTES = 6_291_456;

  private static final String LOOPBACK = "127.0.0.1";

  private final URI uri;
  private final HttpEndpoint endpoint;
  private final Optional<HttpEndpoint> beside;

  private FunctionEndpoint(URI uri, HttpEndpoint endpoint, Optional<HttpEndpoint> beside) {
    this.uri = uri;
    this.endpoint = endpoint;
    this.beside = beside;
  }

  /**
   * Starts an endpoint. It is on loopback whatever the address: a token is sent unencrypted only
   * there.
   *
   * @param bind the address that it is on besides
   * @param port 0 for a free one
   * @param functions the functions of the cloud by name; those that are no receivers are not found
   * @throws TwinloomException if the address cannot be listened on
   */
  public static FunctionEndpoint start(
      Vertx vertx, String bind, int port, Function<String, Optional<HostedFunction>> functions) {
    if (isLoopback(bind)) {
      HttpEndpoint only = open(vertx, bind, port, functions);
      return new FunctionEndpoint(only.uri(), only, Optional.empty());
    }
    if (bind.equals("0.0.0.0") || bind.equals("::")) {
      HttpEndpoint all = open(vertx, bind, port, functions);
      URI own = URI.create("http://" + LOOPBACK + ":" + all.uri().getPort());
      return new FunctionEndpoint(own, all, Optional.empty());
    }
    HttpEndpoint own = open(vertx, LOOPBACK, port, functions);
    try {
      HttpEndpoint outside = open(vertx, bind, own.uri().getPort(), functions);
      return new FunctionEndpoint(own.uri(), own, Optional.of(outside));
    } catch (RuntimeException e) {
      own.close();
      throw e;
    }
  }

  private static HttpEndpoint open(
      Vertx vertx, String bind, int port, Function<String, Optional<HostedFunction>> functions) {
    HttpLimits limits = HttpLimits.DEFAULT.toBuilder().bodyBytes(MAX_BODY_BYTES).build();
    try {
      return HttpEndpoint.start(
          vertx,
          bind,
          port,
          name ->
              functions.apply(name).filter(HostedFunction::isReceiver).map(FunctionHandler::new),
          limits);
    } catch (IOException e) {
      throw new TwinloomException(
          LocalError.LOCAL_PORT,
          "The HTTP endpoint cannot listen: " + e.getMessage(),
          bind + ":" + port,
          "End what listens there, or choose other ports: with --port-base, or with --reset-options"
              + " where it was chosen at an earlier start.",
          e);
    }
  }

  private static boolean isLoopback(String bind) {
    return bind.equals("localhost") || bind.equals("::1") || bind.startsWith("127.");
  }

  private record FunctionHandler(HostedFunction function) implements RequestHandler {
    @Override
    public Optional<Response> refuse(RequestHead head) {
      return function.refuse(read(head)).map(FunctionHandler::response);
    }

    @Override
    public Response handle(RequestHead head, byte[] body) {
      return response(function.receive(read(head), body));
    }

    private static HttpHead read(RequestHead head) {
      return new HttpHead(head.method(), head.headers(), head.query(), head.rawQuery());
    }

    private static Response response(HttpAnswer answer) {
      return Response.json(answer.status(), answer.body());
    }
  }

  /** The address on this machine, without a slash at its end. */
  public URI uri() {
    return uri;
  }

  /** Stops listening, and lets running requests end for a short while. */
  @Override
  public void close() {
    beside.ifPresent(HttpEndpoint::close);
    endpoint.close();
  }
}
