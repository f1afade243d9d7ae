package io.twinloom.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Terminal;
import io.twinloom.cli.terminal.Tty;
import io.twinloom.deployer.control.StatusReport.OptionStatus;
import io.twinloom.deployer.control.StatusReport.Origin;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.deploy.RunOptions;
import io.twinloom.model.TwinloomException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunChoiceTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private static RunOptions before(Map<String, String> options) {
    return RunOptions.of(options, List.of());
  }

  private String said(RunChoice choice) {
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    choice.tell(
        new Output(
            new Terminal(stream, stream, Map.of(), folder, false, Tty.fixed(80, 24)),
            false,
            false));
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsNotGivenHoldsOnAndIsTold() {
    RunChoice choice =
        RunChoice.of(
            Map.of("--day-length", "2000ms"),
            before(Map.of("--port-base", "41880", "--day-length", "9ms")),
            false);

    LocalOptions options = choice.local(folder, Optional.empty());
    assertThat(options.portBase()).contains(41880);
    assertThat(options.dayLength()).isEqualTo(Duration.ofSeconds(2));
    assertThat(choice.options().values())
        .isEqualTo(Map.of("--port-base", "41880", "--day-length", "2000ms"));
    assertThat(said(choice)).contains("As before: --port-base 41880", "--reset-options");
  }

  @Test
  void fromTlsAndUsersToNeitherTakesAnExplicitOptionAndIsWarnedOf() {
    Map<String, String> secured =
        Map.of("--mqtt-cert", "/c.pem", "--mqtt-key", "/k.pem", "--mqtt-users", "/users");
    RunChoice kept = RunChoice.of(Map.of(), before(secured), false);
    assertThat(kept.options().values()).isEqualTo(secured);

    RunChoice reset = RunChoice.of(Map.of(), before(secured), true);
    assertThat(reset.local(folder, Optional.empty()).mqttSecurity()).isEmpty();
    assertThat(said(reset))
        .contains("No longer: --mqtt-cert /c.pem", "without TLS", "no user and password");
  }

  @Test
  void theProcessInTheBackgroundGetsExactlyWhatHolds() {
    RunChoice choice =
        RunChoice.of(Map.of("--retry-gaps", "1ms,2ms"), before(Map.of("--bind", "::1")), false);
    assertThat(choice.arguments())
        .containsExactly("--reset-options", "--bind", "::1", "--retry-gaps", "1ms,2ms");
    assertThat(choice.local(folder, Optional.empty()).retryGaps())
        .containsExactly(Duration.ofMillis(1), Duration.ofMillis(2));
  }

  @Test
  void portsThatWereChosenHoldOnUntilOthersAreFixedOrTheyAreForgotten() {
    RunOptions before =
        before(Map.of("--bind", "::1")).withPorts(Map.of("aws.mqtt", 20001, "aws.http", 20000));

    RunChoice kept = RunChoice.of(Map.of(), before, false);
    assertThat(kept.options()).isEqualTo(before);
    assertThat(kept.local(folder, Optional.empty()).listening().ports()).isEqualTo(before.ports());
    assertThat(kept.arguments())
        .containsSubsequence("--chosen-ports", "aws.http=20000,aws.mqtt=20001");

    assertThat(RunChoice.of(Map.of("--port-base", "4000"), before, false).options().ports())
        .isEmpty();
    assertThat(RunChoice.of(Map.of(), before, true).options().ports()).isEmpty();
  }

  @Test
  void everyOptionIsShownWithWhereItsValueIsFrom() {
    RunChoice choice = RunChoice.of(Map.of("--bind", "::1"), RunOptions.NONE, false);

    assertThat(choice.shown(folder, Optional.of(Duration.ofSeconds(20))))
        .contains(
            new OptionStatus("--bind", "::1", Origin.GIVEN),
            new OptionStatus("--day-length", "20s", Origin.DEFAULT),
            new OptionStatus("--mqtt-users", "none", Origin.DEFAULT));
  }

  @Test
  void aFileOfUsersThatHasChangedIsAChangedOption() throws Exception {
    Path users = Files.writeString(folder.resolve("users"), "a:1\n");
    Map<String, String> given = Map.of("--mqtt-users", users.toString());
    RunOptions first = RunChoice.of(given, RunOptions.NONE, false).options();
    assertThat(RunChoice.of(given, first, false).options()).isEqualTo(first);

    Files.writeString(users, "a:2\n");
    assertThat(RunChoice.of(given, first, false).options()).isNotEqualTo(first);
  }

  @Test
  void aTimeOfZeroIsRefused() {
    for (String option : List.of("--user-code-limit", "--day-length")) {
      RunChoice choice = RunChoice.of(Map.of(option, "0ms"), RunOptions.NONE, false);
      assertThatThrownBy(() -> choice.local(folder, Optional.empty()))
          .isInstanceOf(TwinloomException.class)
          .hasMessageContaining("0");
    }
  }

  @Test
  void portsThatAreNoneAreRefused() {
    for (String base : List.of("-5", "0", "65530", "65535", "99999")) {
      RunChoice choice = RunChoice.of(Map.of("--port-base", base), RunOptions.NONE, false);
      assertThatThrownBy(() -> choice.local(folder, Optional.empty()))
          .isInstanceOf(TwinloomException.class)
          .hasMessageContaining("65535");
    }
    RunChoice most = RunChoice.of(Map.of("--port-base", "65529"), RunOptions.NONE, false);
    assertThat(most.local(folder, Optional.empty()).portBase()).contains(65_529);
  }

  @Test
  @DisplayName("a users file has an empty password, or one user twice")
  void aUserWithoutAPasswordOrNamedTwiceIsRefused() throws Exception {
    for (String lines :
        List.of(
            "anna:\n",
            "anna: \n",
            ":x\n",
            " :x\n",
            "anna\n",
            "anna:1\nanna:2\n",
            "anna:1:\n",
            "anna:1:a,,b\n",
            "anna:1:a:b\n")) {
      Path users = Files.writeString(folder.resolve("users"), lines);
      assertThatThrownBy(() -> UsersFile.read(users))
          .isInstanceOf(TwinloomException.class)
          .hasMessageContaining("Line ");
    }
  }

  @Test
  void aUserMayBeBoundToDevicesAndAPasswordMayHaveAColon() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("users"), "# mine\nanna:a\\:b\\\\:press-1, oven-2\nbert:c d\n");
    UsersFile users = UsersFile.read(file);
    assertThat(users.passwords()).isEqualTo(Map.of("anna", "a:b\\", "bert", "c d"));
    assertThat(users.devices()).isEqualTo(Map.of("anna", Set.of("press-1", "oven-2")));
  }
}
