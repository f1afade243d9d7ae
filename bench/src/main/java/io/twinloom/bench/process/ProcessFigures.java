package io.twinloom.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kernel says of a process and its children.
 *
 * @param cpu processor time so far, of the process and its living children
 * @param peakMegabytes the most memory that the process itself had resident
 * @param childrenPeakMegabytes the same of its children, added up
 * @see <a href="https://man7.org/linux/man-pages/man5/proc.5.html">proc(5)</a>
 */
public record ProcessFigures(
    Duration cpu, long megabytes, long peakMegabytes, long childrenPeakMegabytes) {

  private static final Pattern KILOBYTES = Pattern.compile("\\s+(\\d+) kB");

  /** Those of a process now. */
  public static ProcessFigures of(ProcessHandle process) {
    Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
    long children = 0;
    for (ProcessHandle child : process.descendants().toList()) {
      cpu = cpu.plus(child.info().totalCpuDuration().orElse(Duration.ZERO));
      children += status(child, "VmHWM:");
    }
    return new ProcessFigures(cpu, status(process, "VmRSS:"), status(process, "VmHWM:"), children);
  }

  private static long status(ProcessHandle process, String key) {
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"));
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String line : lines) {
      Matcher matcher = KILOBYTES.matcher(line);
      if (line.startsWith(key) && matcher.find()) {
        return Long.parseLong(matcher.group(1)) / 1024;
      }
    }
    return 0;
  }
}
