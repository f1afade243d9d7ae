package io.twinloom.deployer;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TokenMintTest {

  private final TokenMint mint = new TokenMint(new SecureRandom());

  @Test
  void aTokenIsThirtyTwoBytesInTheUrlSafeAlphabet() {
    assertThat(mint.next()).matches("[A-Za-z0-9_-]{43}");
    assertThat(Base64.getUrlDecoder().decode(mint.next())).hasSize(32);
  }

  @Test
  void noTokenIsGivenTwice() {
    assertThat(Stream.generate(mint::next).limit(1_000).collect(Collectors.toSet())).hasSize(1_000);
  }
}
