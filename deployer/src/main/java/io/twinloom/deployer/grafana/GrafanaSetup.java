package io.twinloom.deployer.grafana;

import io.twinloom.deployer.Pause;
import io.twinloom.deployer.Progress;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import java.time.Duration;

/**
 * Sets up a Grafana that a cloud runs: plugin, data source, folder, dashboards, in this order,
 * since each needs the one before. May be done again at any time, also after it was cut off.
 */
public final class GrafanaSetup {

  /** Installing takes Grafana seconds, in which its other answers may fail. */
  private static final Duration STEP = Duration.ofSeconds(3);

  private static final int STEPS = 60;

  private final GrafanaApi grafana;
  private final Pause pause;
  private final Progress progress;

  public GrafanaSetup(GrafanaApi grafana, Pause pause, Progress progress) {
    this.grafana = grafana;
    this.pause = pause;
    this.progress = progress;
  }

  /**
   * Makes Grafana show what the view says.
   *
   * @throws TwinloomException if Grafana does not; what was made stays
   */
  public void make(ManagedView view) {
    plugin(view);
    view.sources().forEach(grafana::put);
    grafana.removeSource(view.formerSource());
    grafana.folder(view.folder(), view.title());
    for (JsonObject dashboard : view.dashboards()) {
      grafana.put(view.folder(), dashboard);
    }
    progress.step("Grafana shows the twin in its folder " + view.title());
  }

  private void plugin(ManagedView view) {
    if (!grafana.hasPlugin(view.plugin())) {
      progress.step("installing " + view.plugin() + " in Grafana");
      grafana.install(view.plugin());
      await(view.plugin());
    }
    if (view.app() && !grafana.isEnabled(view.plugin())) {
      grafana.enable(view.plugin());
    }
  }

  private void await(String plugin) {
    for (int step = 0; step < STEPS; step++) {
      if (grafana.hasPlugin(plugin)) {
        return;
      }
      pause.of(STEP);
    }
    throw new TwinloomException(
        GrafanaError.GRAFANA_PLUGIN,
        "Grafana does not have " + plugin + " three minutes after it was to install it.",
        plugin,
        GrafanaError.GRAFANA_PLUGIN.fix());
  }
}
