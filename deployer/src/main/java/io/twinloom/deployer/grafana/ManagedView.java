package io.twinloom.deployer.grafana;

import io.twinloom.deployer.grafana.DataSource.TwinPlace;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a Grafana that a cloud runs shows of a twin by itself: what it can read without anything
 * that somebody else would have to run.
 *
 * @param folder where the dashboards are, by its id
 * @param title what people call the folder
 * @param plugin what has to be installed
 * @param app whether that is an application, which has to be switched on too
 * @param sources what it reads
 * @param formerSource the id of what an earlier version of the twin was read through instead
 * @param dashboards in Grafana's classic form
 */
public record ManagedView(
    String folder,
    String title,
    String plugin,
    boolean app,
    List<DataSource> sources,
    String formerSource,
    List<JsonObject> dashboards) {

  public ManagedView {
    sources = List.copyOf(sources);
    dashboards = List.copyOf(dashboards);
  }

  /** The same with more dashboards, and the data source of these, which Grafana has by itself. */
  public ManagedView and(DataSource further, List<JsonObject> more) {
    return new ManagedView(
        folder,
        title,
        plugin,
        app,
        Stream.concat(sources.stream(), Stream.of(further)).toList(),
        formerSource,
        Stream.concat(dashboards.stream(), more.stream()).toList());
  }

  /**
   * The devices through the twin service of layer 4.
   *
   * @param cloud of layers 4 and 5
   * @throws IllegalArgumentException if Grafana has no data source for that cloud's twin service
   */
  public static ManagedView throughTwin(Project project, Provider cloud, TwinPlace place) {
    var source =
        cloud
            .conventions()
            .twinSource()
            .orElseThrow(() -> new IllegalArgumentException(cloud.id() + " has no twin source"));
    return of(
        project,
        source.app(),
        true,
        DataSource.twin(source, place),
        Sources.READERS.uid(),
        new CloudDashboards(project).throughTwin(cloud, source));
  }

  /** The devices by the hot store's reader. */
  public static ManagedView throughReader(Project project, URI reader, String token) {
    return of(
        project,
        Sources.READERS.type(),
        false,
        DataSource.readers(reader.toString(), token),
        GrafanaFiles.TWIN_UID,
        new CloudDashboards(project).throughReaders());
  }

  private static ManagedView of(
      Project project,
      String plugin,
      boolean app,
      DataSource source,
      String formerSource,
      Dashboard dashboard) {
    String twin = project.config().name();
    return new ManagedView(
        Dashboard.uid(twin, "twinloom"),
        "Twinloom " + twin,
        plugin,
        app,
        List.of(source),
        formerSource,
        List.of(dashboard.json()));
  }
}
