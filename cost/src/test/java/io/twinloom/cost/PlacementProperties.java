package io.twinloom.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cost.bill.Line;
import io.twinloom.cost.estimate.Estimate;
import io.twinloom.cost.placement.Candidate;
import io.twinloom.cost.placement.Optimization;
import io.twinloom.cost.placement.Placements;
import io.twinloom.cost.price.BuiltInPrices;
import io.twinloom.cost.usage.Origin;
import io.twinloom.cost.usage.Usage;
import io.twinloom.cost.usage.UsageKey;
import io.twinloom.cost.usage.UsageValue;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** No cheaper placement exists than the one that is named: looked for in another way. */
class PlacementProperties {

  private static Path folder;
  private static Project project;

  private final CostModel model = new CostModel(BuiltInPrices.read(), true);

  @BeforeContainer
  static void make() throws IOException {
    folder = Files.createTempDirectory("placements");
    project = Twins.full(folder, Provider.named("aws"));
  }

  @AfterContainer
  static void remove() throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Provide
  Arbitrary<Usage> usages() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 20_000),
            Arbitraries.of("0.05", "0.5", "2", "60"),
            Arbitraries.of("0.1", "1", "20"),
            Arbitraries.integers().between(0, 200))
        .as(
            (devices, interval, size, viewers) -> {
              Map<UsageKey, UsageValue> values = new EnumMap<>(UsageKey.class);
              values.put(UsageKey.DEVICES, value(String.valueOf(devices)));
              values.put(UsageKey.INTERVAL, value(interval));
              values.put(UsageKey.MESSAGE_SIZE, value(size));
              values.put(UsageKey.VIEWERS, value(String.valueOf(viewers)));
              return Usage.of(List.of(values));
            });
  }

  /** Three layers move, the others are pinned: 27 placements, each billed line by line. */
  @Property(tries = 8)
  void noPlacementIsCheaperThanTheBest(@ForAll("usages") Usage usage) {
    Map<Layer, Provider> pins = new EnumMap<>(Layer.class);
    pins.put(Layer.L1, Provider.named("aws"));
    pins.put(Layer.L4, Provider.named("aws"));
    pins.put(Layer.L5, Provider.named("azure"));
    pins.put(Layer.L2, Provider.named("google"));
    Optimization optimization = model.optimize(project, usage, pins);
    BigDecimal least = null;
    int tried = 0;
    for (Provider hot : Provider.all()) {
      for (Provider cold : Provider.all()) {
        for (Provider archive : Provider.all()) {
          Placement placement =
              new Placement(
                  Provider.named("aws"),
                  Provider.named("google"),
                  hot,
                  cold,
                  archive,
                  Optional.of(Provider.named("aws")),
                  Optional.of(Provider.named("azure")));
          BigDecimal sum = byLines(placement, usage);
          least = least == null || sum.compareTo(least) < 0 ? sum : least;
          tried++;
        }
      }
    }
    assertThat(optimization.examined()).isEqualTo(tried);
    assertThat(optimization.choices().best().cost()).isEqualByComparingTo(least);
    assertThat(byLines(optimization.choices().best().placement(), usage))
        .isEqualByComparingTo(least);
  }

  @Property(tries = 3)
  void everyPlacementIsBeatenByOneOfTheFrontOrOnIt(@ForAll("usages") Usage usage) {
    Map<Layer, Provider> pins = new EnumMap<>(Layer.class);
    pins.put(Layer.L4, Provider.named("aws"));
    pins.put(Layer.L5, Provider.named("aws"));
    Optimization optimization = model.optimize(project, usage, pins);
    assertThat(optimization.examined()).isEqualTo(243);
    List<Candidate> front = optimization.front();
    assertThat(front.getFirst().cost()).isEqualByComparingTo(optimization.choices().best().cost());
    for (Candidate one : front) {
      assertThat(one.placement().l4()).contains(Provider.named("aws"));
      for (Candidate other : front) {
        boolean noWorse =
            one.cost().compareTo(other.cost()) <= 0
                && one.crossings() <= other.crossings()
                && one.latency().both().expected().compareTo(other.latency().both().expected())
                    <= 0;
        assertThat(one == other || !noWorse).as(one + " beats " + other).isTrue();
      }
    }
    Set<Integer> clouds = new HashSet<>();
    front.forEach(candidate -> clouds.add(candidate.clouds().size()));
    optimization
        .choices()
        .fewerClouds()
        .ifPresent(
            fewer ->
                assertThat(fewer.clouds().size())
                    .isLessThan(optimization.choices().best().clouds().size()));
    assertThat(clouds).contains(1);
  }

  /** The sum of a bill's lines, where the optimizer prices each meter's sum. */
  private BigDecimal byLines(Placement placement, Usage usage) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Line line : model.cost(Placements.placed(project, placement), usage).lines()) {
      sum = sum.add(line.amount().expected());
    }
    return sum;
  }

  private static UsageValue value(String number) {
    return UsageValue.of(Estimate.exactly(new BigDecimal(number)), Origin.USAGE_FILE);
  }
}
