package io.twinloom.functions.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What passes a log on loses nothing that a log can be given. */
class ForwardingLogTest {

  @Test
  void everyMethodOfALogIsPassedOn() {
    assertThat(InvocationLog.class.getDeclaredMethods())
        .filteredOn(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
        .isNotEmpty()
        .allSatisfy(
            method ->
                assertThat(ForwardingLog.class.getDeclaredMethods())
                    .anyMatch(own -> overrides(own, method)));
  }

  private static boolean overrides(Method own, Method method) {
    return own.getName().equals(method.getName())
        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes());
  }
}
