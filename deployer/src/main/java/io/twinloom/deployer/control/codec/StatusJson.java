package io.twinloom.deployer.control.codec;

import io.twinloom.deployer.control.ConnectionState;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.StatusReport.ConnectionStatus;
import io.twinloom.deployer.control.StatusReport.FunctionStatus;
import io.twinloom.deployer.control.StatusReport.LayerStatus;
import io.twinloom.deployer.control.StatusReport.OptionStatus;
import io.twinloom.deployer.control.StatusReport.Origin;
import io.twinloom.deployer.control.StatusReport.RuleStatus;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@link StatusReport} as JSON. */
public final class StatusJson {

  private static final List<String> PROTOCOLS = List.of("http", "mqtt");

  private StatusJson() {}

  /** Writes it. */
  public static JsonObject write(StatusReport status) {
    JsonObject.Builder counters = JsonObject.builder();
    status.counters().forEach(counters::put);
    JsonObject.Builder json =
        JsonObject.builder()
            .put("target", status.target())
            .put("twin", status.twin())
            .put("running", status.running())
            .put("layers", Members.array(status.layers(), StatusJson::layer))
            .put("functions", Members.array(status.functions(), StatusJson::function))
            .put("connections", Members.array(status.connections(), StatusJson::connection))
            .put("rules", Members.array(status.rules(), StatusJson::rule))
            .put("deadLetters", status.deadLetters())
            .put("alarms", JsonArray.ofTexts(status.alarms()))
            .put("backlog", status.backlog())
            .put("counters", counters.build())
            .put("warnings", JsonArray.ofTexts(status.warnings()));
    if (!status.tiers().isEmpty()) {
      json.put("tiers", tiers(status.tiers()));
    }
    if (!status.options().isEmpty()) {
      json.put("options", Members.array(status.options(), StatusJson::option));
    }
    if (!status.stores().isEmpty()) {
      json.put("stores", Members.array(status.stores(), ChangeStatusJson::write));
    }
    status.dashboards().ifPresent(url -> json.put("dashboards", url));
    status.change().ifPresent(change -> json.put("change", ChangeStatusJson.write(change)));
    return json.build();
  }

  /** The sizes of tiers alone. */
  public static JsonArray tiers(List<TierSize> tiers) {
    return Members.array(tiers, StatusJson::tier);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static StatusReport read(JsonObject json) {
    Map<String, Long> counters = new TreeMap<>();
    JsonObject counted = json.object("counters").orElse(JsonObject.EMPTY);
    counted.members().keySet().forEach(name -> counters.put(name, Members.number(counted, name)));
    return StatusReport.of(Members.text(json, "target"), Members.text(json, "twin"))
        .running(Members.flag(json, "running"))
        .layers(Members.list(json, "layers", StatusJson::layer))
        .functions(Members.list(json, "functions", StatusJson::function))
        .connections(Members.list(json, "connections", StatusJson::connection))
        .rules(Members.list(json, "rules", StatusJson::rule))
        .deadLetters(Members.number(json, "deadLetters"))
        .alarms(Members.texts(json, "alarms"))
        .backlog(Members.number(json, "backlog"))
        .counters(counters)
        .warnings(Members.texts(json, "warnings"))
        .tiers(Members.list(json, "tiers", StatusJson::tier))
        .options(Members.list(json, "options", StatusJson::option))
        .stores(Members.list(json, "stores", ChangeStatusJson::store))
        .dashboards(json.text("dashboards"))
        .change(json.object("change").map(ChangeStatusJson::change))
        .build();
  }

  private static JsonObject layer(LayerStatus layer) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("layer", layer.layer().title())
            .put("cloud", layer.cloud().id())
            .put("healthy", layer.healthy());
    layer.addresses().forEach((protocol, address) -> json.put(protocol, address.toString()));
    layer.lastEvent().ifPresent(t -> json.put("lastEvent", t));
    return json.build();
  }

