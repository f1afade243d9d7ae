package io.twinloom.functions.settings;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The way from a function to what a layer has on one of its further clouds, while the twin is being
 * changed.
 *
 * @param cloud the name of that cloud
 * @param route where it leads: to the function's own cloud where that is the further one
 */
public record PreviousRoute(String cloud, Route route) {

  /**
   * Reads the ways to the further clouds of a layer, in the order of {@code previous}: {@code
   * REMOTE_PREVIOUS_1_…_URL}, its token and so on.
   *
   * @param remote the connections' name within their variables, such as {@code COLD_READER}
   * @param from the function's layer
   * @throws ConfigurationError if one lacks its address or its token: what is there would not be
   *     read
   */
  public static List<PreviousRoute> of(
      String remote, Layer from, Layer to, Environment environment, TwinInfo twin) {
    return of(remote, from, to, cloud -> true, environment, twin);
  }

  /**
   * Reads the ways to some of the further clouds of a layer.
   *
   * @param used whether the function has to do with a cloud; each is counted nevertheless
   * @throws ConfigurationError if one lacks its address or its token
   */
  public static List<PreviousRoute> of(
      String remote,
      Layer from,
      Layer to,
      Predicate<String> used,
      Environment environment,
      TwinInfo twin) {
    List<PreviousRoute> routes = new ArrayList<>();
    List<String> clouds = twin.previous().of(to);
    for (int n = 1; n <= clouds.size(); n++) {
      RemoteRouteSetting setting = new RemoteRouteSetting("PREVIOUS_" + n + "_" + remote, from, to);
      String cloud = clouds.get(n - 1);
      if (used.test(cloud)) {
        routes.add(new PreviousRoute(cloud, route(setting, cloud, environment, twin)));
      }
    }
    return List.copyOf(routes);
  }

  /** What is odd about the settings of these ways. */
  public static List<String> warnings(List<PreviousRoute> routes) {
    return routes.stream().flatMap(each -> each.route().warnings().stream()).toList();
  }

  /** Whether it leads to what the layer has on a cloud. */
  public boolean isTo(Provider other) {
    return Provider.of(cloud).equals(Optional.of(other));
  }

  /**
   * The way to another cloud.
   *
   * @throws ConfigurationError if the further cloud is the function's own
   */
  public Route.Remote remote() {
    if (route instanceof Route.Remote remote) {
      return remote;
    }
    throw ConfigurationError.bad(
        TwinInfoSource.VARIABLE, "previous names " + cloud + ", which is the function's own.");
  }

  /**
   * Reads the way from a store's old cloud to what takes its copies on the new one: {@code
   * REMOTE_COPY_WRITER_URL} and so on.
   *
   * @throws ConfigurationError if it lacks its address or its token, or the layer has no other
   *     cloud
   */
  public static Route.Remote toCopy(Layer layer, Environment environment, TwinInfo twin) {
    return toCopyIfSet(layer, layer, environment, twin)
        .orElseThrow(() -> ConfigurationError.missing(copyWriter(layer, layer).urlVariable()));
  }

  /**
   * Reads the way from a function to what takes its copies on the new cloud of a layer; empty where
   * no address is set.
   *
   * @param own the function's layer
   * @throws ConfigurationError if it lacks its token, or the layer has no other cloud than the
   *     function's
   */
  public static Optional<Route.Remote> toCopyIfSet(
      Layer own, Layer to, Environment environment, TwinInfo twin) {
    RemoteRouteSetting setting = copyWriter(own, to);
    Optional<URI> url = environment.url(setting.urlVariable());
    if (url.isEmpty()) {
      return Optional.empty();
    }
    String here = setting.provider(twin, own);
    if (twin.previous().of(to).stream().allMatch(c -> RemoteRouteSetting.isSame(c, here))) {
      throw ConfigurationError.bad(
          TwinInfoSource.VARIABLE,
          setting.urlVariable()
              + " is set, but previous has no other cloud of "
              + to.configKey()
              + ".");
    }
    return Optional.of(
        new Route.Remote(
            url.get(),
            RemoteRouteSetting.tokens(
                environment
                    .optional(setting.tokenVariable())
                    .orElseGet(() -> environment.required(RemoteRouteSetting.ONLY_TOKEN))),
            SigningSetting.ofSender(environment, setting.signedVariable()),
            environment.flag(setting.batchesVariable())));
  }

  private static RemoteRouteSetting copyWriter(Layer own, Layer to) {
    return new RemoteRouteSetting("COPY_WRITER", own, to);
  }

  private static Route route(
      RemoteRouteSetting setting, String cloud, Environment environment, TwinInfo twin) {
    Optional<URI> url = environment.url(setting.urlVariable());
    if (RemoteRouteSetting.isSame(cloud, setting.provider(twin, setting.from()))) {
      return new Route.Local(
          url.isEmpty()
              ? ""
              : setting.urlVariable() + " is set, but " + cloud + " is the function's own cloud.");
    }
    List<String> tokens = RemoteRouteSetting.tokens(environment.required(setting.tokenVariable()));
    return new Route.Remote(
        url.orElseThrow(() -> ConfigurationError.missing(setting.urlVariable())),
        tokens,
        SigningSetting.ofSender(environment, setting.signedVariable()),
        environment.flag(setting.batchesVariable()));
  }
}
