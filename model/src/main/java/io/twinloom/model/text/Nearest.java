package io.twinloom.model.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was most likely meant by a word that is none of those that there are. */
public final class Nearest {

  private Nearest() {}

  /**
   * The choice, other than the word itself, that is nearest to it; empty where none is near: at
   * most a third of the word's letters, but one in any case, differ, whatever their case. Of
   * several that are equally near it is the first.
   */
  public static Optional<String> to(String wrong, Collection<String> choices) {
    String folded = wrong.toLowerCase(Locale.ROOT);
    int best = Math.max(1, folded.length() / 3) + 1;
    Optional<String> meant = Optional.empty();
    for (String choice : choices) {
      if (Math.abs(choice.length() - folded.length()) < best && !choice.equals(wrong)) {
        int distance = distance(folded, choice.toLowerCase(Locale.ROOT));
        if (distance < best) {
          best = distance;
          meant = Optional.of(choice);
        }
      }
    }
    return meant;
  }

  /**
   * The choice of which the word has the same parts, joined by {@code _} or {@code -}, in their
   * order, but for some that were left out, two at least: {@code hot_storage_days} is {@code
   * hot_storage_size_in_days}. Empty where there is none.
   */
  public static Optional<String> shortened(String wrong, Collection<String> choices) {
    List<String> parts = parts(wrong);
    return parts.size() < 2
        ? Optional.empty()
        : choices.stream().filter(choice -> isWithin(parts, parts(choice))).findFirst();
  }

  private static List<String> parts(String word) {
    return Arrays.asList(word.toLowerCase(Locale.ROOT).split("[_-]", -1));
  }

  private static boolean isWithin(List<String> some, List<String> all) {
    Iterator<String> rest = all.iterator();
    for (String part : some) {
      boolean found = false;
      while (!found && rest.hasNext()) {
        found = rest.next().equals(part);
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  /** Letters to change, insert, delete, or swap with their neighbour (optimal string alignment). */
  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return last[b.length()];
  }
}
