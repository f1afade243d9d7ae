package io.twinloom.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at some texts of each element of a list, without building the elements. */
public final class ElementTexts {

  /** Sees one element after the other. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param texts in the order of the names; null where the element has no such text
     * @param from where the element begins in the list's bytes
     * @param to right behind it
     */
    void element(@Nullable String[] texts, int from, int to);
  }

  private ElementTexts() {}

  /**
   * Visits all elements.
   *
   * @param utf8 a JSON text
   * @param visitors makes one that begins at the first element, which may be needed twice; it may
   *     see elements of a list that turns out to be malformed behind them
   * @return how many there are; -1 where it is no list
   * @throws JsonSyntaxException if it is not exactly one JSON value
   */
  public static long each(byte[] utf8, List<String> names, Supplier<Visitor> visitors)
      throws JsonSyntaxException {
    long scanned = new ListScan(utf8, names, visitors.get()).elements();
    return scanned >= 0 ? scanned : parsed(utf8, names, visitors.get());
  }

  private static long parsed(byte[] utf8, List<String> names, Visitor visitor)
      throws JsonSyntaxException {
    JsonFault.checkEncoding(utf8);
    try (JsonParser parser = Json.FACTORY.createParser(utf8)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        // What is wrong with it, if anything is, is said by who reads it.
        return Json.countElements(utf8);
      }
      long elements = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        @Nullable String[] texts = texts(parser, names);
        // A text is read only when it is asked for.
        parser.finishToken();
        visitor.element(texts, from, (int) parser.currentLocation().getByteOffset());
        elements++;
      }
      if (parser.nextToken() != null) {
        throw JsonFault.in(
            utf8, new JsonSyntaxException("something follows the end of the JSON value", 1, 1));
      }
      return elements;
    } catch (JsonProcessingException e) {
      throw JsonFault.in(utf8, Json.syntax(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String[] texts(JsonParser parser, List<String> names)
      throws IOException {
    @Nullable String[] texts = new @Nullable String[names.size()];
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return texts;
    }
    for (String name; (name = parser.nextFieldName()) != null; ) {
      JsonToken value = parser.nextToken();
      int known = names.indexOf(name);
      if (known >= 0) {
        texts[known] = value == JsonToken.VALUE_STRING ? parser.getText() : null;
      }
      parser.skipChildren();
    }
    return texts;
  }
}
