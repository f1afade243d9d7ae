package io.twinloom.functions.intercloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.intercloud.TokenGuard.Proof;
import io.twinloom.functions.settings.Environment;
import java.time.Instant;
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
    assertThat(admits(guard(A), A)).isTrue();
    assertThat(admits(guard(" " + A + "\n"), A + " ")).isTrue();
  }

  @Test
  void eachOfSeveralTokensIsAdmitted() {
    TokenGuard guard = guard(A + " , " + B + ",");
    assertThat(admits(guard, A)).isTrue();
    assertThat(admits(guard, B)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", A + "," + B, A + "x", "x" + A, "A-TOKEN-OF"})
  void anythingElseIsNot(String token) {
    assertThat(admits(guard(A + "," + B), token)).isFalse();
  }

  @Test
  void aPartOfATokenIsNot() {
    for (int i = 0; i < A.length(); i++) {
      assertThat(admits(guard(A), A.substring(0, i))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", ",", " , "})
  void withoutATokenOfItsOwnNobodyIsAdmitted(String own) {
    TokenGuard guard = guard(own);
    assertThat(guard.hasTokens()).isFalse();
    for (String token : new String[] {"", " ", ",", A, own}) {
      assertThat(admits(guard, token)).isFalse();
    }
  }

  @Test
  void withoutTheVariableNobodyIsAdmitted() {
    TokenGuard guard = TokenGuard.of(new Environment(new HashMap<>()));
    assertThat(guard.hasTokens()).isFalse();
    assertThat(admits(guard, "")).isFalse();
    assertThat(admits(guard, "null")).isFalse();
  }

  private static boolean admits(TokenGuard guard, String token) {
    HttpHead head = new HttpHead("POST", Map.of("x-inter-cloud-token", token), Map.of());
    return guard.proof(head, Instant.EPOCH) == Proof.TOKEN;
  }

  private static TokenGuard guard(String own) {
    return TokenGuard.of(new Environment(Map.of("INTER_CLOUD_TOKEN", own)));
  }
}
