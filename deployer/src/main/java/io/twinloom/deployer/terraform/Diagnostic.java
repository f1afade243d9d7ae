package io.twinloom.deployer.terraform;

import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.function.Consumer;

/**
 * What Terraform or a provider complains of.
 *
 * @param address the resource that it is about; empty where it is about none
 * @param place file and line of the HCL; empty where it is about none
 * @see <a href="https://developer.hashicorp.com/terraform/internals/machine-readable-ui">
 *     Machine-readable UI</a>
 */
record Diagnostic(boolean isError, String summary, String detail, String address, String place) {

  /** Reads one as Terraform writes it; anything else is none. */
  static void of(JsonValue value, Consumer<Diagnostic> found) {
    if (value instanceof JsonObject d && d.text("summary").isPresent()) {
      found.accept(
          new Diagnostic(
              d.text("severity").orElse("error").equals("error"),
              d.text("summary").orElse(""),
              d.text("detail").orElse(""),
              d.text("address").orElse(""),
              d.object("range").map(Diagnostic::place).orElse("")));
    }
  }

  private static String place(JsonObject range) {
    String line =
        range
            .object("start")
            .map(start -> start.get("line"))
            .map(number -> ":" + number)
            .orElse("");
    return range.text("filename").orElse("") + line;
  }

  /** All that it says, in one text. */
  String text() {
    return detail.isBlank() ? summary : summary + ": " + detail;
  }
}
