package io.twinloom.deployer;

import io.twinloom.deployer.control.ChangeStatus;
import io.twinloom.deployer.control.ConnectionState;
import io.twinloom.deployer.control.StatusReport.OptionStatus;
import io.twinloom.model.Provider;
import io.twinloom.topology.FunctionId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a target knows of its twin, beside what its clouds say of functions and stores.
 *
 * @param target the target's name
 * @param reach where its clouds and functions are reached
 * @param connections how each connection is that has address and token, by its id
 * @param backlog invocations that are accepted and not finished
 * @param counters how often what is only counted has happened, by its name
 * @param operation how the target runs the twin
 * @param dashboards where layer 5 is seen
 */
public record TargetState(
    String target,
    Reach reach,
    Map<String, ConnectionState> connections,
    long backlog,
    Map<String, Long> counters,
    List<String> warnings,
    Operation operation,
    Optional<String> dashboards) {
  public TargetState {
    connections = Map.copyOf(connections);
    counters = Map.copyOf(counters);
    warnings = List.copyOf(warnings);
  }

  /**
   * How a target runs a twin.
   *
   * @param options what is up to its user
   * @param change what is under way to become of the twin
   * @param lastSeen the devices that were last seen on each cloud, and when, while the twin lets
   *     devices in on several
   */
  public record Operation(
      List<OptionStatus> options,
      Optional<ChangeStatus> change,
      Map<Provider, Map<String, Instant>> lastSeen) {
    public Operation {
      options = List.copyOf(options);
      lastSeen = Map.copyOf(lastSeen);
    }
  }

  /** What is up to the user of how the target runs the twin. */
  public List<OptionStatus> options() {
    return operation.options();
  }

  /** What is under way to become of the twin. */
  public Optional<ChangeStatus> change() {
    return operation.change();
  }

  /** The devices that were last seen on each cloud, and when. */
  public Map<Provider, Map<String, Instant>> lastSeen() {
    return operation.lastSeen();
  }

  /**
   * Where a twin is reached.
   *
   * @param addresses where each cloud is, by protocol: {@code http}, {@code mqtt}
   * @param urls where each exposed function is that is not at its cloud's {@code http}
   */
  public record Reach(Map<Provider, Map<String, URI>> addresses, Map<FunctionId, URI> urls) {
    public Reach {
      addresses = Map.copyOf(addresses);
      urls = Map.copyOf(urls);
    }
  }

  /** Where each cloud is reached, by protocol. */
  public Map<Provider, Map<String, URI>> addresses() {
    return reach.addresses();
  }

  /** Where each exposed function is reached that is not at its cloud's {@code http}. */
  public Map<FunctionId, URI> urls() {
    return reach.urls();
  }

  /** The same state with other warnings. */
  TargetState withWarnings(List<String> all) {
    return new TargetState(
        target, reach, connections, backlog, counters, all, operation, dashboards);
  }

  /** A state of which nothing is known, unless the builder says else. */
  public static Builder of(String target) {
    return new Builder(target);
  }

  /** Takes the parts one by one. */
  public static final class Builder {
    private final String target;
    private Map<Provider, Map<String, URI>> addresses = Map.of();
    private Map<FunctionId, URI> urls = Map.of();
    private Map<String, ConnectionState> connections = Map.of();
    private long backlog;
    private Map<String, Long> counters = Map.of();
    private List<String> warnings = List.of();
    private List<OptionStatus> options = List.of();
    private Optional<String> dashboards = Optional.empty();
    private Optional<ChangeStatus> change = Optional.empty();
    private Map<Provider, Map<String, Instant>> lastSeen = Map.of();

    private Builder(String target) {
      this.target = target;
    }

    public Builder addresses(Map<Provider, Map<String, URI>> value) {
      addresses = value;
      return this;
    }

    public Builder urls(Map<FunctionId, URI> value) {
      urls = value;
      return this;
    }

    public Builder connections(Map<String, ConnectionState> value) {
      connections = value;
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

    public Builder options(List<OptionStatus> value) {
      options = value;
      return this;
    }

    public Builder change(Optional<ChangeStatus> value) {
      change = value;
      return this;
    }

    public Builder lastSeen(Map<Provider, Map<String, Instant>> value) {
      lastSeen = value;
      return this;
    }

    public Builder dashboards(Optional<String> value) {
      dashboards = value;
      return this;
    }

    public TargetState build() {
      return new TargetState(
          target,
          new Reach(addresses, urls),
          connections,
          backlog,
          counters,
          warnings,
          new Operation(options, change, lastSeen),
          dashboards);
    }
  }
}
