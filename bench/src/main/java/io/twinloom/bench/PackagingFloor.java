package io.twinloom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What looking packages up cannot do without: a JVM that reads and hashes the same files. */
final class PackagingFloor {
  private PackagingFloor() {}

  /**
   * @param args the folders whose files are hashed
   */
  public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String folder : args) {
      List<Path> files;
      try (Stream<Path> all = Files.walk(Path.of(folder))) {
        files = all.filter(Files::isRegularFile).toList();
      }
      for (Path file : files) {
        digest.update(Files.readAllBytes(file));
      }
    }
    System.out.println(HexFormat.of().formatHex(digest.digest()));
  }
}
