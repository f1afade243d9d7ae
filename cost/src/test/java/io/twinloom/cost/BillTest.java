package io.twinloom.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cost.bill.Bill;
import io.twinloom.cost.bill.Line;
import io.twinloom.cost.demand.Component;
import io.twinloom.cost.demand.Component.Part;
import io.twinloom.cost.demand.Use;
import io.twinloom.cost.estimate.Estimate;
import io.twinloom.cost.price.BuiltInPrices;
import io.twinloom.cost.price.PriceList;
import io.twinloom.cost.price.Prices;
import io.twinloom.cost.usage.DerivedUsage;
import io.twinloom.cost.usage.Origin;
import io.twinloom.cost.usage.Usage;
import io.twinloom.cost.usage.UsageKey;
import io.twinloom.cost.usage.UsageValue;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Schedule;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topic;
import io.twinloom.topology.Topology;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bill prices the plan itself, all of it. */
class BillTest {

  private final CostModel model = new CostModel(BuiltInPrices.read(), true);

  @TempDir private Path folder;

  private List<Project> projects() {
    List<Project> projects = new ArrayList<>(List.of(Twins.overThreeClouds(folder)));
    for (Provider cloud : Provider.all()) {
      projects.add(Twins.full(folder, cloud));
      projects.add(Twins.small(folder, cloud));
    }
    return projects;
  }

  @Test
  @DisplayName("Every function, store, schedule and connection of the plan is priced or named free")
  void everyPartOfThePlanHasALineOrANamedNoCharge() {
    for (Project project : projects()) {
      Topology topology = Topology.of(project);
      Bill bill = model.cost(project, usage(project));
      for (DeployedFunction f : topology.functions()) {
        lines(bill, Part.FUNCTION, f.name(), f.cloud());
      }
      for (Store store : topology.stores()) {
        lines(bill, Part.STORE, store.name(), store.cloud());
      }
      for (Topic topic : topology.topics()) {
        lines(bill, Part.TOPIC, topic.name(), topic.cloud());
      }
      for (Schedule schedule : topology.schedules()) {
        Provider cloud = topology.function(schedule.function()).orElseThrow().cloud();
        lines(bill, Part.SCHEDULE, schedule.name(), cloud);
      }
      for (Connection connection : topology.connections()) {
        lines(bill, Part.CONNECTION, connection.id(), connection.from());
        lines(bill, Part.CONNECTION, connection.id(), connection.to());
      }
    }
  }

  @Test
  void aFunctionThatIsInvokedAsynchronouslyHasAQueue() {
    Bill bill = model.cost(Twins.overThreeClouds(folder), Usage.assumed());
    for (String name : List.of("mill-processor", "mill-persister", "mill-event-checker")) {
      lines(bill, Part.QUEUE, name, Provider.named("azure"));
    }
  }

  @Test
  @DisplayName("Events that travel together cost fewer invocations and fewer requests")
  void atAHighRateBatchesFormAndAreKept() {
    Project project = Twins.full(folder, Provider.named("aws"));
    Bill few = model.cost(project, Usage.assumed());
    Bill many =
        model.cost(
            project,
            Usage.of(
                List.of(
                    Map.of(
                        UsageKey.DEVICES,
                        UsageValue.of(
                            Estimate.exactly(new BigDecimal(6000)), Origin.USAGE_FILE)))));
    // 6,000 devices a minute are 100 a second: batches of 20 with five pollers.
    BigDecimal messages = quantity(many, Use.HOT_WRITE);
    assertThat(invocations(many, "mill-persister").multiply(new BigDecimal(20)))
        .isEqualByComparingTo(messages);
    assertThat(invocations(few, "mill-persister"))
        .isEqualByComparingTo(quantity(few, Use.HOT_WRITE));
  }

