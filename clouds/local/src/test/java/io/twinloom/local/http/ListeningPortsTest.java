package io.twinloom.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.local.error.LocalError;
import io.twinloom.model.TwinloomException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ListeningPortsTest {

  private final List<Integer> tried = new ArrayList<>();

  private int taken(int port) {
    tried.add(port);
    throw new TwinloomException(
        LocalError.LOCAL_PORT, "taken", "" + port, "", new BindException("in use"));
  }

  @Test
  void aPortThatWasGivenIsTheOnlyOne() {
    assertThatThrownBy(() -> ListeningPorts.of(4711, new Random(1)).open(this::taken))
        .isInstanceOf(TwinloomException.class);
    assertThat(tried).containsExactly(4711);
  }

  @Test
  void aFreePortIsLookedForWhereTheSystemGivesNoneToClientsAndInTheEndAnywhere() {
    assertThatThrownBy(() -> ListeningPorts.of(0, new Random(1)).open(this::taken))
        .isInstanceOf(TwinloomException.class);

    assertThat(tried.getLast()).isZero();
    assertThat(tried.subList(0, tried.size() - 1)).allMatch(p -> p >= 10_000 && p < 32_768);
  }

  @Test
  void theFirstPortThatIsFreeIsTaken() {
    int opened =
        ListeningPorts.of(0, new Random(1)).open(port -> tried.size() < 3 ? taken(port) : port);

    assertThat(opened).isGreaterThanOrEqualTo(10_000);
    assertThat(tried).hasSize(3);
  }

  @Test
  void anotherFailureIsNotTriedOnOtherPorts() {
    assertThatThrownBy(
            () ->
                ListeningPorts.of(0, new Random(1))
                    .open(
                        port -> {
                          tried.add(port);
                          throw new TwinloomException(LocalError.MQTT_LISTEN, "no key", "", "");
                        }))
        .hasMessageContaining("no key");
    assertThat(tried).hasSize(1);
  }
}
