package io.twinloom.deployer.control;

import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a twin is, layer by layer.
 *
 * @param target the target's name
 * @param running whether any of its clouds does what it should
 * @param parts what it consists of
 * @param counts what is counted of it
 * @param notices what an operator should know
 * @param options how the target runs the twin, where that is up to its user
 * @param dashboards where layer 5 is seen, where a cloud has made a place for it
 */
public record StatusReport(
    String target,
    String twin,
    boolean running,
    Parts parts,
    Counts counts,
    Notices notices,
    List<OptionStatus> options,
    Optional<String> dashboards) {

  public StatusReport {
    options = List.copyOf(options);
  }

  /**
   * What a twin consists of.
   *
   * @param tiers empty where nothing can be asked
   * @param stores where the layers keep what they keep
   */
  public record Parts(
      List<LayerStatus> layers,
      List<FunctionStatus> functions,
      List<ConnectionStatus> connections,
      List<RuleStatus> rules,
      List<TierSize> tiers,
      List<StoreStatus> stores) {
    public Parts {
      stores = List.copyOf(stores);
      layers = List.copyOf(layers);
      functions = List.copyOf(functions);
      connections = List.copyOf(connections);
      rules = List.copyOf(rules);
      tiers = List.copyOf(tiers);
    }
  }

  /**
   * What is counted.
   *
   * @param backlog invocations that are accepted and not finished
   * @param counters how often what is only counted has happened, by its name
   */
  public record Counts(long deadLetters, long backlog, Map<String, Long> counters) {
    public Counts {
      counters = Collections.unmodifiableMap(new TreeMap<>(counters));
    }
  }

  /**
   * What an operator should know, for people.
   *
   * @param alarms what to do something about
   * @param change what is under way to become of the twin
   */
  public record Notices(List<String> alarms, List<String> warnings, Optional<ChangeStatus> change) {
    public Notices {
      alarms = List.copyOf(alarms);
      warnings = List.copyOf(warnings);
    }
  }

  public List<LayerStatus> layers() {
    return parts.layers();
  }

  public List<FunctionStatus> functions() {
    return parts.functions();
  }

  public List<ConnectionStatus> connections() {
    return parts.connections();
  }

  public List<RuleStatus> rules() {
    return parts.rules();
  }

  public List<StoreStatus> stores() {
    return parts.stores();
  }

  public Optional<ChangeStatus> change() {
    return notices.change();
  }

  public List<TierSize> tiers() {
    return parts.tiers();
  }

  public long deadLetters() {
    return counts.deadLetters();
  }

  public long backlog() {
    return counts.backlog();
  }

  public Map<String, Long> counters() {
    return counts.counters();
  }

  public List<String> alarms() {
    return notices.alarms();
  }

  public List<String> warnings() {
    return notices.warnings();
  }

  /**
   * A layer.
   *
   * @param healthy whether its cloud runs all its functions
   * @param addresses where it is reached, by protocol: {@code http}, {@code mqtt}
   * @param lastEvent when a function of it last ran, ISO 8601
   */
  public record LayerStatus(
      Layer layer,
      Provider cloud,
      boolean healthy,
      Map<String, URI> addresses,
      Optional<String> lastEvent) {
    public LayerStatus {
      addresses = Collections.unmodifiableMap(new TreeMap<>(addresses));
    }
  }

  /**
   * A function.
   *
   * @param cloudName its name on its cloud
   * @param url where it is reached, where it is exposed
   * @param version what its user code is known by, where it has any: another one is other code
   */
  public record FunctionStatus(
      String name,
      String cloudName,
      Provider cloud,
      Optional<URI> url,
      Work work,
      Optional<String> version) {

    /** A function without user code. */
    public FunctionStatus(
        String name, String cloudName, Provider cloud, Optional<URI> url, Work work) {
      this(name, cloudName, cloud, url, work, Optional.empty());
    }

    /** A function that came to no batches, or whose cloud does not count them. */
    public FunctionStatus(
        String name,
        String cloudName,
        Provider cloud,
        Optional<URI> url,
        long invocations,
        long errors) {
      this(name, cloudName, cloud, url, new Work(invocations, errors, 0));
    }

    public long invocations() {
      return work.invocations();
    }

    public long errors() {
      return work.errors();
    }
  }

  /**
   * What a function has done.
   *
   * @param invocations events that it was given
   * @param errors those of them that failed
   * @param batches runs, each on one event or several; 0 where its cloud does not count them
   */
  public record Work(long invocations, long errors, long batches) {}

  /** Where the value of an option is from. */
  public enum Origin {
    /** The user gave it, now or at an earlier start. */
    GIVEN,
    /** It was free, or likely, when it was chosen, and is kept. */
    CHOSEN,
    /** Nobody gave it. */
    DEFAULT
  }

  /** An option with which the target runs the twin. */
  public record OptionStatus(String name, String value, Origin origin) {}

  /** A connection between two clouds. */
  public record ConnectionStatus(String id, Provider from, Provider to, ConnectionState state) {}

  /**
   * A rule.
   *
   * @param rule its number, from 1
   * @param does its action, for people
   * @param skipped how often its condition could not be evaluated
   */
  public record RuleStatus(int rule, String condition, String does, long fired, long skipped) {}

  /** An empty report, unless the builder says else. */
  public static Builder of(String target, String twin) {
    return new Builder(target, twin);
  }

  /** Takes the parts one by one. */
  public static final class Builder {
    private final String target;
    private final String twin;
    private boolean running;
    private List<LayerStatus> layers = List.of();
    private List<FunctionStatus> functions = List.of();
    private List<ConnectionStatus> connections = List.of();
    private List<RuleStatus> rules = List.of();
    private long deadLetters;
    private List<String> alarms = List.of();
    private long backlog;
    private Map<String, Long> counters = Map.of();
    private List<String> warnings = List.of();
    private List<TierSize> tiers = List.of();
    private List<StoreStatus> stores = List.of();
    private List<OptionStatus> options = List.of();
    private Optional<String> dashboards = Optional.empty();
    private Optional<ChangeStatus> change = Optional.empty();

    private Builder(String target, String twin) {
      this.target = target;
      this.twin = twin;
    }

    public Builder running(boolean value) {
      running = value;
      return this;
    }

    public Builder layers(List<LayerStatus> value) {
      layers = value;
      return this;
    }

    public Builder functions(List<FunctionStatus> value) {
      functions = value;
      return this;
    }

    public Builder connections(List<ConnectionStatus> value) {
      connections = value;
      return this;
    }

    public Builder rules(List<RuleStatus> value) {
      rules = value;
      return this;
    }

    public Builder deadLetters(long value) {
      deadLetters = value;
      return this;
    }

    public Builder alarms(List<String> value) {
      alarms = value;
      return this;
    }

    public Builder backlog(long value) {
      backlog = value;
      return this;
    }

    public Builder counters(Map<String, Long> value) {
      counters = value;
      return this;
    }

    public Builder warnings(List<String> value) {
      warnings = value;
      return this;
    }

    public Builder tiers(List<TierSize> value) {
      tiers = value;
      return this;
    }

    public Builder stores(List<StoreStatus> value) {
      stores = value;
      return this;
    }

    public Builder change(Optional<ChangeStatus> value) {
      change = value;
      return this;
    }

    public Builder options(List<OptionStatus> value) {
      options = value;
      return this;
    }

    public Builder dashboards(Optional<String> value) {
      dashboards = value;
      return this;
    }

    public StatusReport build() {
      return new StatusReport(
          target,
          twin,
          running,
          new Parts(layers, functions, connections, rules, tiers, stores),
          new Counts(deadLetters, backlog, counters),
          new Notices(alarms, warnings, change),
          options,
          dashboards);
    }
  }
}
