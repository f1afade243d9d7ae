package io.twinloom.functions.intercloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.settings.Environment;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenGuardTest {

  private static final String A = "a-token-of-the-first-connection-0123456789";
  private static final String B = "b-token-of-the-other-connection-0123456789";

  @Test
  void theReceiversTokenIsAdmitted() {
    assertThat(guard(A).admits(A)).isTrue();
    assertThat(guard(" " + A + "\n").admits(A + " ")).isTrue();
  }

  @Test
  void eachOfSeveralTokensIsAdmitted() {
    TokenGuard guard = guard(A + " , " + B + ",");
    assertThat(guard.admits(A)).isTrue();
    assertThat(guard.admits(B)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", A + "," + B, A + "x", "x" + A, "A-TOKEN-OF"})
  void anythingElseIsNot(String token) {
    assertThat(guard(A + "," + B).admits(token)).isFalse();
  }

  @Test
  void aPartOfATokenIsNot() {
    for (int i = 0; i < A.length(); i++) {
      assertThat(guard(A).admits(A.substring(0, i))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", ",", " , "})
  void withoutATokenOfItsOwnNobodyIsAdmitted(String own) {
    TokenGuard guard = guard(own);
    assertThat(guard.hasTokens()).isFalse();
    for (String token : new String[] {"", " ", ",", A, own}) {
      assertThat(guard.admits(token)).isFalse();
    }
  }

  @Test
  void withoutTheVariableNobodyIsAdmitted() {
    TokenGuard guard = TokenGuard.of(new Environment(new HashMap<>()));
    assertThat(guard.hasTokens()).isFalse();
    assertThat(guard.admits("")).isFalse();
    assertThat(guard.admits("null")).isFalse();
  }

  private static TokenGuard guard(String own) {
    return TokenGuard.of(new Environment(Map.of("INTER_CLOUD_TOKEN", own)));
  }
}
