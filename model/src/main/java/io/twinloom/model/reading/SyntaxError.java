package io.twinloom.model.reading;

import io.twinloom.json.JsonSyntaxException;
import io.twinloom.model.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parser's complaint in a writer's words.
 *
 * @param message what is wrong, with line and column
 * @param fix what to do about the mistakes that people make most
 */
record SyntaxError(String message, String fix) {

  /** A character as the parser describes it, with its code. */
  private static final Pattern CHARACTER =
      Pattern.compile("\\(?(?:\\(CTRL-CHAR, |'.' \\()code (\\d+)(?: / 0x[0-9a-fA-F]+)?\\)\\)?");

  /** What the parser says to those who program it, and what is said instead. */
  private static final List<Entry<Pattern, String>> WORDS =
      List.of(
          words("(?s) \\((?:start marker|for \\w+ starting) at .*", ""),
          words("(?s)\\n.*", ""),
          words(" ?\\(not recognized as one since Feature [^)]*\\)", ""),
          words(":? ?enable `.*", ""),
          words(",? ?from `[^`]*`", ""),
          words("maybe a \\(non-standard\\) comment\\?", "JSON has no comments"),
          words("\\(JSON String, Number.*", "a value"),
          words("double-quote to start field name", "a name in double quotation marks"),
          words("comma to separate \\w+ entries", "a comma"),
          words("a colon to separate field name and value", "a colon"),
          words("closing quote for a string value", "the quotation mark that ends the text"),
          words("closing quote for field name", "the quotation mark that ends the name"),
          words("close marker for \\w+", "the bracket that closes what is open"),
          words("no open \\w+ to close", "nothing is open that it would close"),
          words("\\bObject\\b", "object"),
          words("\\bArray\\b", "list"),
          words("Non-standard token '([^']*)'", "\"$1\" is no value of JSON"));

  static SyntaxError of(JsonSyntaxException e) {
    String complaint = e.getMessage() == null ? "it cannot be parsed" : e.getMessage();
    String said = inWords(complaint);
    return new SyntaxError(
        "Invalid JSON: at line "
            + e.line()
            + ", column "
            + e.column()
            + ": "
            + said
            + (said.endsWith(".") ? "" : "."),
        fix(complaint));
  }

  private static Entry<Pattern, String> words(String from, String to) {
    return Map.entry(Pattern.compile(from), to);
  }

  private static String inWords(String complaint) {
    String said =
        CHARACTER
            .matcher(complaint)
            .replaceAll(match -> Matcher.quoteReplacement(named(match.group(1))));
    for (Entry<Pattern, String> word : WORDS) {
      said = word.getKey().matcher(said).replaceAll(word.getValue());
    }
    return Printable.visible(said.strip());
  }

  private static String named(String code) {
    return Printable.named(Integer.parseInt(code));
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
    if (complaint.contains("Unrecognized token") || complaint.contains("Non-standard token")) {
      return "Write texts in double quotation marks; true, false and null in lower case.";
    }
    if (complaint.contains("follows the end")) {
      return "Delete what follows the last bracket.";
    }
    return "Correct the text at this place; it must be JSON as RFC 8259 has it.";
  }
}
