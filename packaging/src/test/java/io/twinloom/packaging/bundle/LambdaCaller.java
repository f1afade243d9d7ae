package io.twinloom.packaging.bundle;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Makes the handler once and calls it for each line, as AWS's Java runtime does. */
public final class LambdaCaller {
  private LambdaCaller() {}

  public static void main(String[] args) throws Exception {
    RequestStreamHandler handler =
        (RequestStreamHandler) Class.forName(args[0]).getConstructor().newInstance();
    BufferedReader events =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String event; (event = events.readLine()) != null; ) {
      ByteArrayOutputStream result = new ByteArrayOutputStream();
      try {
        handler.handleRequest(
            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), result, null);
        System.out.println(result.toString(StandardCharsets.UTF_8));
      } catch (RuntimeException e) {
        System.out.println("!" + e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }
}
