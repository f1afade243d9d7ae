package io.twinloom.deployer.client;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ErrorFacts;
import io.twinloom.model.error.ReceivedCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.Optional;

/** An answer of a server, read; a problem becomes the error that it was there. */
final class ServerAnswer {

  private ServerAnswer() {}

  /** Reads the object of a success. */
  static JsonObject read(HttpURLConnection connection) throws IOException {
    try (InputStream in = answer(connection)) {
      return Json.parseObject(in.readAllBytes());
    }
  }

  private static InputStream answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    if (status / 100 == 2) {
      return connection.getInputStream();
    }
    InputStream error = connection.getErrorStream();
    byte[] body = error == null ? new byte[0] : error.readAllBytes();
    throw refused(status, body);
  }

  private static TwinloomException refused(int status, byte[] body) {
    JsonObject problem;
    try {
      problem = Json.parseObject(body);
    } catch (IllegalArgumentException e) {
      problem = JsonObject.EMPTY;
    }
    String what = "The running twin answered with status " + status + ".";
    Optional<String> code = problem.text("code");
    if (code.isEmpty()) {
      return new TwinloomException(
          DeployerError.LOCAL_REFUSED, problem.text("detail").orElse(what), "");
    }
    String fix = problem.text("fix").orElse(DeployerError.LOCAL_REFUSED.fix());
    boolean retryable = problem.get("retryable") == JsonBoolean.TRUE;
    return new TwinloomException(
        new ReceivedCode(code.get(), new ErrorFacts(status, "", fix, retryable)),
        problem.text("detail").orElse(what),
        problem.text("where").orElse(""),
        fix);
  }
}
