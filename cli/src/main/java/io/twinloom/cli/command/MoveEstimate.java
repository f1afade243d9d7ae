package io.twinloom.cli.command;

import io.twinloom.cost.bill.Billing;
import io.twinloom.cost.demand.Component;
import io.twinloom.cost.demand.Demand;
import io.twinloom.cost.demand.Use;
import io.twinloom.cost.estimate.Level;
import io.twinloom.cost.price.BuiltInPrices;
import io.twinloom.cost.price.Prices;
import io.twinloom.deployer.change.TouchedData;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Provider;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long the phases of a change take at least, and what the clouds charge for what leaves them.
 *
 * @param settling the wait for functions with former settings, in all
 * @param copying the copies, at the speed that is assumed
 * @param leaving the bytes that leave each cloud, which travel packed: at most so many
 */
record MoveEstimate(Duration settling, Duration copying, SortedMap<Provider, Long> leaving) {

  /** Empty where no phases follow. */
  static Optional<MoveEstimate> of(PlannedChanges changes) {
    if (changes.phases().isEmpty()) {
      return Optional.empty();
    }
    Duration copying =
        changes.touched().stream().map(TouchedData::copying).reduce(Duration.ZERO, Duration::plus);
    SortedMap<Provider, Long> leaving = new TreeMap<>();
    for (TouchedData data : changes.touched()) {
      if (data.isCopied()) {
        leaving.merge(data.cloud(), data.held().bytes(), Long::sum);
      }
    }
    return Optional.of(new MoveEstimate(changes.following().settling(), copying, leaving));
  }

  /** For people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "  the phases take at least "
            + minutes(settling.plus(copying))
            + ": "
            + minutes(settling)
            + " until functions with former settings have ended"
            + (copying.isZero()
                ? ""
                : ", " + minutes(copying) + " of copying (assumed: " + TouchedData.ASSUMED + ")"));
    Prices prices = BuiltInPrices.read();
    leaving.forEach(
        (cloud, bytes) ->
            lines.add(
                "  at most "
                    + TouchedData.megabytes(bytes)
                    + " leave "
                    + cloud.id()
                    + ", for which it charges at most "
                    + Money.of(charge(cloud, bytes, prices))
                    + " "
                    + prices.currency()));
    return lines;
  }

  private static String minutes(Duration time) {
    return Math.ceilDiv(time.toSeconds(), 60) + " min";
  }

  /** Without the account's allowances, which something else may use up. */
  private static BigDecimal charge(Provider cloud, long bytes, Prices prices) {
    Component all =
        new Component(
            Component.Part.CLOUD,
            "copy",
            Optional.empty(),
            cloud,
            List.of(Demand.of(Use.EGRESS, BigDecimal.ONE, BigDecimal.valueOf(bytes))));
    Map<Level, List<Component>> same = new EnumMap<>(Level.class);
    for (Level level : Level.values()) {
      same.put(level, List.of(all));
    }
    return new Billing(prices, false).bill(same).total().high();
  }

  /** For machines. */
  JsonObject json() {
    Prices prices = BuiltInPrices.read();
    JsonObject.Builder clouds = JsonObject.builder();
    leaving.forEach(
        (cloud, bytes) ->
            clouds.put(
                cloud.id(),
                JsonObject.builder()
                    .put("bytes", bytes)
                    .put("cost", new JsonNumber(charge(cloud, bytes, prices).toPlainString()))
                    .build()));
    return JsonObject.builder()
        .put("settlingSeconds", settling.toSeconds())
        .put("copyingSeconds", copying.toSeconds())
        .put("egress", clouds.build())
        .put("currency", prices.currency())
        .build();
  }
}