  private static LayerStatus layer(JsonObject json) {
    Map<String, URI> addresses = new TreeMap<>();
    PROTOCOLS.forEach(p -> json.text(p).ifPresent(uri -> addresses.put(p, URI.create(uri))));
    return new LayerStatus(
        Members.layer(json, "layer"),
        Members.provider(json, "cloud"),
        Members.flag(json, "healthy"),
        addresses,
        json.text("lastEvent"));
  }

  private static JsonObject function(FunctionStatus function) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("name", function.name())
            .put("cloudName", function.cloudName())
            .put("cloud", function.cloud().id());
    function.url().ifPresent(url -> json.put("url", url.toString()));
    json.put("invocations", function.invocations()).put("errors", function.errors());
    if (function.work().batches() > 0) {
      json.put("batches", function.work().batches());
    }
    function.version().ifPresent(version -> json.put("version", version));
    return json.build();
  }

  private static FunctionStatus function(JsonObject json) {
    return new FunctionStatus(
        Members.text(json, "name"),
        Members.text(json, "cloudName"),
        Members.provider(json, "cloud"),
        json.text("url").map(URI::create),
        new StatusReport.Work(
            Members.number(json, "invocations"),
            Members.number(json, "errors"),
            json.has("batches") ? Members.number(json, "batches") : 0),
        json.text("version"));
  }

  private static JsonObject connection(ConnectionStatus connection) {
    return JsonObject.builder()
        .put("id", connection.id())
        .put("from", connection.from().id())
        .put("to", connection.to().id())
        .put("state", connection.state().id())
        .build();
  }

  private static ConnectionStatus connection(JsonObject json) {
    return new ConnectionStatus(
        Members.text(json, "id"),
        Members.provider(json, "from"),
        Members.provider(json, "to"),
        ConnectionState.of(Members.text(json, "state"))
            .orElseThrow(() -> new IllegalArgumentException("state")));
  }

  private static JsonObject rule(RuleStatus rule) {
    return JsonObject.builder()
        .put("rule", rule.rule())
        .put("condition", rule.condition())
        .put("does", rule.does())
        .put("fired", rule.fired())
        .put("skipped", rule.skipped())
        .build();
  }

  private static RuleStatus rule(JsonObject json) {
    return new RuleStatus(
        (int) Members.number(json, "rule"),
        Members.text(json, "condition"),
        Members.text(json, "does"),
        Members.number(json, "fired"),
        Members.number(json, "skipped"));
  }

  private static JsonObject option(OptionStatus option) {
    return JsonObject.builder()
        .put("name", option.name())
        .put("value", option.value())
        .put("origin", option.origin().name().toLowerCase(Locale.ROOT))
        .build();
  }

  private static OptionStatus option(JsonObject json) {
    return new OptionStatus(
        Members.text(json, "name"),
        Members.text(json, "value"),
        Origin.valueOf(Members.text(json, "origin").toUpperCase(Locale.ROOT)));
  }

  private static JsonObject tier(TierSize size) {
    JsonObject.Builder json =
        JsonObject.builder().put("tier", size.tier().title()).put("cloud", size.cloud().id());
    return switch (size) {
      case TierSize.Items hot -> json.put("items", hot.items()).build();
      case TierSize.Chunks colder ->
          json.put("chunks", colder.chunks())
              .put("bytes", colder.bytes())
              .put("storedBytes", colder.storedBytes())
              .build();
    };
  }

  private static TierSize tier(JsonObject json) {
    Layer tier = Members.layer(json, "tier");
    Provider cloud = Members.provider(json, "cloud");
    return json.has("items")
        ? new TierSize.Items(tier, cloud, Members.number(json, "items"))
        : new TierSize.Chunks(
            tier,
            cloud,
            Members.number(json, "chunks"),
            Members.number(json, "bytes"),
            Members.number(json, "storedBytes"));
  }
}
