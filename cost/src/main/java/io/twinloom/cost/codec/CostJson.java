package io.twinloom.cost.codec;

import io.twinloom.cost.bill.Bill;
import io.twinloom.cost.bill.Line;
import io.twinloom.cost.demand.Component;
import io.twinloom.cost.estimate.Estimate;
import io.twinloom.cost.placement.Placements;
import io.twinloom.cost.price.Meter;
import io.twinloom.cost.price.PriceList;
import io.twinloom.cost.price.Prices;
import io.twinloom.cost.price.Source;
import io.twinloom.cost.usage.Usage;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A bill as JSON, with the usage and the price lists that it follows from. */
public final class CostJson {

  private CostJson() {}

  /**
   * The result of {@code cost}.
   *
   * @param warnings sentences about prices and usage
   */
  public static JsonObject of(Bill bill, Usage usage, Prices prices, List<String> warnings) {
    return JsonObject.builder()
        .put("currency", bill.currency())
        .put("total", Numbers.of(bill.total()))
        .put("clouds", clouds(bill.byCloud()))
        .put("layers", layers(bill.byLayer()))
        .put("connections", Numbers.of(bill.connections()))
        .put("lines", new JsonArray(bill.lines().stream().map(CostJson::line).toList()))
        .put("usage", usage(usage))
        .put("prices", new JsonArray(prices.lists().stream().map(CostJson::list).toList()))
        .put("warnings", JsonArray.ofTexts(warnings))
        .build();
  }

  /** The numbers of a usage, each with its origin. */
  public static JsonArray usage(Usage usage) {
    return new JsonArray(
        usage.values().entrySet().stream()
            .<JsonValue>map(
                entry ->
                    JsonObject.builder()
                        .put("name", entry.getKey().id())
                        .put("value", Numbers.of(entry.getValue().value()))
                        .put("unit", entry.getKey().unit())
                        .put("origin", word(entry.getValue().origin()))
                        .put("detail", entry.getValue().detail())
                        .build())
            .toList());
  }

  private static JsonValue list(PriceList list) {
    return JsonObject.builder()
        .put("cloud", list.cloud())
        .put("region", list.region())
        .put("currency", list.currency())
        .build();
  }

  private static JsonObject clouds(Map<Provider, Estimate> sums) {
    JsonObject.Builder json = JsonObject.builder();
    sums.forEach((cloud, sum) -> json.put(cloud.id(), Numbers.of(sum)));
    return json.build();
  }

  static JsonObject layers(Map<Layer, Estimate> sums) {
    JsonObject.Builder json = JsonObject.builder();
    sums.forEach((layer, sum) -> json.put(Placements.id(layer), Numbers.of(sum)));
    return json.build();
  }

  private static JsonValue line(Line line) {
    Component component = line.component();
    JsonObject.Builder json =
        JsonObject.builder()
            .put("part", word(component.part()))
            .put("name", component.name())
            .put("layer", component.layer().map(Placements::id).orElse(""))
            .put("cloud", component.cloud().id())
            .put("use", line.use().id())
            .put("amount", Numbers.of(line.amount()));
    return switch (line) {
      case Line.Free free -> json.put("noCharge", free.reason()).build();
      case Line.Charged charged -> charged(charged, json).build();
    };
  }

  private static JsonObject.Builder charged(Line.Charged line, JsonObject.Builder json) {
    Meter meter = line.charge().meter();
    Source source = meter.source();
    String note =
        String.join(
            " ",
            List.of(line.charge().note(), meter.about().note()).stream()
                .filter(text -> !text.isEmpty())
                .toList());
    return json.put("service", meter.about().service())
        .put("item", meter.about().item())
        .put("quantity", Numbers.of(line.quantity()))
        .put("unit", meter.about().unit())
        .put("price", Numbers.of(meter.tariff().firstPrice()))
        .put("per", Numbers.of(meter.per()))
        .put("allowance", Numbers.of(line.allowance()))
        .put("kind", word(source.kind()))
        .put("source", source.url())
        .put("read", source.read().toString())
        .put("note", note);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
