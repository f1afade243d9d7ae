package io.twinloom.bench.coldstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes whatever DynamoDB and Lambda are asked, and answers as they do to what was done. */
final class ServiceFront implements AutoCloseable {
  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);
  private static final int OK = 200;
  private static final int ACCEPTED = 202;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  ServiceFront() throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, OK));
    server.createContext("/2015-03-31/functions/", exchange -> answer(exchange, ACCEPTED));
    server.setExecutor(threads);
    server.start();
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(status, NOTHING.length);
      exchange.getResponseBody().write(NOTHING);
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
