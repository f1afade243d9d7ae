package io.twinloom.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.mqtt.EventLog.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each client's first refusal of each reason is logged, and how many more there were. */
class EventLogTest {

  private final List<String> lines = new ArrayList<>();
  private final ServerFixture.Clock clock = new ServerFixture.Clock();
  private final EventLog events =
      new EventLog((message, fields, cause) -> lines.add(message + " " + fields), clock);

  private void refused(String client, String why) {
    events.warn(Kind.REFUSED, why, Map.of("client", client));
  }

  @Test
  void aNoisyClientSilencesNobodyElseAndNoOtherReason() {
    for (int i = 0; i < 1_000; i++) {
      refused("noisy", "The topic is malformed");
    }
    refused("other", "The topic is malformed");
    refused("noisy", "Too large");
    assertThat(lines)
        .containsExactly(
            "The topic is malformed {client=noisy}",
            "The topic is malformed {client=other}",
            "Too large {client=noisy}");
    assertThat(events.count(Kind.REFUSED)).isEqualTo(1_002);
  }

  @Test
  void theRestIsToldAtTheMinutesEndThoughNothingFollows() {
    for (int i = 0; i < 30; i++) {
      refused("dev-x", "The topic is malformed");
    }
    clock.forward(EventLog.WINDOW.minusSeconds(1));
    events.tellOfRepetitions();
    assertThat(lines).hasSize(1);
    clock.forward(Duration.ofSeconds(1));
    events.tellOfRepetitions();
    events.tellOfRepetitions();
    assertThat(lines).hasSize(2);
    assertThat(lines.getLast())
        .contains("The topic is malformed: 29 more within a minute", "dev-x", "more=29");
  }

  @Test
  void whatIsNotRepeatedIsToldOnce() {
    refused("dev-x", "The topic is malformed");
    clock.forward(EventLog.WINDOW);
    events.tellOfRepetitions();
    assertThat(lines).hasSize(1);
  }

  @Test
  void aClientThatGoesOnIsToldOfOnceAMinuteWithTheNumber() {
    for (int second = 0; second < 180; second++) {
      refused("dev-x", "The topic is malformed");
      events.tellOfRepetitions();
      clock.forward(Duration.ofSeconds(1));
    }
    events.end();
    assertThat(lines).hasSize(6);
    assertThat(lines.stream().filter(l -> l.contains("59 more"))).hasSize(3);
  }

  @Test
  void whoInventsNamesCannotFillTheLog() {
    for (int i = 0; i < 10 * EventLog.MAX_APART; i++) {
      refused("client-" + i, "Unknown user");
    }
    assertThat(lines).hasSize(EventLog.MAX_APART);
    events.end();
    assertThat(lines).hasSize(EventLog.MAX_APART + 1);
    assertThat(lines.getLast()).contains(9 * EventLog.MAX_APART + " more");
  }

  @Test
  void clientsWithoutANameAreToldApartByTheirHost() {
    events.warn(Kind.REJECTED, "No CONNECT", Map.of("client", "", "address", "/10.0.0.1:4711"));
    events.warn(Kind.REJECTED, "No CONNECT", Map.of("client", "", "address", "/10.0.0.1:4712"));
    events.warn(Kind.REJECTED, "No CONNECT", Map.of("client", "", "address", "/10.0.0.2:4711"));
    assertThat(lines).hasSize(2);
  }

  @Test
  void everyKindIsCountedUnderANameOfItsOwn() throws Exception {
    try (ServerFixture fixture = new ServerFixture().start()) {
      assertThat(fixture.server.events()).hasSize(Kind.values().length);
    }
    for (Kind kind : Kind.values()) {
      events.add(kind);
      assertThat(events.count(kind)).isEqualTo(1);
      assertThat(kind.id()).matches("[a-z-]+");
    }
  }
}
