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

  private final HttpEndpoint endpoint;

  private FunctionEndpoint(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Starts an endpoint.
   *
   * @param port 0 for a free one
   * @param functions the functions of the cloud by name; those that are no receivers are not found
   * @throws TwinloomException if the address cannot be listened on
   */
  public static FunctionEndpoint start(
      Vertx vertx, String bind, int port, Function<String, Optional<HostedFunction>> functions) {
    HttpLimits limits = HttpLimits.DEFAULT.toBuilder().bodyBytes(MAX_BODY_BYTES).build();
    try {
      return new FunctionEndpoint(
          HttpEndpoint.start(
              vertx,
              bind,
              port,
              name ->
                  functions
                      .apply(name)
                      .filter(HostedFunction::isReceiver)
                      .map(FunctionHandler::new),
              limits));
    } catch (IOException e) {
      throw new TwinloomException(
          LocalError.LOCAL_PORT,
          "The HTTP endpoint cannot listen: " + e.getMessage(),
          bind + ":" + port,
          "Choose another port, or end what listens there.",
          e);
    }
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
      return new HttpHead(head.method(), head.headers(), head.query());
    }

    private static Response response(HttpAnswer answer) {
      return Response.json(answer.status(), answer.body());
    }
  }

  /** The address, without a slash at its end. */
  public URI uri() {
    return endpoint.uri();
  }

  /** Stops listening, and lets running requests end for a short while. */
  @Override
  public void close() {
    endpoint.close();
  }
}
