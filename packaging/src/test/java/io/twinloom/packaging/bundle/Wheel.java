package io.twinloom.packaging.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes a small library as a wheel.
 *
 * @see <a href="https://packaging.python.org/specifications/binary-distribution-format/">Binary
 *     distribution format</a>
 */
final class Wheel {
  private Wheel() {}

  /**
   * @param tags for which Python and machines it is, such as {@code py3-none-any}
   * @param module the source of the library's one module
   * @param needs what it requires itself
   */
  static Path make(
      Path folder, String name, String version, String tags, String module, String... needs)
      throws IOException {
    Files.createDirectories(folder);
    Path wheel = folder.resolve(name + "-" + version + "-" + tags + ".whl");
    String info = name + "-" + version + ".dist-info/";
    try (OutputStream out = Files.newOutputStream(wheel);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      add(zip, name + ".py", module);
      add(
          zip,
          info + "METADATA",
          "Metadata-Version: 2.1\nName: %s\nVersion: %s\n".formatted(name, version)
              + Arrays.stream(needs)
                  .map(need -> "Requires-Dist: " + need + "\n")
                  .collect(Collectors.joining()));
      add(
          zip,
          info + "WHEEL",
          "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: " + tags + "\n");
      add(zip, info + "entry_points.txt", "[console_scripts]\n%1$s = %1$s:main\n".formatted(name));
      add(zip, info + "RECORD", name + ".py,,\n" + info + "RECORD,,\n");
    }
    return wheel;
  }

  private static void add(ZipOutputStream zip, String path, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(path));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
