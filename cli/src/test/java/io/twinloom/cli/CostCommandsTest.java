package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code cost}, {@code optimize} and {@code what-if} say of a project. */
class CostCommandsTest {

  private static final String MANY =
      "{\"numberOfDevices\": 500, \"deviceSendingIntervalInMinutes\": 0.5}";

  @TempDir Path folder;

  @BeforeEach
  void project() {
    assertThat(CliRun.in(folder, "init", "farm", "--from", "greenhouse").exitCode())
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  @DisplayName("What a twin costs is asked before anything is deployed")
  void theCostIsSaidLineByLineWithTheOriginOfEachNumber() {
    CliRun run = CliRun.in(folder, "cost", "farm");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out())
        .contains("a month", "By cloud", "By layer", "function greenhouse-processor")
        .contains("deviceSendingIntervalInMinutes", "assumed", "the project (config_iot_devices")
        .contains("https://");
  }

  @Test
  void theBillAsJsonAddsUp() throws Exception {
    write("usage.json", MANY);
    CliRun run = CliRun.in(folder, "cost", "farm", "--usage", "usage.json", "--json");

    JsonObject bill = run.json();
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonObject line : run.objects("lines")) {
      sum = sum.add(number(line.object("amount").orElseThrow(), "expected"));
      assertThat(line.has("noCharge") || line.has("source")).as(line.toString()).isTrue();
    }
    BigDecimal total = number(bill.object("total").orElseThrow(), "expected");
    assertThat(total).isPositive();
    assertThat(sum.subtract(total).abs()).isLessThan(new BigDecimal("0.0001"));
    assertThat(run.objects("usage"))
        .anySatisfy(
            value -> {
              assertThat(value.text("name")).contains("numberOfDevices");
              assertThat(value.text("origin")).contains("usage-file");
            });
  }

  @Test
  @DisplayName("A build fails where a twin costs more than its budget")
  void aBudgetThatIsExceededIsExitCodeOne() throws Exception {
    write("usage.json", MANY);
    CliRun within = CliRun.in(folder, "cost", "farm", "--usage", "usage.json", "--budget", "99999");
    CliRun beyond = CliRun.in(folder, "cost", "farm", "--usage", "usage.json", "--budget", "1.50");

    assertThat(within.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(beyond.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(beyond.err()).contains("TL-BUDGET-EXCEEDED", "1.50");
    assertThat(beyond.out()).contains("a month");
  }

  @Test
  void numbersOfTheProjectsOptimizationAreUsedAndNotWarnedOf() throws Exception {
    Path file = folder.resolve("farm/config_optimization.json");
    JsonObject with =
        Json.parseObject(
            Files.readString(file)
                .replace(
                    "\"useEventChecking\": true",
                    "\"useEventChecking\": true, \"numberOfDevices\": 40, \"numberOfDeviceTypes\": 2")
                .getBytes(StandardCharsets.UTF_8));
    Files.writeString(file, Json.pretty(with));

    CliRun validate = CliRun.in(folder, "validate", "farm");
    CliRun run = CliRun.in(folder, "cost", "farm");
    assertThat(validate.out() + validate.err()).doesNotContain("numberOfDevice");
    assertThat(run.out()).contains("40 devices, inputParamsUsed of config_optimization.json");
    assertThat(run.err()).contains("numberOfDevices is 40");
  }

  @Test
  void otherPricesTakeThePlaceOfTheProductsOwn() throws Exception {
    String list;
    try (var in =
        CostCommandsTest.class.getResourceAsStream(
            "/io/twinloom/cost/prices/azure-westeurope.json")) {
      list = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    write("other.json", list.replace("\"region\": \"westeurope\"", "\"region\": \"mars\""));
    assertThat(
            CliRun.in(folder, "cost", "farm", "--prices", "other.json", "--json").objects("prices"))
        .anySatisfy(prices -> assertThat(prices.text("region")).contains("mars"));
    write("broken.json", "{\"cloud\": \"azure\"}");
    CliRun broken = CliRun.in(folder, "cost", "farm", "--prices", "broken.json");
    assertThat(broken.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(broken.err()).contains("TL-PRICES-INVALID", "broken.json");
  }

  @Test
  void aFileOfUsageThatCannotBeReadIsSaidWithItsName() throws Exception {
    write("usage.json", "[1]");
    CliRun list = CliRun.in(folder, "cost", "farm", "--usage", "usage.json");
    CliRun absent = CliRun.in(folder, "cost", "farm", "--usage", "absent.json");

    assertThat(list.err()).contains("TL-OPTION-FILE", "usage.json");
    assertThat(absent.err()).contains("TL-OPTION-FILE", "absent.json");
  }

  @Test
  @DisplayName("Which placement of the layers is the cheapest")
  void allPlacementsAreComparedAndPinsKept() {
    CliRun run =
        CliRun.in(
            folder,
            "optimize",
            "farm",
            "--pin",
            "l1=aws",
            "--pin",
            "l2=azure",
            "--pin",
            "l4=aws",
            "--pin",
            "l5=aws",
            "--json");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(number(run.json(), "examined")).isEqualByComparingTo("27");
    for (JsonObject candidate : run.objects("front")) {
      JsonObject placement = candidate.object("placement").orElseThrow();
      assertThat(placement.text("l1")).contains("aws");
      assertThat(placement.text("l2")).contains("azure");
    }
    BigDecimal best = cost(run.json().object("best").orElseThrow());
    assertThat(cost(run.objects("front").getFirst())).isEqualByComparingTo(best);
  }

  @Test
  void theRecommendedPlacementIsWrittenAndTheProjectIsValidWithIt() throws Exception {
    String[] command = {
      "optimize",
      "farm",
      "--pin",
      "l1=google",
      "--pin",
      "l2=google",
      "--pin",
      "l3_hot=google",
      "--pin",
      "l3_cold=google",
      "--pin",
      "l4=google",
      "--pin",
      "l5=google",
      "--write"
    };
    CliRun run = CliRun.in(folder, command);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.err()).contains("config_providers.json");
    JsonObject providers =
        Json.parseObject(Files.readAllBytes(folder.resolve("farm/config_providers.json")));
    assertThat(providers.text("layer_1_provider")).contains("google");
    assertThat(CliRun.in(folder, "validate", "farm").exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(CliRun.in(folder, command).err()).contains("already");
  }

  @Test
  @DisplayName("What moving a layer to another cloud changes, before it is moved")
  void aMoveShowsEndpointsDataAndCost() {
    CliRun text = CliRun.in(folder, "what-if", "farm", "l3_cold=azure");
    CliRun json = CliRun.in(folder, "what-if", "farm", "l3_cold=azure", "--json");

    assertThat(text.exitCode()).as(text.err()).isEqualTo(ExitCode.DONE);
    assertThat(text.out()).contains("Cost:", "Latency:", "What changes", "Endpoints that open");
    assertThat(json.objects("data").getFirst().text("layer")).contains("l3_cold");
    assertThat(json.objects("exposed")).isNotEmpty();
    assertThat(json.objects("problems")).isEmpty();
  }

  @Test
  void whatIsNoMoveIsRefusedWithTheLayersThereAre() {
    CliRun run = CliRun.in(folder, "what-if", "farm", "l9=azure");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("TL-PLACEMENT-INVALID", "l3_cold", "azure");
  }

  @Test
  @Tag("full")
  @DisplayName("The cost of a running twin follows from what it does")
  void ratesOfARunningTwinAreMeasured() throws Exception {
    ForegroundTwin twin = ForegroundTwin.start(folder, "farm");
    try {
      CompletableFuture<CliRun> devices =
          CliRun.goingOn(folder, Map.of(), "simulate", "farm", "--rate", "40", "--for", "12s");
      CliRun run = CliRun.in(folder, "cost", "farm", "--measured", "--window", "3s", "--json");
      assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
      assertThat(run.objects("usage"))
          .anySatisfy(
              value -> {
                assertThat(value.text("name")).contains("deviceSendingIntervalInMinutes");
                assertThat(value.text("origin")).contains("measured");
                assertThat(value.text("detail")).contains("in 3 s");
              });
      assertThat(devices.join().exitCode()).isEqualTo(ExitCode.DONE);
    } finally {
      twin.destroy();
    }
  }

  private static BigDecimal cost(JsonObject candidate) {
    return number(candidate.object("cost").orElseThrow(), "expected");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static BigDecimal number(JsonObject object, String name) {
    JsonValue value = object.get(name);
    assertThat(value).as(name).isInstanceOf(JsonNumber.class);
    return ((JsonNumber) Objects.requireNonNull(value)).asDecimal();
  }
}
