package io.twinloom.aws.standin;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * A function whose code is in the test's own process: it passes its event on to it, with the name
 * that it was invoked by, and fails if that says so.
 */
public final class BridgeHandler implements RequestStreamHandler {

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String arn = context.getInvokedFunctionArn();
    String name = arn.substring(arn.lastIndexOf(':') + 1);
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create(System.getenv("BRIDGE_URL") + "/" + name).toURL().openConnection();
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      input.transferTo(out);
    }
    if (connection.getResponseCode() != 200) {
      throw new IllegalStateException(connection.getHeaderField("X-Error"));
    }
    try (InputStream in = connection.getInputStream()) {
      in.transferTo(output);
    }
  }
}
