package io.twinloom.topology.plan;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.text.Count;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Schedule;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topology;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** A topology as people read it: by cloud and layer, then stores, schedules and connections. */
public final class PlanText {
  /** More processors than this are counted instead of named. */
  static final int NAMED_PROCESSORS = 10;

  private static final int WIDEST_NAME = 40;

  private final Topology topology;
  private final Page page = new Page();

  private PlanText(Topology topology) {
    this.topology = topology;
  }

  /** The text, in lines of at most 100 characters; an exposed thing always says why it is. */
  public static String of(Topology topology) {
    PlanText plan = new PlanText(topology);
    plan.summary();
    for (Provider cloud : Provider.all()) {
      plan.cloud(cloud);
    }
    plan.stores();
    plan.schedules();
    plan.connections();
    plan.legend();
    return plan.page.toString();
  }

  private void summary() {
    List<String> clouds =
        Provider.all().stream()
            .filter(cloud -> topology.functions().stream().anyMatch(f -> f.cloud() == cloud))
            .map(Provider::id)
            .toList();
    long exposed = topology.functions().stream().filter(DeployedFunction::exposed).count();
    page.line(
        "Twin "
            + topology.twin()
            + ": "
            + Count.of(topology.functions().size(), "function")
            + " on "
            + and(clouds)
            + (exposed == 0 ? ", none exposed" : ", " + exposed + " exposed"));
  }

  private static String and(List<String> words) {
    String last = words.getLast();
    List<String> first = words.subList(0, words.size() - 1);
    return first.isEmpty() ? last : String.join(", ", first) + " and " + last;
  }

  private void cloud(Provider cloud) {
    List<DeployedFunction> here =
        topology.functions().stream().filter(f -> f.cloud() == cloud).toList();
    if (here.isEmpty()) {
      return;
    }
    page.heading(cloud.id());
    int column = 7 + widest(here, DeployedFunction::name);
    for (Layer layer : Layer.values()) {
      List<DeployedFunction> functions = here.stream().filter(f -> f.layer() == layer).toList();
      if (!functions.isEmpty()) {
        page.line("  " + layer.title());
        functions(functions, column);
      }
    }
  }

  private void functions(List<DeployedFunction> functions, int column) {
    int processors = 0;
    for (DeployedFunction f : functions) {
      boolean named = f.kind() != FunctionKind.USER_PROCESSOR || ++processors <= NAMED_PROCESSORS;
      if (named) {
        page.row("  " + mark(f) + "  " + f.name(), column, f.why());
      }
    }
    if (processors > NAMED_PROCESSORS) {
      page.line("     and " + (processors - NAMED_PROCESSORS) + " more processors of the user's");
    }
  }

  private static String mark(DeployedFunction f) {
    return f.exposed() ? "⇒" : " ";
  }

  private void stores() {
    List<Store> stores = topology.stores();
    page.heading("Stores");
    int column = 4 + widest(stores, Store::name);
    for (Store store : stores) {
      String kind = store.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      page.row("  " + store.name(), column, kind + " on " + store.cloud().id());
    }
  }

  private void schedules() {
    if (topology.schedules().isEmpty()) {
      return;
    }
    page.heading("Schedules");
    int column = 4 + widest(topology.schedules(), Schedule::function);
    for (Schedule schedule : topology.schedules()) {
      page.row("  " + schedule.function(), column, schedule.what());
    }
  }

  private void connections() {
    if (topology.connections().isEmpty()) {
      page.heading("Connections: none, so nothing is exposed");
      return;
    }
    page.heading("Connections, each with a token of its own");
    int column = 4 + widest(topology.connections(), Connection::id);
    for (Connection c : topology.connections()) {
      List<String> senders = c.senders();
      String sender = senders.isEmpty() ? "readers on " + c.from().id() : and(senders);
      page.row("  " + c.id(), column, sender + " ⇒ " + c.receiver().name());
    }
  }

  private void legend() {
    if (topology.functions().stream().anyMatch(DeployedFunction::exposed)) {
      page.line("");
      page.line("⇒ exposed: an HTTPS endpoint that only opens to a token");
    }
  }

  private static <T> int widest(List<T> things, Function<T, String> name) {
    Stream<Integer> lengths = things.stream().map(name).map(String::length);
    return Math.min(WIDEST_NAME, lengths.max(Integer::compare).orElse(0));
  }
}
