package io.twinloom.worker.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processes that descend from a worker, wherever they have gone: they have inherited a variable
 * of its environment. Known where the system shows environments in {@code /proc}; elsewhere there
 * are none. One that was started with another environment is not among them.
 */
public final class MarkedProcesses {

  /** The variable, whose value is the worker's alone. */
  public static final String VARIABLE = "TWINLOOM_WORKER";

  private static final Path PROC = Path.of("/proc");

  private MarkedProcesses() {}

  /** Ends them, all but the calling process; one that starts another meanwhile is ended as well. */
  public static void end(String marker) {
    for (List<ProcessHandle> found; !(found = find(marker)).isEmpty(); ) {
      boolean anyEnded = false;
      for (ProcessHandle process : found) {
        anyEnded |= process.destroyForcibly();
      }
      if (!anyEnded) {
        return;
      }
    }
  }

  private static List<ProcessHandle> find(String marker) {
    String entry = "\0" + VARIABLE + "=" + marker + "\0";
    List<ProcessHandle> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : all) {
        if (has(process, entry)) {
          Optional<ProcessHandle> handle =
              ProcessHandle.of(Long.parseLong(process.getFileName().toString()));
          handle.filter(h -> !h.equals(ProcessHandle.current())).ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return found;
  }

  private static boolean has(Path process, String entry) {
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      return ("\0" + new String(environment, StandardCharsets.ISO_8859_1)).contains(entry);
    } catch (IOException e) {
      // It has ended, or is somebody else's.
      return false;
    }
  }
}
