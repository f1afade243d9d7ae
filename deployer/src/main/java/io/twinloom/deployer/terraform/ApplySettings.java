package io.twinloom.deployer.terraform;

import io.twinloom.json.JsonObject;
import io.twinloom.topology.FunctionId;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is particular to one apply of a twin's deployment.
 *
 * @param deployment what is written of it in Terraform's state
 * @param endpoints the addresses of receivers, as earlier applies have made them
 * @param unprotected what holds data and may be removed, as {@code CLOUD:NAME}
 * @param projects the archives of the project's deployed versions, by their digests
 */
public record ApplySettings(
    Optional<JsonObject> deployment,
    Map<FunctionId, URI> endpoints,
    Set<String> unprotected,
    Map<String, Path> projects) {

  /** A first apply, of which nothing is written. */
  public static final ApplySettings NONE =
      new ApplySettings(Optional.empty(), Map.of(), Set.of(), Map.of());

  public ApplySettings {
    endpoints = Map.copyOf(endpoints);
    unprotected = Set.copyOf(unprotected);
    projects = Map.copyOf(projects);
  }

  /** The same in which these may be removed, with what is written of that. */
  public ApplySettings unprotecting(Optional<JsonObject> written, Set<String> stores) {
    return new ApplySettings(written, endpoints, stores, projects);
  }

  /** The same with the addresses of receivers that are known by now. */
  public ApplySettings with(Map<FunctionId, URI> known) {
    return new ApplySettings(deployment, known, unprotected, projects);
  }
}
