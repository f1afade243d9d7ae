package io.twinloom.bench.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.bench.calls.CallsBench.Setting;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** How many invocations measurements take on AWS. */
class CallsBenchTest {

  @Test
  void aThousandEventsAtAHundredASecondTake250InvocationsWithRulesAnd200Without()
      throws IOException {
    assertThat(invocations(new Setting(100, 200, true, false))).isEqualTo(250);
    assertThat(invocations(new Setting(100, 200, false, false))).isEqualTo(200);
  }

  @Test
  void aThousandEventsOfABusyTwinTakeAtMost60Invocations() throws IOException {
    assertThat(invocations(new Setting(10_000, 400, true, false))).isLessThanOrEqualTo(60);
  }

  @Test
  void whereEachDeviceHasCodeOfItsOwnNothingButItsCallsIsMore() throws IOException {
    Setting setting = new Setting(100, 200, true, true);
    Calls calls = CallsBench.run(setting);
    // A run that is slow for a moment passes on by itself.
    assertThat(invocations(setting, calls) - 1_000).isLessThanOrEqualTo(300);
    assertThat(calls.userCalls()).isEqualTo(200);
    assertThat(calls.writes()).isEqualTo(200);
  }

  private static double invocations(Setting setting) throws IOException {
    return invocations(setting, CallsBench.run(setting));
  }

  private static double invocations(Setting setting, Calls calls) {
    int all =
        calls.invocations().values().stream().mapToInt(Integer::intValue).sum() + calls.userCalls();
    return all * 1_000.0 / setting.events();
  }
}
