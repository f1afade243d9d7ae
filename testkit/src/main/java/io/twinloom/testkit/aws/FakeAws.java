package io.twinloom.testkit.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An address that answers as services of AWS do for which no stand-in can be had. What it cannot
 * show: whether AWS would take a request; its shapes are those that the SDK's own model writes and
 * reads.
 */
public final class FakeAws implements AutoCloseable {

  /** A request, its body as text. */
  public record Request(String method, String path, String body) {

    /** A parameter of a request in the query protocol, or empty. */
    public String parameter(String name) {
      for (String pair : body.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        if (parts.length == 2 && parts[0].equals(name)) {
          return URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
        }
      }
      return "";
    }

    /** All values of a list of the query protocol. */
    public List<String> members(String name) {
      List<String> all = new ArrayList<>();
      for (int i = 1; !parameter(name + ".member." + i).isEmpty(); i++) {
        all.add(parameter(name + ".member." + i));
      }
      return all;
    }
  }

  /** An answer. */
  public record Answer(int status, String type, String body) {
    public static Answer xml(String body) {
      return new Answer(200, "text/xml", body);
    }

    public static Answer json(String body) {
      return new Answer(200, "application/json", body);
    }
  }

  /** How it answers. */
  @FunctionalInterface
  public interface Answers {
    Answer to(Request request);
  }

  private final HttpServer server;
  public final List<Request> asked = new CopyOnWriteArrayList<>();
  private volatile Answers answers;

  public FakeAws(Answers answers) throws IOException {
    this.answers = answers;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public void answer(Answers other) {
    answers = other;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      asked.add(request);
      Answer answer = answers.to(request);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** An environment in which every service is here. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.put("AWS_SECRET_ACCESS_KEY", "a secret of the test");
    environment.put("AWS_REGION", "eu-central-1");
    environment.put("AWS_ENDPOINT_URL", address().toString());
    return environment;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
