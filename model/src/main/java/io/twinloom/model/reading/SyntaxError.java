package io.twinloom.model.reading;

import io.twinloom.json.JsonSyntaxException;
import io.twinloom.model.text.Printable;

/**
 * A mistake in a JSON file, for the person who writes it.
 *
 * @param message what is wrong, with line and column
 * @param fix what to do about the mistakes that people make most
 */
record SyntaxError(String message, String fix) {

  static SyntaxError of(JsonSyntaxException e) {
    String what =
        e.getMessage() == null ? "it cannot be parsed" : Printable.visible(e.getMessage());
    return new SyntaxError(
        "Invalid JSON: at line " + e.line() + ", column " + e.column() + ": " + what + ".", fix(e));
  }

  private static String fix(JsonSyntaxException e) {
    return switch (e.kind()) {
      case EMPTY, ENDS_EARLY -> "Close every {, [ and \"; the file ends too early.";
      case AFTER_END -> "Delete what follows the last bracket.";
      case NAME_EXPECTED -> "Write the name in double quotation marks (\").";
      case COMMA_EXPECTED -> "Put a comma between the two values.";
      case CLOSES_TOO_EARLY ->
          "Delete the comma before it, or close what is open in the right order.";
      case SINGLE_QUOTE -> "Write texts and names in double quotation marks (\").";
      case COMMENT ->
          "JSON has no comments: delete it, or write a member whose name begins with"
              + " \"_comment\".";
      case WORD -> "Write texts in double quotation marks; true, false and null in lower case.";
      case ENCODING -> "Save it as UTF-8.";
      case VALUE_EXPECTED, OTHER ->
          "Correct the text at this place; it must be JSON as RFC 8259 has it.";
    };
  }
}
