package io.twinloom.functions.settings;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.model.text.Count;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The settings that say which connections sign their requests: {@code off}, which an absent one
 * means, {@code on} or {@code strict}.
 */
public final class SigningSetting {

  /** A receiver's: one word for all its tokens, or one for each, separated by commas. */
  public static final String RECEIVER = "INTER_CLOUD_SIGNED";

  private SigningSetting() {}

  /**
   * A sender's, for one connection.
   *
   * @throws ConfigurationError if it is another word
   */
  static SigningMode ofSender(Environment environment, String variable) {
    return environment.optional(variable).map(word -> mode(variable, word)).orElse(SigningMode.OFF);
  }

  /**
   * A receiver's, for each of its tokens.
   *
   * @throws ConfigurationError if there is another word, or not one for each token
   */
  public static List<SigningMode> ofReceiver(Environment environment, int tokens) {
    String text = environment.optional(RECEIVER).orElse("off");
    List<SigningMode> modes =
        Arrays.stream(text.split(",", -1)).map(word -> mode(RECEIVER, word.strip())).toList();
    if (modes.size() == 1) {
      return Collections.nCopies(tokens, modes.getFirst());
    }
    if (modes.size() != tokens) {
      throw ConfigurationError.bad(
          RECEIVER,
          "it has " + Count.of(modes.size(), "word") + " for " + Count.of(tokens, "token") + ".");
    }
    return modes;
  }

  private static SigningMode mode(String variable, String word) {
    return switch (word) {
      case "off" -> SigningMode.OFF;
      case "on" -> SigningMode.ON;
      case "strict" -> SigningMode.STRICT;
      default -> throw ConfigurationError.bad(variable, "it is none of off, on and strict.");
    };
  }
}
