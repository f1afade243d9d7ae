package io.twinloom.model;

import io.twinloom.model.text.Printable;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which ids devices may have. An id is put into Unicode's normal form C wherever it enters, and
 * stored, shown and compared so: "ü" written as one character or as two is the same id.
 */
public final class DeviceIds {

  /** The longest id, in Unicode characters of its normal form. */
  public static final int MAX = 64;

  /** From here on characters may have another form; all before are as they are. */
  private static final char FIRST_MARK = '\u0300';

  /** What people write in ids that clouds and topics do not take, and a hyphen replaces well. */
  private static final Pattern SEPARATORS = Pattern.compile("[:/ +#]+");

  private DeviceIds() {}

  /**
   * Why an id cannot be one.
   *
   * @param what what is wrong with it, as the rest of a sentence about it
   * @param fix what to write instead
   */
  public record Fault(String what, String fix) {}

  /** The id in normal form C. */
  public static String normal(String id) {
    for (int i = 0; i < id.length(); i++) {
      if (id.charAt(i) >= FIRST_MARK) {
        return Normalizer.normalize(id, Normalizer.Form.NFC);
      }
    }
    return id;
  }

  /**
   * Whether a device may have this id: in its normal form 1 to {@value #MAX} characters, letters,
   * combining marks and decimal digits of Unicode, {@code -}, {@code _} and {@code .}, at least one
   * of them a letter or digit.
   */
  public static boolean isLegal(String id) {
    return fault(id).isEmpty();
  }

  /** Why a device cannot have this id; empty where it can. */
  public static Optional<Fault> fault(String id) {
    String normal = normal(id);
    boolean hasLetterOrDigit = false;
    int length = 0;
    for (int i = 0; i < normal.length(); length++) {
      int c = normal.codePointAt(i);
      if (isLetterOrDigit(c)) {
        hasLetterOrDigit = true;
      } else if (c != '-' && c != '_' && c != '.' && !isMark(c)) {
        return Optional.of(
            new Fault(
                "its character " + (length + 1) + ", " + Printable.named(c) + ", is not allowed",
                instead(normal)));
      }
      i += Character.charCount(c);
    }
    if (length > MAX) {
      return Optional.of(
          new Fault("it has " + length + " characters, more than " + MAX, instead(normal)));
    }
    return hasLetterOrDigit
        ? Optional.empty()
        : Optional.of(new Fault("it has no letter and no digit", instead(normal)));
  }

  private static String instead(String id) {
    String replaced = SEPARATORS.matcher(id).replaceAll("-");
    boolean isBetter = !replaced.equals(id) && replaced.length() <= MAX && isPlain(replaced);
    return (isBetter ? "Write " + Printable.quoted(replaced) + ": an id has" : "Write")
        + " 1 to "
        + MAX
        + " letters, digits, \"-\", \"_\" or \".\", at least one of them a letter or digit.";
  }

  private static boolean isPlain(String id) {
    return id.codePoints().allMatch(c -> isLetterOrDigit(c) || c == '-' || c == '_' || c == '.')
        && id.codePoints().anyMatch(DeviceIds::isLetterOrDigit);
  }

  private static boolean isLetterOrDigit(int c) {
    return Character.isLetter(c) || Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
  }

  private static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }
}
