package io.twinloom.aws.chain;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user's processor: adds twice the temperature, and cannot bear frost. It has no library beside
 * it.
 */
public final class Doubling implements RequestStreamHandler {
  private static final Pattern TEMPERATURE = Pattern.compile("\"temperature\":(-?[0-9.]+)");

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    Matcher found = TEMPERATURE.matcher(event);
    double temperature = found.find() ? Double.parseDouble(found.group(1)) : 0;
    if (temperature < 0) {
      throw new IllegalStateException("It freezes");
    }
    String doubled = ",\"doubled\":" + 2 * temperature + "}";
    output.write(
        (event.substring(0, event.length() - 1) + doubled).getBytes(StandardCharsets.UTF_8));
  }
}
