package io.twinloom.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WorkerPoolsTest extends UserCodeFixture {
  @Test
  void aJavaFunctionGetsTheEventAndItsResultComesBack() {
    project.java("area", "event.put(\"double\", 2 * (Long) event.get(\"v\")); return event;");

    assertThat(project.call("area", "{\"v\":21}").toString()).isEqualTo("{\"v\":21,\"double\":42}");
  }

  @Test
  void aPythonFunctionGetsTheEventAndItsResultComesBack() {
    project.python(
        "area", "def process(event):\n    event['double'] = 2 * event['v']\n    return event\n");

    assertThat(project.call("area", "{\"v\":21}").toString()).isEqualTo("{\"v\":21,\"double\":42}");
  }

  @Test
  void aFunctionThatDoesNotExistIsSaidToBeUnknown() {
    assertThatThrownBy(() -> project.call("nobody", "{}"))
        .isInstanceOfSatisfying(
            WorkerException.class,
            e -> assertThat(e.reason()).isEqualTo(WorkerException.Reason.UNKNOWN_FUNCTION));
  }
}
