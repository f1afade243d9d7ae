package io.twinloom.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Terminal;
import io.twinloom.cli.terminal.Tty;
import io.twinloom.deployer.control.ChangeProgress;
import io.twinloom.deployer.control.ChangeStatus;
import io.twinloom.deployer.control.ConnectionState;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.StatusReport.ConnectionStatus;
import io.twinloom.deployer.control.StatusReport.FunctionStatus;
import io.twinloom.model.Layer;
import io.twinloom.model.cloud.KnownClouds;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatusLinesTest {

  private static final Output OUTPUT =
      new Output(
          new Terminal(
              new PrintStream(new ByteArrayOutputStream()),
              new PrintStream(new ByteArrayOutputStream()),
              Map.of(),
              Path.of(""),
              false,
              Tty.fixed(80, 24)),
          false,
          false);

  private static FunctionStatus function(String name, long invocations) {
    return new FunctionStatus(name, name, KnownClouds.AWS, Optional.empty(), invocations, 0);
  }

  private static List<String> lines(StatusReport.Builder report) {
    return new StatusLines(report.running(true).build(), "\"my mill\"", OUTPUT).all();
  }

  @Test
  @DisplayName("an alarm names a command, and the project is not the only one")
  void anAlarmNamesTheCommandWithTheProject() {
    assertThat(
            lines(
                StatusReport.of("local", "mill")
                    .alarms(List.of("2 dead letters wait: see 'twinloom dead-letters'."))))
        .anyMatch(line -> line.contains("'twinloom dead-letters \"my mill\"'"));
  }

  @Test
  @DisplayName("a twin's process hangs, and somebody asks for its status")
  void aTwinWhoseProcessHangsIsNotSaidToBeEnded() {
    StatusReport report = StatusReport.of("local", "mill").running(false).build();

    assertThat(new StatusLines(report, "mill", OUTPUT).unanswered().getFirst())
        .contains("does not answer");
    assertThat(new StatusLines(report, "mill", OUTPUT).all().getFirst()).contains("does not run");
  }

  @Test
  void aChangeThatCopiesSaysInOneLineHowFarItIs() {
    ChangeStatus change =
        new ChangeStatus(
            "c",
            new ChangeStatus.At(4, 9, "copy", Layer.L3_HOT, "the data is copied"),
            "acting",
            "2026-03-01T00:00:00Z",
            Optional.empty(),
            Optional.of(
                new ChangeProgress(
                    12_000, 0, 4_100_000, OptionalLong.of(20_000_000), 5_000, OptionalLong.of(4))),
            true);

    assertThat(lines(StatusReport.of("local", "mill").change(Optional.of(change))))
        .contains(
            "  change: L3 hot, phase 4 of 9: the data is copied (acting)",
            "  progress: 12,000 items, 4,100,000 of 20,000,000 bytes, 5,000 a second,"
                + " about 4 s left");
  }

  @Test
  void whatIsCountedSinceTheStartOfTheTwinSaysSo() {
    assertThat(lines(StatusReport.of("local", "mill")))
        .contains("  functions, counted since the twin was started");
    assertThat(lines(StatusReport.of("cloud", "mill"))).contains("  functions");
  }

  @Test
  @DisplayName("a function's name is longer than the column of names")
  void countsStandInOneColumnWhateverTheNames() {
    String name = "mill-digital-twin-data-connector-last-entry";
    List<String> lines =
        lines(
            StatusReport.of("local", "mill")
                .functions(List.of(function(name, 1), function("mill-persister", 1_490)))
                .connections(
                    List.of(
                        new ConnectionStatus(
                            "aws_l1_to_gcp_l2",
                            KnownClouds.AWS,
                            KnownClouds.GOOGLE,
                            ConnectionState.READY))));
    String one = line(lines, name);
    String many = line(lines, "mill-persister");
    assertThat(one).endsWith(" 1 run");
    assertThat(many).endsWith("1,490 runs");
    assertThat(one.indexOf(" aws ")).isEqualTo(many.indexOf(" aws ")).isGreaterThan(name.length());
    assertThat(line(lines, "aws_l1_to_gcp_l2").indexOf(ConnectionState.READY.id()))
        .isEqualTo(one.indexOf("aws "));
  }

  private static String line(List<String> lines, String name) {
    return lines.stream().filter(l -> l.strip().startsWith(name)).findFirst().orElseThrow();
  }
}
