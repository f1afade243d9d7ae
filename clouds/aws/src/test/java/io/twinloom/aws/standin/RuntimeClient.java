package io.twinloom.aws.standin;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the official runtime client is. */
public final class RuntimeClient {

  private RuntimeClient() {}

  /** Its JARs, which are on the tests' own class path. */
  public static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(jar -> jar.getFileName().toString().matches("(aws-lambda-java-|utils-lite-).*"))
        .toList();
  }

  /** The folder that a class was loaded from. */
  public static Path folderOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
