package io.twinloom.deployer.terraform;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Takes known secrets out of text that others have written. */
final class Redaction {

  /** A shorter text is no secret of ours, and would tear ordinary words apart. */
  private static final int LEAST = 8;

  private final List<String> secrets;

  /** A secret that is several, separated by commas, is also hidden one by one. */
  Redaction(Set<String> secrets) {
    this.secrets =
        secrets.stream()
            .flatMap(s -> List.of((s + "," + s).split(",")).stream())
            .map(String::strip)
            .filter(s -> s.length() >= LEAST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  String of(String text) {
    String redacted = text;
    for (String secret : secrets) {
      redacted = redacted.replace(secret, "(hidden)");
    }
    return redacted;
  }
}
