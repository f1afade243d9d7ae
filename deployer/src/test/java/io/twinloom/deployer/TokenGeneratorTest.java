package io.twinloom.deployer;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TokenGeneratorTest {

  private final TokenGenerator generator = new TokenGenerator(new SecureRandom());

  @Test
  void aTokenIsThirtyTwoBytesInTheUrlSafeAlphabet() {
    assertThat(generator.next()).matches("[A-Za-z0-9_-]{43}");
    assertThat(Base64.getUrlDecoder().decode(generator.next())).hasSize(32);
  }

  @Test
  void noTokenIsGivenTwice() {
    assertThat(Stream.generate(generator::next).limit(1_000).collect(Collectors.toSet()))
        .hasSize(1_000);
  }
}
