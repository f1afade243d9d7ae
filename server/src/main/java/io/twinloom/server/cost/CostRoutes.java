package io.twinloom.server.cost;

import io.twinloom.cost.CostModel;
import io.twinloom.cost.bill.Bill;
import io.twinloom.cost.codec.CostJson;
import io.twinloom.cost.codec.PlacementJson;
import io.twinloom.cost.placement.PlacementFile;
import io.twinloom.cost.placement.Placements;
import io.twinloom.cost.placement.WhatIf;
import io.twinloom.cost.price.Prices;
import io.twinloom.cost.usage.DerivedUsage;
import io.twinloom.cost.usage.Usage;
import io.twinloom.cost.usage.UsageFile;
import io.twinloom.cost.usage.UsageKey;
import io.twinloom.cost.usage.UsageValue;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Placement;
import io.twinloom.model.Problem;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Routes;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Prices a twin's plan and compares its placements, as the commands do. */
public final class CostRoutes {

  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(2);
  private static final double LARGEST_BUDGET = 1e12;

  private static final String USAGE = "usage";
  private static final String MEASURED = "measured";
  private static final String WINDOW_MEMBER = "window";
  private static final String WITHOUT_ALLOWANCES = "noAllowances";

  private final Function<ApiRequest, PreparedProject> projects;
  private final Function<ApiRequest, TwinControl> twins;
  private final Prices prices;
  private final InstantSource clock;

  /**
   * @param projects the project that a request is about
   * @param twins what its running twin is asked through
   * @param clock says how old the prices are
   */
  public CostRoutes(
      Function<ApiRequest, PreparedProject> projects,
      Function<ApiRequest, TwinControl> twins,
      Prices prices,
      InstantSource clock) {
    this.projects = projects;
    this.twins = twins;
    this.prices = prices;
    this.clock = clock;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .post("/projects/{project}/cost", this::cost)
        .post("/projects/{project}/optimize", this::optimize)
        .post("/projects/{project}/what-if", this::whatIf);
  }

  private record Basis(
      PreparedProject project, CostModel model, Usage usage, List<String> warnings) {}

  private JsonObject cost(ApiRequest request) {
    Parameters members =
        request.members(USAGE, MEASURED, WINDOW_MEMBER, WITHOUT_ALLOWANCES, "budget");
    Basis basis = basis(request, members);
    Bill bill = basis.model().cost(basis.project().project(), basis.usage());
    JsonObject json = CostJson.of(bill, basis.usage(), prices, basis.warnings());
    return members
        .decimal("budget", 0, LARGEST_BUDGET)
        .map(
            budget ->
                json.toBuilder()
                    .put(
                        "withinBudget",
                        bill.total().expected().compareTo(BigDecimal.valueOf(budget)) <= 0)
                    .build())
        .orElse(json);
  }

  private JsonObject optimize(ApiRequest request) {
    Parameters members =
        request.members(USAGE, MEASURED, WINDOW_MEMBER, WITHOUT_ALLOWANCES, "pins");
    Basis basis = basis(request, members);
    Placement placement = basis.project().project().placement();
    JsonObject pins = members.object("pins").orElse(JsonObject.EMPTY);
    return PlacementJson.of(
        basis
            .model()
            .optimize(basis.project().project(), basis.usage(), Placements.parse(pins, placement)));
  }

  private JsonObject whatIf(ApiRequest request) {
    Parameters members =
        request.members(USAGE, MEASURED, WINDOW_MEMBER, WITHOUT_ALLOWANCES, "placement");
    Basis basis = basis(request, members);
    Placement placement = basis.project().project().placement();
    JsonObject moves = members.object("placement").orElse(JsonObject.EMPTY);
    WhatIf whatIf =
        basis
            .model()
            .whatIf(basis.project().project(), basis.usage(), Placements.parse(moves, placement));
    return PlacementJson.of(whatIf, problems(basis.project(), whatIf.after().placement()));
  }

  private static List<Problem> problems(PreparedProject project, Placement placement) {
    try (ProjectFiles files = ProjectSource.open(project.source())) {
      return PlacementFile.problems(files, placement);
    } catch (IOException | TwinloomException e) {
      // The twin runs from a copy: what has become of the folder since says nothing about it.
      return List.of();
    }
  }

  private Basis basis(ApiRequest request, Parameters members) {
    PreparedProject project = projects.apply(request);
    Map<UsageKey, UsageValue> derived = DerivedUsage.of(project.project());
    List<Map<UsageKey, UsageValue>> sources = new ArrayList<>(List.of(derived, input(project)));
    members.object(USAGE).ifPresent(usage -> sources.add(UsageFile.read(usage, "/" + USAGE)));
    List<String> warnings = new ArrayList<>();
    boolean allowances = !members.flag(WITHOUT_ALLOWANCES);
    Duration window = members.duration(WINDOW_MEMBER, LONGEST_WINDOW).orElse(WINDOW);
    if (members.flag(MEASURED)) {
      Map<UsageKey, UsageValue> measured =
          new RunningUsage(twins.apply(request), project.project()).measure(window);
      sources.add(measured);
      if (!measured.containsKey(UsageKey.INTERVAL)) {
        warnings.add(
            "No message came in within " + window.toSeconds() + " s, so no rate was measured.");
      }
    }
    Usage usage = Usage.of(sources);
    warnings.addAll(prices.warnings(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
    warnings.addAll(usage.warnings(derived));
    return new Basis(project, new CostModel(prices, allowances), usage, warnings);
  }

  private static Map<UsageKey, UsageValue> input(PreparedProject project) {
    try (ProjectFiles files = ProjectSource.open(project.source())) {
      return UsageFile.readInput(files);
    } catch (IOException | TwinloomException e) {
      // The twin runs from a copy: what has become of the folder since says nothing about it.
      return Map.of();
    }
  }
}
