package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.aws.log.EmbeddedMetrics;
import io.twinloom.functions.tier.Lateness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An alarm on a metric that nobody makes never goes off. */
class OverdueAlarmTest {

  private static final Path ALARMS = Path.of("../../terraform/aws/alarms.tf");
  private static final Pattern OVERDUE =
      Pattern.compile("(?s)\"aws_cloudwatch_metric_alarm\" \"overdue\" \\{(.*?)\n}");

  @Test
  void theAlarmIsOnTheMetricThatMoversMake() throws IOException {
    Matcher alarm = OVERDUE.matcher(Files.readString(ALARMS));
    assertThat(alarm.find()).isTrue();
    assertThat(alarm.group(1).replaceAll(" +", " "))
        .contains(
            "namespace = \"" + EmbeddedMetrics.NAMESPACE + "\"",
            "metric_name = \"" + Lateness.HOURS + "\"",
            "dimensions = { " + EmbeddedMetrics.DIMENSION + " = ");
  }
}
