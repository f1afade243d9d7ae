package io.twinloom.cli.command;

import io.twinloom.cost.bill.Bill;
import io.twinloom.cost.bill.Line;
import io.twinloom.cost.demand.Component;
import io.twinloom.cost.price.Meter;
import io.twinloom.cost.price.Prices;
import io.twinloom.cost.price.Source;
import io.twinloom.cost.usage.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A bill for people: the sum, by cloud and by layer, the lines, the usage.
 *
 * @param all whether lines without an amount are shown, too
 */
record CostText(String twin, Bill bill, Usage usage, Prices prices, boolean all) {

  private static final BigDecimal SHOWN = new BigDecimal("0.005");
  private static final String LINE = "  %12s  %-9s %s";

  List<String> lines() {
    List<String> text = new ArrayList<>();
    text.add(
        "Twin " + twin + ": " + Money.range(bill.total()) + " " + bill.currency() + " a month");
    sums(text);
    components(text);
    usage(text);
    sources(text);
    return text;
  }

  private void sums(List<String> text) {
    text.add("");
    text.add("By cloud");
    bill.byCloud().forEach((cloud, sum) -> text.add(row(Money.of(sum.expected()), "", cloud.id())));
    text.add("");
    text.add("By layer");
    bill.byLayer()
        .forEach((layer, sum) -> text.add(row(Money.of(sum.expected()), "", layer.title())));
    if (bill.connections().high().signum() > 0) {
      text.add(row(Money.of(bill.connections().expected()), "", "connections between clouds"));
    }
  }

  private void components(List<String> text) {
    text.add("");
    text.add("Lines: what a month costs, and why" + (all ? "" : " (--all shows those below 0.01)"));
    Component shown = null;
    for (Line line : bill.lines()) {
      if (all || line.amount().expected().compareTo(SHOWN) >= 0) {
        if (shown != line.component()) {
          shown = line.component();
          text.add("");
          text.add(title(shown));
        }
        text.add(text(line));
      }
    }
  }

  private static String title(Component component) {
    return component.part().name().toLowerCase(Locale.ROOT)
        + " "
        + component.name()
        + component.layer().map(layer -> ", " + layer.title()).orElse("")
        + ", on "
        + component.cloud().id();
  }

  private static String text(Line line) {
    return switch (line) {
      case Line.Free free -> row("no charge", "", free.use().id() + ": " + free.reason());
      case Line.Charged charged -> charged(charged);
    };
  }

  private static String charged(Line.Charged line) {
    Meter meter = line.charge().meter();
    BigDecimal free = line.allowance().expected();
    String per =
        meter.per().compareTo(BigDecimal.ONE) == 0 ? "" : Money.quantity(meter.per()) + " ";
    return row(
        Money.of(line.amount().expected()),
        word(meter.source().kind()),
        meter.about().service()
            + ": "
            + Money.quantity(line.quantity().expected())
            + (free.signum() > 0 ? " less " + Money.quantity(free) + " free" : "")
            + " at "
            + meter.tariff().firstPrice().expected().toPlainString()
            + " for "
            + per
            + meter.about().unit()
            + " ("
            + meter.about().item()
            + ")");
  }

  private void usage(List<String> text) {
    text.add("");
    text.add("Usage a month, and where each number is from");
    usage
        .values()
        .forEach(
            (key, value) ->
                text.add(
                    String.format(
                        Locale.ROOT,
                        "  %-42s %s",
                        key.id(),
                        (value.value().isExact()
                                ? Money.quantity(value.value().expected())
                                : Money.quantity(value.value().low())
                                    + " / "
                                    + Money.quantity(value.value().expected())
                                    + " / "
                                    + Money.quantity(value.value().high()))
                            + " "
                            + key.unit()
                            + ", "
                            + value.origin().words()
                            + (value.detail().isEmpty() ? "" : " (" + value.detail() + ")"))));
  }

  private void sources(List<String> text) {
    text.add("");
    text.add("Prices");
    prices
        .lists()
        .forEach(
            list ->
                text.add("  " + list.cloud() + ": " + list.region() + ", in " + list.currency()));
    Set<String> sources = new LinkedHashSet<>();
    for (Line line : bill.lines()) {
      if (line instanceof Line.Charged charged) {
        Source source = charged.charge().meter().source();
        if (!source.url().isEmpty()) {
          sources.add("  " + word(source.kind()) + " " + source.read() + "  " + source.url());
        }
      }
    }
    text.addAll(sources);
    text.add("  assumed: without a source, so between two limits");
  }

  private static String word(Source.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String row(String amount, String kind, String text) {
    return String.format(Locale.ROOT, LINE, amount, kind, text);
  }
}
