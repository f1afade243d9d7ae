package io.twinloom.deployer.control;

import io.twinloom.json.Sha256;
import io.twinloom.model.Connections;
import io.twinloom.model.Provider;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The connections and how their tokens can be distinguished; never the tokens. */
public record TokenList(List<Token> tokens) {

  private static final int FINGERPRINT_DIGITS = 8;

  public TokenList {
    tokens = List.copyOf(tokens);
  }

  /**
   * A connection.
   *
   * @param id the connection's
   * @param provider the receiving cloud
   * @param fingerprints of each token that is valid, the one that is sent first
   */
  public record Token(
      String id, Provider provider, String function, URI url, List<String> fingerprints) {
    public Token {
      fingerprints = List.copyOf(fingerprints);
    }
  }

  /** That of connections that are written down. */
  public static TokenList of(Connections connections) {
    List<Token> tokens = new ArrayList<>();
    connections
        .byId()
        .forEach(
            (id, c) ->
                tokens.add(
                    new Token(
                        id,
                        c.provider(),
                        c.function(),
                        c.url(),
                        Arrays.stream(c.token().split(",", -1))
                            .map(t -> fingerprint(t.strip()))
                            .toList())));
    return new TokenList(tokens);
  }

  /** The beginning of a token's digest: tells tokens apart and leads to none. */
  private static String fingerprint(String token) {
    return Sha256.hex(token).substring(0, FINGERPRINT_DIGITS);
  }
}
