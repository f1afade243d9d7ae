package io.twinloom.model.reading;

import io.twinloom.json.JsonSyntaxException;

/**
 * A parser's complaint in a writer's words.
 *
 * @param message what is wrong, with line and column
 * @param fix what to do about the mistakes that people make most
 */
record SyntaxError(String message, String fix) {

  static SyntaxError of(JsonSyntaxException e) {
    String complaint = e.getMessage() == null ? "it cannot be parsed" : e.getMessage();
    int marker = complaint.indexOf(" (start marker at ");
    if (marker >= 0) {
      complaint = complaint.substring(0, marker);
    }
    int newline = complaint.indexOf('\n');
    if (newline >= 0) {
      complaint = complaint.substring(0, newline);
    }
    return new SyntaxError(
        "Invalid JSON: at line "
            + e.line()
            + ", column "
            + e.column()
            + ": "
            + complaint
            + (complaint.endsWith(".") ? "" : "."),
        fix(complaint));
  }

  private static String fix(String complaint) {
    if (complaint.contains("(code 39)")) {
      return "Write texts and names in double quotation marks (\").";
    }
    if (complaint.contains("(code 47)") || complaint.contains("(code 35)")) {
      return "JSON has no comments: delete it, or write a member whose name begins with"
          + " \"_comment\".";
    }
    if (complaint.contains("(code 125)") || complaint.contains("(code 93)")) {
      return "Delete the comma before it, or close what is open in the right order.";
    }
    if (complaint.contains("was expecting comma")) {
      return "Put a comma between the two values.";
    }
    if (complaint.contains("Unexpected end-of-input") || complaint.contains("it is empty")) {
      return "Close every {, [ and \"; the file ends too early.";
    }
    if (complaint.contains("was expecting double-quote")) {
      return "Write the name in double quotation marks (\").";
    }
    if (complaint.contains("Unrecognized token")) {
      return "Write texts in double quotation marks; true, false and null in lower case.";
    }
    if (complaint.contains("follows the end")) {
      return "Delete what follows the last bracket.";
    }
    return "Correct the text at this place; it must be JSON as RFC 8259 has it.";
  }
}
