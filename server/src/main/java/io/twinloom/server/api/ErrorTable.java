package io.twinloom.server.api;

import io.twinloom.json.Json;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ErrorFacts;
import io.twinloom.model.error.ReceivedCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every error code of the product, as {@code error-codes.json} has them: what the {@code type} of a
 * problem leads to, also where the module that the code is of is none that the server knows.
 */
public final class ErrorTable {

  private static final String RESOURCE = "/io/twinloom/server/error-codes.json";

  private final Map<String, ErrorCode> codes;

  private ErrorTable(Map<String, ErrorCode> codes) {
    this.codes = codes;
  }

  /** The table of this version. */
  public static ErrorTable load() {
    try (InputStream in = ErrorTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + RESOURCE);
      }
      Map<String, ErrorCode> codes = new TreeMap<>();
      for (JsonValue one : Json.parseObject(in.readAllBytes()).array("codes").orElseThrow()) {
        ErrorCode code = code((JsonObject) one);
        codes.put(code.code(), code);
      }
      return new ErrorTable(codes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ErrorCode code(JsonObject row) {
    if (!(row.get("status") instanceof JsonNumber status)) {
      throw new IllegalStateException("no status in " + RESOURCE);
    }
    return new ReceivedCode(
        row.text("code").orElseThrow(),
        new ErrorFacts(
            status.asDecimal().intValueExact(),
            row.text("meaning").orElseThrow(),
            row.text("fix").orElseThrow(),
            JsonBoolean.TRUE.equals(row.get("retryable"))));
  }

  /** A code's facts. */
  public Optional<ErrorCode> find(String code) {
    return Optional.ofNullable(codes.get(code));
  }
}
