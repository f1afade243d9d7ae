package io.twinloom.testkit.terraform;

import static java.util.Comparator.comparing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The stand-ins for the clouds' providers, started once for all of Terraform's commands: each would
 * start its own otherwise, which takes half of a plan's time. Terraform's setting for debugging
 * providers, {@code TF_REATTACH_PROVIDERS}, names them. They end with this process, and by
 * themselves where it is killed.
 */
final class RunningProviders {

  private static final Pattern MIRROR = Pattern.compile("path = \"([^\"]+)\"");

  /** What Terraform and its providers know each other by; public, in Terraform's sources. */
  private static final Map<String, String> HANDSHAKE =
      Map.of(
          "TF_PLUGIN_MAGIC_COOKIE",
          "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2");

  /** A provider says where it listens within half a second, on a busy machine within some. */
  private static final long START_SECONDS = 60;

  private static final String NAMESPACE = "registry.terraform.io/hashicorp";

  private RunningProviders() {}

  /**
   * Starts the newest version of each.
   *
   * @param environment with Terraform's configuration, which names the folder that they are in
   * @return the value of the setting
   */
  static String start(Map<String, String> environment, List<String> names) {
    try {
      Path configuration = Path.of(environment.getOrDefault("TF_CLI_CONFIG_FILE", ""));
      Matcher mirror = MIRROR.matcher(Files.readString(configuration));
      if (!mirror.find()) {
        throw new IllegalStateException("no folder of providers in " + configuration);
      }
      Map<String, String> running = new TreeMap<>();
      for (String name : names) {
        Path provider = newest(Path.of(mirror.group(1), NAMESPACE, name));
        running.put(NAMESPACE + "/" + name, started(provider, environment));
      }
      return running.entrySet().stream()
          .map(one -> "\"" + one.getKey() + "\":" + one.getValue())
          .collect(Collectors.joining(",", "{", "}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newest(Path versions) throws IOException {
    try (Stream<Path> files = Files.walk(versions)) {
      return files
          .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
          .max(comparing(file -> version(versions.relativize(file).getName(0)), Arrays::compare))
          .orElseThrow(() -> new IllegalStateException("no provider in " + versions));
    }
  }

  private static int[] version(Path folder) {
    return Stream.of(folder.toString().split("\\.")).mapToInt(Integer::parseInt).toArray();
  }

  /** Its entry in the setting. The first line that it prints says where it listens. */
  private static String started(Path provider, Map<String, String> environment) throws IOException {
    Path errors =
        Path.of(environment.get("PLUGIN_UNIX_SOCKET_DIR")).resolve(provider.getFileName() + ".log");
    ProcessBuilder builder = new ProcessBuilder(provider.toString()).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    builder.environment().putAll(HANDSHAKE);
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    List<String> line = List.of(firstLine(process).split("\\|"));
    if (line.size() < 5 || !line.get(4).equals("grpc")) {
      process.destroy();
      throw new IllegalStateException(
          provider
              + " said "
              + line
              + " within "
              + START_SECONDS
              + " s; its errors: "
              + Files.readString(errors));
    }
    return """
        {"Protocol":"grpc","ProtocolVersion":%s,"Pid":%d,"Test":true,\
        "Addr":{"Network":"%s","String":"%s"}}"""
        .formatted(line.get(1), process.pid(), line.get(2), line.get(3));
  }

  /** Empty where it prints none in time. */
  private static String firstLine(Process process) {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
                return Objects.requireNonNullElse(said.readLine(), "");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .completeOnTimeout("", START_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
