package io.twinloom.cli.command;

import io.twinloom.cost.estimate.Estimate;
import io.twinloom.cost.placement.Candidate;
import io.twinloom.cost.placement.Latency;
import io.twinloom.cost.placement.Optimization;
import io.twinloom.cost.placement.WhatIf;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Problem;
import io.twinloom.model.Provider;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Placements compared, for people. */
final class PlacementText {

  private static final String ROW = "%-12s %10s %6s %9s %7s  %s";

  private PlacementText() {}

  /**
   * All placements compared.
   *
   * @param top how many of the front are shown
   */
  static List<String> of(Optimization optimization, int top) {
    Optimization.Choices choices = optimization.choices();
    List<String> text = new ArrayList<>();
    text.add(
        optimization.examined()
            + " placements priced, in "
            + optimization.currency()
            + " a month; latency from device to hot store and of a query, in ms");
    text.add("");
    text.add(row("", "cost", "clouds", "crossings", "latency", columns()));
    text.add(row("now", choices.current()));
    text.add(row("best", choices.best()));
    choices.fewerClouds().ifPresent(fewer -> text.add(row("fewer clouds", fewer)));
    text.add(row("recommended", choices.recommended()));
    text.add("");
    text.add("The best costs between " + Money.range(choices.bestRange()) + reason(choices));
    text.add("");
    text.add("No other placement is better in cost, crossings and latency than these:");
    optimization.front().stream().limit(top).forEach(c -> text.add(row("", c)));
    if (optimization.front().size() > top) {
      text.add("and " + (optimization.front().size() - top) + " more (--top N)");
    }
    return text;
  }

  private static String reason(Optimization.Choices choices) {
    if (choices.fewerClouds().isEmpty()) {
      return "; it is on one cloud already.";
    }
    return choices.recommended() == choices.best()
        ? "; fewer clouds cost more than that."
        : "; the one with fewer clouds is within that, so it is recommended.";
  }

  private static String columns() {
    List<String> titles = new ArrayList<>();
    for (Layer layer : Layer.values()) {
      titles.add(String.format(Locale.ROOT, "%-10s", layer.title()));
    }
    return String.join(" ", titles).strip();
  }

  private static String row(String name, Candidate candidate) {
    Latency latency = candidate.latency();
    return row(
        name,
        Money.of(candidate.cost()),
        String.valueOf(candidate.clouds().size()),
        String.valueOf(candidate.crossings()),
        whole(latency.stored()) + "/" + whole(latency.read()),
        placement(candidate.placement()));
  }

  private static String row(
      String name, String cost, String clouds, String crossings, String latency, String layers) {
    return String.format(Locale.ROOT, ROW, name, cost, clouds, crossings, latency, layers);
  }

  private static String whole(Estimate estimate) {
    return estimate.expected().setScale(0, RoundingMode.HALF_UP).toPlainString();
  }

  private static String placement(Placement placement) {
    List<String> clouds = new ArrayList<>();
    for (Layer layer : Layer.values()) {
      String cloud = placement.of(layer).map(Provider::id).orElse("none");
      clouds.add(String.format(Locale.ROOT, "%-10s", cloud));
    }
    return String.join(" ", clouds).strip();
  }

  /**
   * What a move of layers changes.
   *
   * @param problems what makes the project invalid afterwards
   */
  static List<String> of(WhatIf whatIf, List<Problem> problems) {
    String currency = whatIf.before().bill().currency();
    List<String> text = new ArrayList<>();
    text.add(
        "Cost: "
            + Money.of(whatIf.before().bill().total().expected())
            + " before, "
            + Money.range(whatIf.after().bill().total())
            + " after: "
            + Money.change(
                whatIf.before().bill().total().expected(), whatIf.after().bill().total().expected())
            + " "
            + currency
            + " a month");
    text.add(
        "Latency: a measurement is stored in "
            + whole(whatIf.before().latency().stored())
            + " ms before, "
            + whole(whatIf.after().latency().stored())
            + " ms after; a query takes "
            + whole(whatIf.before().latency().read())
            + " ms before, "
            + whole(whatIf.after().latency().read())
            + " ms after (assumed)");
    text.add(
        "Connections between clouds: "
            + whatIf.before().crossings()
            + " before, "
            + whatIf.after().crossings()
            + " after");
    text.add("");
    text.add("What changes");
    whatIf.changes().text().lines().map(line -> "  " + line).forEach(text::add);
    exposed(whatIf, text);
    data(whatIf, text);
    if (!problems.isEmpty()) {
      text.add("");
      text.add("The project would be invalid");
      problems.forEach(p -> text.add("  " + p.file() + ": " + p.message() + " " + p.fix()));
    }
    return text;
  }

  private static void exposed(WhatIf whatIf, List<String> text) {
    text.add("");
    if (whatIf.exposed().isEmpty()) {
      text.add("No endpoint opens.");
      return;
    }
    text.add("Endpoints that open, each guarded by a token");
    whatIf
        .exposed()
        .forEach(e -> text.add("  " + e.function() + " on " + e.cloud().id() + ": " + e.why()));
  }

  private static void data(WhatIf whatIf, List<String> text) {
    text.add("");
    if (whatIf.data().isEmpty()) {
      text.add("No stored data is left behind.");
      return;
    }
    text.add("Stored data on the former cloud");
    BigDecimal gib = BigDecimal.valueOf(1L << 30);
    for (WhatIf.StoredData data : whatIf.data()) {
      text.add(
          "  "
              + data.layer().title()
              + " on "
              + data.from().id()
              + ": about "
              + Money.quantity(data.bytes().divide(gib, 6, RoundingMode.HALF_UP))
              + " GiB. "
              + data.how());
    }
  }
}
