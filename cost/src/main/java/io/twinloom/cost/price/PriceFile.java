package io.twinloom.cost.price;

import io.twinloom.cost.demand.Use;
import io.twinloom.cost.estimate.Estimate;
import io.twinloom.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a price list from its file. */
public final class PriceFile {

  private final Fields file;
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Map<String, Meter> meters = new TreeMap<>();

  private PriceFile(Fields file) {
    this.file = file;
  }

  /**
   * The price list of a file.
   *
   * @param name the file's name, for messages
   * @throws io.twinloom.model.TwinloomException if something is missing or wrong, with its place
   */
  public static PriceList read(JsonObject content, String name) {
    return new PriceFile(new Fields(content, name, "")).read();
  }

  private PriceList read() {
    for (String id : file.object("sources").names()) {
      sources.put(id, source(file.object("sources").object(id)));
    }
    for (String id : file.object("meters").names()) {
      meters.put(id, meter(id, file.object("meters").object(id)));
    }
    Map<Use, List<Charge>> charges = new EnumMap<>(Use.class);
    for (Fields charge : file.objects("charges")) {
      Charge read = charge(charge);
      charges.computeIfAbsent(read.use(), use -> new ArrayList<>()).add(read);
    }
    Map<Use, String> none = new EnumMap<>(Use.class);
    Fields reasons = file.object("none");
    for (String id : reasons.names()) {
      none.put(use(reasons, id), reasons.text(id));
    }
    for (Use use : Use.values()) {
      if (charges.containsKey(use) == none.containsKey(use)) {
        throw file.wrong(
            "charges",
            "\""
                + use.id()
                + (none.containsKey(use)
                    ? "\" has a charge and a reason for none."
                    : "\" has neither a charge nor, in \"none\", a reason why it has none."));
      }
    }
    return new PriceList(
        file.text("cloud"),
        file.text("region"),
        file.text("currency"),
        meters,
        charges,
        none,
        queues());
  }

  private PriceList.Queues queues() {
    if (!file.has("queues")) {
      return PriceList.Queues.SINGLE;
    }
    Fields queues = file.object("queues");
    BigDecimal pollers = queues.number("pollers");
    BigDecimal most = queues.number("most");
    if (pollers.signum() == 0 || most.compareTo(BigDecimal.ONE) < 0) {
      throw queues.wrong("pollers", "There is one poller at least, and one event in a batch.");
    }
    return new PriceList.Queues(pollers, queues.number("windowSeconds"), most);
  }

  private static Source source(Fields fields) {
    Source.Kind kind = fields.choice("kind", Source.Kind.values());
    String url = fields.optional("url");
    if (url.isEmpty() && kind != Source.Kind.ASSUMED) {
      throw fields.wrong("url", "A price that is not assumed has an address.");
    }
    return new Source(kind, url, fields.date("read"));
  }

  private Meter meter(String id, Fields fields) {
    Source source = known(sources, fields, "source");
    boolean assumed = source.kind() == Source.Kind.ASSUMED;
    BigDecimal per = fields.number("per");
    if (per.stripTrailingZeros().unscaledValue().compareTo(BigInteger.ONE) != 0) {
      throw fields.wrong("per", "The quantity of a price is a power of ten.");
    }
    Tariff tariff;
    if (fields.has("editions")) {
      tariff =
          new Tariff.Units(fields.objects("editions").stream().map(PriceFile::edition).toList());
    } else {
      List<Tariff.Tier> tiers = new ArrayList<>();
      for (Fields tier : fields.objects("tiers")) {
        tiers.add(new Tariff.Tier(tier.number("from"), price(tier, assumed)));
      }
      check(fields, tiers);
      tariff = new Tariff.Tiered(tiers);
    }
    Meter.About about =
        new Meter.About(
            fields.text("service"),
            fields.text("item"),
            fields.text("unit"),
            fields.optional("note"));
    return new Meter(id, about, per, fields.number("allowance", "0"), tariff, source);
  }

  private static void check(Fields fields, List<Tariff.Tier> tiers) {
    BigDecimal before = BigDecimal.ONE.negate();
    for (Tariff.Tier tier : tiers) {
      if (tier.from().compareTo(before) <= 0) {
        throw fields.wrong("tiers", "Tiers begin at 0 and rise.");
      }
      before = tier.from();
    }
    if (tiers.isEmpty() || tiers.getFirst().from().signum() != 0) {
      throw fields.wrong("tiers", "Tiers begin at 0 and rise.");
    }
  }

  private static Tariff.Edition edition(Fields fields) {
    return new Tariff.Edition(
        fields.text("name"),
        price(fields, false),
        fields.number("capacity"),
        fields.number("most"));
  }

  private static Estimate price(Fields fields, boolean assumed) {
    BigDecimal price = fields.number("price");
    if (assumed && !(fields.has("low") && fields.has("high"))) {
      throw fields.wrong("price", "An assumed price has \"low\" and \"high\".");
    }
    Estimate estimate =
        new Estimate(fields.number("low", price), price, fields.number("high", price));
    if (estimate.low().compareTo(price) > 0 || price.compareTo(estimate.high()) > 0) {
      throw fields.wrong("price", "A price is between its \"low\" and \"high\".");
    }
    return estimate;
  }

  private Charge charge(Fields fields) {
    Use use = use(fields, fields.text("for"));
    Measure measure =
        Measure.of(fields.text("measure"))
            .orElseThrow(() -> fields.wrong("measure", "The measure is not known."));
    Meter meter = known(meters, fields, "meter");
    Charge.Runtime runtime =
        new Charge.Runtime(
            fields.number("roundMillis", "0"),
            fields.number("minimumMillis", "0"),
            fields.number("memoryMib", "0"),
            fields.number("processors", "1"),
            fields.number("concurrency", "0"));
    boolean sized = measure == Measure.BYTES || measure == Measure.STORED;
    Charge.Rounding rounding =
        new Charge.Rounding(
            fields.number("blockBytes", "0"),
            sized ? fields.number("unitBytes") : BigDecimal.ONE,
            fields.number("minimumBytes", "0"),
            fields.number("overheadBytes", "0"),
            fields.number("minimumDays", "0"),
            runtime);
    return new Charge(
        use, meter, measure, fields.number("times", "1"), rounding, fields.optional("note"));
  }

  private static Use use(Fields fields, String id) {
    return Use.of(id).orElseThrow(() -> fields.wrong(id, "\"" + id + "\" is not a known use."));
  }

  private static <T> T known(Map<String, T> things, Fields fields, String key) {
    T thing = things.get(fields.text(key));
    if (thing == null) {
      throw fields.wrong(key, "\"" + fields.text(key) + "\" is not in this file.");
    }
    return thing;
  }
}
