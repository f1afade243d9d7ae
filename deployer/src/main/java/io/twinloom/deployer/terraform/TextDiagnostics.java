package io.twinloom.deployer.terraform;

import java.util.ArrayList;
import java.util.List;

/** Reads the errors of commands that have no machine-readable form. */
final class TextDiagnostics {

  private static final String ERROR = "Error: ";

  private TextDiagnostics() {}

  static List<Diagnostic> of(List<String> lines) {
    List<Diagnostic> found = new ArrayList<>();
    String summary = "";
    StringBuilder detail = new StringBuilder();
    for (String line : lines) {
      String text = line.replaceFirst("^[│╷╵]\\s?", "").strip();
      if (text.startsWith(ERROR)) {
        add(found, summary, detail);
        summary = text.substring(ERROR.length());
        detail.setLength(0);
      } else if (!summary.isEmpty() && !text.isEmpty()) {
        detail.append(detail.isEmpty() ? "" : " ").append(text);
      }
    }
    add(found, summary, detail);
    return found;
  }

  private static void add(List<Diagnostic> found, String summary, StringBuilder detail) {
    if (!summary.isEmpty()) {
      found.add(new Diagnostic(true, summary, detail.toString(), "", ""));
    }
  }
}
