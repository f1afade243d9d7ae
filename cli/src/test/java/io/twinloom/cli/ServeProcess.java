package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code serve} in a process of its own.
 *
 * @param root the folder of the projects
 */
record ServeProcess(Path root, Process process, URI address) implements AutoCloseable {

  /** Serves the folder {@code root} of a folder, and returns once it answers. */
  static ServeProcess start(Path folder) throws IOException {
    Path root = Files.createDirectories(folder.resolve("root"));
    Path output = folder.resolve("serve.txt");
    Process process =
        run(
            folder,
            output,
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            "io.twinloom.cli.Main",
            "serve",
            "--root",
            "root",
            "--port",
            "0",
            "--json");
    await().until(() -> Files.readString(output).contains("}") || !process.isAlive());
    assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
    String json = Files.readString(output);
    String address =
        Json.parseObject(json.substring(json.indexOf('{')).getBytes(StandardCharsets.UTF_8))
            .text("api")
            .orElseThrow();
    return new ServeProcess(root, process, URI.create(address));
  }

  /** Runs something in a folder, its output together in a file. */
  static Process run(Path folder, Path output, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder
        .environment()
        .put("TWINLOOM_CACHE", Path.of("target", "code-cache").toAbsolutePath().toString());
    return builder.start();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
