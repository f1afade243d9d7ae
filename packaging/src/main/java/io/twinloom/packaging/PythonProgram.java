package io.twinloom.packaging;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The {@code python3} of the search path.
 *
 * @param file the program itself
 */
public record PythonProgram(Path file) {

  /** Parsing takes milliseconds; a Python that takes this long hangs. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /**
   * Looks for it without starting it.
   *
   * @param searchPath as the environment variable {@code PATH} has it
   */
  public static Optional<PythonProgram> find(String searchPath) {
    for (String folder : searchPath.split(File.pathSeparator, -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, "python3");
      if (Files.isExecutable(file) && !Files.isDirectory(file)) {
        return Optional.of(new PythonProgram(file));
      }
    }
    return Optional.empty();
  }

  /** Another Python has another identity, as far as its file shows. */
  public String identity() {
    try {
      Path real = file.toRealPath();
      return "python " + real + " " + Files.size(real) + " " + Files.getLastModifiedTime(real);
    } catch (IOException e) {
      return "python " + file;
    }
  }

  /**
   * Runs a script with an input, and gives what it writes.
   *
   * @throws IOException if it does not start, fails, or takes too long; the message says which
   */
  public byte[] run(String script, byte[] input) throws IOException {
    Process process =
        new ProcessBuilder(List.of(file.toString(), "-I", "-B", "-X", "utf8", "-c", script))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> all(process));
      try (OutputStream in = process.getOutputStream()) {
        in.write(input);
      }
      if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("python3 did not end within " + TIMEOUT.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw new IOException("python3 failed with exit code " + process.exitValue());
      }
      return output.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static byte[] all(Process process) {
    try (InputStream out = process.getInputStream()) {
      return out.readAllBytes();
    } catch (IOException e) {
      return ("{\"error\":\"" + e.getClass().getSimpleName() + "\"}")
          .getBytes(StandardCharsets.UTF_8);
    }
  }
}
