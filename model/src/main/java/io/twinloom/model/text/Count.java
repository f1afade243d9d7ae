package io.twinloom.model.text;

import java.util.Locale;

/** How numbers of things are written, everywhere alike: {@code 1 item}, {@code 1,210 items}. */
public final class Count {

  private Count() {}

  /** A number by itself. */
  public static String of(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /**
   * A number of things.
   *
   * @param one what one of them is called; several get an s
   */
  public static String of(long number, String one) {
    return of(number, one, one + "s");
  }

  /** What so many things are called, for a number that is written apart. */
  public static String noun(long number, String one) {
    return number == 1 ? one : one + "s";
  }

  /** A number of things whose plural is one of its own. */
  public static String of(long number, String one, String several) {
    return of(number) + " " + (number == 1 ? one : several);
  }
}
