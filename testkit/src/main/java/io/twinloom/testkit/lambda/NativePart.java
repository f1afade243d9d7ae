package io.twinloom.testkit.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The runtime client's native part, unpacked once as it is on Lambda. By itself every process would
 * unpack it over the one that the others have loaded, which ends them.
 */
final class NativePart {

  /** What tells the runtime client where it is. */
  static final String PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private static @Nullable Path unpacked;

  private NativePart() {}

  static synchronized Path of(List<Path> runtime) {
    Path known = unpacked;
    if (known == null) {
      known = unpack(runtime);
      unpacked = known;
    }
    return known;
  }

  private static Path unpack(List<Path> runtime) {
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    String name = "jni/libaws-lambda-jni.linux-" + (arm ? "aarch_64" : "x86_64") + ".so";
    for (Path jar : runtime) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        ZipEntry entry = zip.getEntry(name);
        if (entry != null) {
          Path file = Files.createTempFile("lambda-runtime", ".so");
          file.toFile().deleteOnExit();
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
          }
          return file;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException("no runtime client in " + runtime);
  }
}
