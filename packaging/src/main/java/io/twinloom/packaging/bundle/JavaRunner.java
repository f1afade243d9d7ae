package io.twinloom.packaging.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import io.twinloom.api.Processor;
import io.twinloom.runner.PackagedFunction;
import io.twinloom.runner.forms.UserCodeForm;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What stands around Java user code in a package: this program's own runner and the interface of
 * user code as one JAR, and the JSON parser that they use as another.
 */
record JavaRunner(UserCodeForm form) {

  private static final String PARSER = "lib/jackson-core.jar";

  SortedMap<String, byte[]> files() throws IOException {
    PackedFiles jar = new PackedFiles().addAll(classes());
    jar.add(
        "META-INF/MANIFEST.MF",
        ("Manifest-Version: 1.0\r\nClass-Path: " + PARSER + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(form.javaRunner(), Archive.jar(jar));
    files.put(PARSER, Files.readAllBytes(location(JsonFactory.class)));
    return files;
  }

  private SortedMap<String, byte[]> classes() throws IOException {
    SortedMap<String, byte[]> found = new TreeMap<>();
    for (Class<?> type : new Class<?>[] {PackagedFunction.class, Processor.class}) {
      String folder = type.getPackageName().replace('.', '/') + "/";
      found.putAll(below(location(type), folder));
    }
    Optional<String> own = form.javaEntryPackage();
    if (own.isPresent()) {
      found.putAll(below(location(form.getClass()), own.get().replace('.', '/') + "/"));
    }
    return found;
  }

  /** The classes of one package, whether the program runs from JARs or from folders. */
  private static Map<String, byte[]> below(Path place, String folder) throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    if (Files.isDirectory(place)) {
      Path classes = place.resolve(folder);
      if (Files.isDirectory(classes)) {
        try (Stream<Path> all = Files.list(classes)) {
          for (Path file : all.filter(Files::isRegularFile).toList()) {
            add(found, folder + file.getFileName(), Files.readAllBytes(file));
          }
        }
      }
      return found;
    }
    try (ZipInputStream jar = new ZipInputStream(Files.newInputStream(place))) {
      for (ZipEntry entry; (entry = jar.getNextEntry()) != null; ) {
        String path = entry.getName();
        if (path.startsWith(folder) && path.indexOf('/', folder.length()) < 0) {
          add(found, path, jar.readAllBytes());
        }
      }
    }
    return found;
  }

  private static void add(Map<String, byte[]> to, String path, byte[] content) {
    if (path.endsWith(".class") && !path.endsWith("package-info.class")) {
      to.put(path, content);
    }
  }

  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no place of " + type, e);
    }
  }
}
