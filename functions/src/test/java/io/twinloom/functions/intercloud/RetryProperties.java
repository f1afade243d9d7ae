package io.twinloom.functions.intercloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Remote;
import io.twinloom.model.cloud.KnownClouds;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

class RetryProperties {

  @Property
  void aDelayIsBetweenHalfAndTheWholeOfItsStep(
      @ForAll @IntRange(min = 1, max = 3) int attempt, @ForAll long seed) {
    Duration whole = Duration.ofSeconds(1L << (attempt - 1));
    assertThat(RetryPolicy.delay(attempt, -1, new Random(seed)))
        .isBetween(whole.dividedBy(2), whole);
  }

  @Property
  void aReceiversPauseIsKeptButNeverBeyondThirtySeconds(
      @ForAll @IntRange(min = 1, max = 3) int attempt,
      @ForAll @LongRange(min = 0) long asked,
      @ForAll long seed) {
    Duration delay = RetryPolicy.delay(attempt, asked, new Random(seed));
    assertThat(delay).isLessThanOrEqualTo(Duration.ofSeconds(30));
    assertThat(delay).isGreaterThanOrEqualTo(Duration.ofSeconds(Math.min(asked, 30)));
  }

  @Property
  void delaysAreSpread(@ForAll long seed) {
    Random random = new Random(seed);
    assertThat(Stream.generate(() -> RetryPolicy.delay(3, -1, random)).limit(20).distinct().count())
        .isGreaterThan(10);
  }

  @Property(tries = 50)
  void noMessageOfAnyErrorShowsTheToken(
      @ForAll @AlphaChars @NumericChars @StringLength(min = 32, max = 64) String token,
      @ForAll String around) {
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    cloud.remote.fails(new IOException(around + token + around));
    RemoteSender sender =
        cloud.senders().to(new Remote(URI.create("https://a.test/x?t=" + token), token));
    try {
      sender.post(new byte[0], "trace", "key");
    } catch (RemoteException e) {
      assertThat(e + e.what() + e.where() + e.fix() + e.getCause()).doesNotContain(token);
      return;
    }
    throw new AssertionError("it should have failed");
  }
}
