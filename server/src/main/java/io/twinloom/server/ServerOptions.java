package io.twinloom.server;

import io.twinloom.server.projects.ProjectOutputs;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a server listens and who may ask it.
 *
 * @param bind the address to listen on
 * @param key the API key, which any address but loopback needs
 * @param page reads the web page's files from this folder, for those who work on it; empty: from
 *     the program
 * @param version of the program
 * @param environment of the process, where credentials may be
 * @param outputs makes files of projects
 */
public record ServerOptions(
    String bind,
    Optional<String> key,
    Optional<Path> page,
    String version,
    Map<String, String> environment,
    ProjectOutputs outputs) {

  public ServerOptions {
    environment = Map.copyOf(environment);
  }

  /** The environment variable with the API key. */
  public static final String KEY = "TWINLOOM_API_KEY";

  /** The environment variable with the folder of the web page. */
  public static final String PAGE = "TWINLOOM_WEB_FOLDER";

  private static final String LOOPBACK = "127.0.0.1";

  /** On loopback, where no key is needed. */
  public static ServerOptions loopback(
      Map<String, String> environment, String version, ProjectOutputs outputs) {
    return new ServerOptions(
        LOOPBACK,
        Optional.empty(),
        Optional.ofNullable(environment.get(PAGE)).map(Path::of),
        version,
        environment,
        outputs);
  }

  /** Whether an address is of this machine alone. */
  public static boolean isLoopback(String bind) {
    return bind.equals("localhost") || bind.equals("::1") || bind.matches("127(\\.\\d{1,3}){3}");
  }
}