  private static BigDecimal invocations(Bill bill, String function) {
    return bill.lines().stream()
        .filter(line -> line.component().part() == Part.FUNCTION)
        .filter(line -> line.component().name().equals(function))
        .filter(line -> line.use() == Use.FUNCTION_INVOCATION)
        .map(line -> ((Line.Charged) line).quantity().expected())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nothingIsPricedThatIsNotInThePlan() {
    Project small = Twins.small(folder, Provider.named("google"));
    Bill bill = model.cost(small, usage(small));
    assertThat(bill.lines()).noneMatch(l -> l.component().part() == Part.VIEW);
    assertThat(bill.lines()).noneMatch(l -> l.component().part() == Part.CONNECTION);
    assertThat(bill.byCloud().keySet()).containsExactly(Provider.named("google"));
  }

  @Test
  void theThreeLevelsAreInOrder() {
    for (Project project : projects()) {
      for (Line line : model.cost(project, usage(project)).lines()) {
        Estimate amount = line.amount();
        assertThat(amount.low()).as(line.toString()).isLessThanOrEqualTo(amount.expected());
        assertThat(amount.expected()).as(line.toString()).isLessThanOrEqualTo(amount.high());
      }
    }
  }

  @Test
  @DisplayName("An allowance counts once for the account, not once for each function")
  void anAllowanceIsUsedUpOnce() {
    Project project = Twins.full(folder, Provider.named("aws"));
    Bill bill = model.cost(project, busy());
    BigDecimal free = BigDecimal.ZERO;
    for (Line line : bill.lines()) {
      if (line instanceof Line.Charged charged
          && charged.charge().meter().id().equals("lambda-requests")) {
        free = free.add(charged.allowance().expected());
      }
    }
    assertThat(free).isEqualByComparingTo("1000000");
  }

  @Test
  void withoutAllowancesTheBillIsHigher() {
    Project project = Twins.full(folder, Provider.named("aws"));
    BigDecimal without =
        new CostModel(BuiltInPrices.read(), false).cost(project, usage(project)).total().expected();
    assertThat(without).isGreaterThan(model.cost(project, usage(project)).total().expected());
  }

  @Test
  @DisplayName("A measurement is stored in chunks, not with one request each")
  void theColdTierIsWrittenByChunk() {
    Project project = Twins.full(folder, Provider.named("aws"));
    Bill bill = model.cost(project, busy());
    BigDecimal written = quantity(bill, Use.COLD_WRITE);
    BigDecimal messages = quantity(bill, Use.HOT_WRITE);
    // 1,000 devices, one chunk a day.
    assertThat(written).isBetween(new BigDecimal("30000"), new BigDecimal("31000"));
    assertThat(messages).isGreaterThan(new BigDecimal("40000000"));
  }

  @Test
  void everyLineHasThePriceWithSourceAndDate() {
    Bill bill = model.cost(Twins.overThreeClouds(folder), Usage.assumed());
    for (Line line : bill.lines()) {
      if (line instanceof Line.Charged charged) {
        assertThat(charged.charge().meter().source().read()).isNotNull();
        assertThat(charged.charge().meter().about().unit()).isNotEmpty();
      }
    }
  }

  @Test
  void aCloudWithoutAPriceListIsAnError() {
    Prices prices = BuiltInPrices.read();
    List<PriceList> others =
        prices.lists().stream().filter(list -> !list.cloud().equals("google")).toList();
    CostModel lacking = new CostModel(Prices.of(others), true);
    Project project = Twins.overThreeClouds(folder);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> lacking.cost(project, Usage.assumed()))
        .hasMessageContaining("google");
  }

  private static BigDecimal quantity(Bill bill, Use use) {
    return bill.lines().stream()
        .filter(line -> line.use() == use)
        .map(line -> ((Line.Charged) line).quantity().expected())
        .findFirst()
        .orElseThrow();
  }

  private static void lines(Bill bill, Part part, String name, Provider cloud) {
    List<Line> lines =
        bill.lines().stream()
            .filter(
                line -> {
                  Component c = line.component();
                  return c.part() == part && c.name().equals(name) && c.cloud() == cloud;
                })
            .toList();
    assertThat(lines).as(part + " " + name + " on " + cloud).isNotEmpty();
    for (Line line : lines) {
      if (line instanceof Line.Free free) {
        assertThat(free.reason()).isNotEmpty();
      }
    }
  }

  private static Usage usage(Project project) {
    return Usage.of(List.of(DerivedUsage.of(project)));
  }

  private static Usage busy() {
    return Usage.of(
        List.of(
            Map.of(
                UsageKey.DEVICES,
                UsageValue.of(Estimate.exactly(new BigDecimal(1000)), Origin.USAGE_FILE))));
  }

  @Test
  void theSumsByCloudAreTheTotal() {
    Bill bill = model.cost(Twins.overThreeClouds(folder), busy());
    Estimate sum = bill.byCloud().values().stream().reduce(Estimate.ZERO, Estimate::plus);
    assertThat(sum.expected()).isEqualByComparingTo(bill.total().expected());
    assertThat(Optional.of(bill.connections().expected()).orElseThrow()).isPositive();
  }
}
