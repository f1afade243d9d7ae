package io.twinloom.model;

import io.twinloom.json.Sha256;
import java.nio.ByteBuffer;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What one cloud allows as the name of one kind of thing, and how a name is made to fit. Where a
 * thing has several names on its cloud, the narrowest rule holds.
 */
public final class NamingRule {

  private static final int HASH_LENGTH = 6;

  /** Crockford's base 32, without i, l, o and u: no hash spells a forbidden word. */
  private static final String HASH_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern HYPHENS = Pattern.compile("-{2,}");
  private static final Pattern START_MARKS = Pattern.compile("^[^a-zA-Z0-9]+");
  private static final Pattern END_HYPHENS = Pattern.compile("-+$");

  /** Forbids nothing more than the alphabet does. */
  public static final String NOTHING = "(?!)";

  /** Small letters and digits. */
  public static final String LOWER = "a-z0-9";

  /** Letters, digits, underscore and hyphen. */
  public static final String ANY = "a-zA-Z0-9_-";

  /** The same, and the dot. */
  public static final String DOTTED = "a-zA-Z0-9._-";

  private final Pattern legal;
  private final Pattern forbidden;
  private final Pattern start;
  private final Pattern foreign;
  private final boolean lowerCase;
  private final int max;

  /**
   * @param alphabet the characters allowed, as the inside of a regular expression's class
   * @param max the greatest length; the least is never met by a name that is made from another
   * @param first the characters allowed at the start
   * @param last the characters allowed at the end
   * @param forbidden what may not occur in any case, as a regular expression
   */
  public NamingRule(String alphabet, int max, String first, String last, String forbidden) {
    this.legal = Pattern.compile("(?=[" + first + "])[" + alphabet + "]*(?<=[" + last + "])");
    this.forbidden = Pattern.compile(forbidden, Pattern.CASE_INSENSITIVE);
    this.start = Pattern.compile("[" + first + "]");
    this.foreign = Pattern.compile("[^" + alphabet + "]+");
    this.lowerCase = !alphabet.contains("A-Z");
    this.max = max;
  }

  boolean allows(String name) {
    return name.length() <= max && legal.matcher(name).matches() && !forbidden.matcher(name).find();
  }

  String apply(String name) {
    return allows(name) ? name : clean(name) + "-" + hash(name);
  }

  private String clean(String name) {
    String cleaned =
        ACCENTS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
    if (lowerCase) {
      cleaned = cleaned.toLowerCase(Locale.ROOT);
    }
    cleaned = foreign.matcher(cleaned).replaceAll("-");
    // Taking one word out can join the halves of another.
    for (String before = ""; !before.equals(cleaned); ) {
      before = cleaned;
      cleaned = HYPHENS.matcher(forbidden.matcher(cleaned).replaceAll("-")).replaceAll("-");
      cleaned = START_MARKS.matcher(cleaned).replaceAll("");
    }
    if (!start.matcher(cleaned).lookingAt()) {
      cleaned = "t" + cleaned;
    }
    int room = max - HASH_LENGTH - 1;
    String cut = cleaned.substring(0, Math.min(room, cleaned.length()));
    return END_HYPHENS.matcher(cut).replaceAll("");
  }

  private static String hash(String name) {
    int bits = ByteBuffer.wrap(Sha256.of(name)).getInt();
    StringBuilder hash = new StringBuilder();
    for (int i = 0; i < HASH_LENGTH; i++) {
      hash.append(HASH_ALPHABET.charAt(bits >>> (5 * i) & 31));
    }
    return hash.toString();
  }
}
