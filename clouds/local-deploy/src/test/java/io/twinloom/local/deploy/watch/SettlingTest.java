package io.twinloom.local.deploy.watch;

import static io.twinloom.local.deploy.watch.Settling.Step.HANDLE;
import static io.twinloom.local.deploy.watch.Settling.Step.NOTHING;
import static io.twinloom.local.deploy.watch.Settling.Step.REPORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.local.deploy.watch.ProjectScan.Stamp;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SettlingTest {

  private static final ProjectScan FIRST = scan(1);

  private final Settling settling = new Settling(FIRST);

  private static ProjectScan scan(long size) {
    return new ProjectScan(Map.of("config.json", new Stamp(size, 0, null, "")));
  }

  private Settling.Step look(ProjectScan scan, long millis) {
    return settling.look(scan, TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void aChangeIsHandledOnceItIsAtRest() {
    assertThat(look(FIRST, 0)).isEqualTo(NOTHING);
    assertThat(look(scan(2), 250)).isEqualTo(NOTHING);
    assertThat(look(scan(2), 350)).isEqualTo(NOTHING);
    assertThat(look(scan(2), 400)).isEqualTo(HANDLE);
    assertThat(look(scan(2), 650)).isEqualTo(NOTHING);
  }

  @Test
  void aSaveOfSeveralFilesIsOneChange() {
    assertThat(look(scan(2), 0)).isEqualTo(NOTHING);
    assertThat(look(scan(3), 140)).isEqualTo(NOTHING);
    assertThat(look(scan(3), 280)).isEqualTo(NOTHING);
    assertThat(look(scan(3), 290)).isEqualTo(HANDLE);
  }

  @Test
  void whatIsAsItWasInTheEndIsNoChange() {
    assertThat(look(scan(2), 0)).isEqualTo(NOTHING);
    assertThat(look(FIRST, 100)).isEqualTo(NOTHING);
    assertThat(look(FIRST, 300)).isEqualTo(NOTHING);
  }

  @Test
  void whatKeepsChangingIsReportedOnceAndHandledWhenItRests() {
    int reports = 0;
    for (int i = 0; i < 80; i++) {
      Settling.Step step = look(scan(i + 2), i * 100L);
      assertThat(step).isNotEqualTo(HANDLE);
      reports += step == REPORT ? 1 : 0;
    }
    assertThat(reports).isEqualTo(1);
    assertThat(look(scan(81), 8_100)).isEqualTo(HANDLE);
  }

  @Test
  void whatCouldNotBeHandledIsHandledAgain() {
    assertThat(look(scan(2), 0)).isEqualTo(NOTHING);
    assertThat(look(scan(2), 200)).isEqualTo(HANDLE);
    settling.again(FIRST);
    assertThat(look(scan(2), 400)).isEqualTo(NOTHING);
    assertThat(look(scan(2), 600)).isEqualTo(HANDLE);
  }

  @Test
  void looksTakeATwentiethOfTheTimeAndAreMoreOftenWhileItChanges() {
    assertThat(settling.pause(1)).isEqualTo(Settling.USUAL.toNanos());
    assertThat(settling.pause(TimeUnit.MILLISECONDS.toNanos(100)))
        .isEqualTo(TimeUnit.SECONDS.toNanos(2));
    look(scan(2), 0);
    assertThat(settling.pause(1)).isEqualTo(Settling.WHILE_CHANGING.toNanos());
  }
}
