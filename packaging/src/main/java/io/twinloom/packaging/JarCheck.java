package io.twinloom.packaging;

import io.twinloom.api.Processor;
import io.twinloom.model.Problem;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import javax.lang.model.element.TypeElement;

/** A JAR says which of its classes is to be run, as JARs do: as a service. */
record JarCheck(CodeFiles files, EntryClass entries) {

  /** The file of a JAR that names its service. */
  static final String SERVICE = "META-INF/services/" + Processor.class.getName();

  private static final String ANNOTATION_PROCESSORS =
      "META-INF/services/javax.annotation.processing.Processor";

  private static final int CLASS_FILE_VERSION_OFFSET = 6;

  /** Java 1.0 had class files of version 45, and every release since has one more. */
  private static final int CLASS_FILE_VERSION_OF_JAVA_0 = 44;

  /** A service that a JAR names. */
  private record Named(String jar, String className) {}

  Result check() {
    List<Problem> problems = new ArrayList<>();
    List<Named> named = new ArrayList<>();
    Map<String, Integer> versions = new HashMap<>();
    files
        .own()
        .forEach(
            (path, content) -> {
              if (path.endsWith(".jar")) {
                look(files.inProject(path), content, named, versions);
              }
            });
    if (named.size() != 1) {
      problems.add(notOne(named));
    } else {
      problems.addAll(faults(named.getFirst(), versions));
    }
    return problems.isEmpty()
        ? Result.ready(List.of(), named.getFirst().className())
        : Result.wrong(problems);
  }

  private Problem notOne(List<Named> named) {
    if (named.isEmpty()) {
      return CodeProblems.jar(
          files.code().folder(),
          "No JAR here has " + SERVICE,
          "Add that file to the JAR, with the name of your class as its one line.");
    }
    return CodeProblems.jar(
        named.get(1).jar(),
        "Several services: " + String.join(", ", named.stream().map(Named::className).toList()),
        "Keep one.");
  }

  private List<Problem> faults(Named named, Map<String, Integer> versions) {
    Integer version = versions.get(named.className().replace('.', '/') + ".class");
    TypeElement type = entries.elements().getTypeElement(named.className().replace('$', '.'));
    if (version == null || type == null) {
      return List.of(
          CodeProblems.jar(
              named.jar(),
              "Its service names " + named.className() + ", which is not in it",
              "Name a class of the JAR in " + SERVICE + "."));
    }
    if (version > JavaCheck.RELEASE) {
      return List.of(
          CodeProblems.jar(
              named.jar(),
              named.className() + " is compiled for Java " + version,
              "Compile it with --release " + JavaCheck.RELEASE + "."));
    }
    return entries.faultsOfNamed(type).stream()
        .map(fault -> CodeProblems.jar(named.jar(), fault.message(), fault.fix()))
        .toList();
  }

  /** Whether it can be read as one at all; the compiler itself fails over one that cannot. */
  static boolean isReadable(Path jar) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.size() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** What keeps the JDK from loading classes of a signed JAR, if anything does. */
  static Optional<String> wrongSignature(Path jar) {
    try (JarFile file = new JarFile(jar.toFile(), true)) {
      for (JarEntry entry : Collections.list(file.entries())) {
        try (InputStream in = file.getInputStream(entry)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      // The JDK fails in several ways over a signature of other content.
      String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return Optional.of(message.replace(jar + "", String.valueOf(jar.getFileName())));
    }
  }

  /** What to do about code that does not compile. */
  static String fixOfCompilation(CodeFiles files) {
    List<String> processors =
        Stream.concat(files.own().entrySet().stream(), files.shared().entrySet().stream())
            .filter(f -> f.getKey().endsWith(".jar") && has(f.getValue(), ANNOTATION_PROCESSORS))
            .map(Map.Entry::getKey)
            .toList();
    return processors.isEmpty()
        ? "Fix the code."
        : "Fix the code. Annotation processors ("
            + String.join(", ", processors)
            + ") are not run: bring what they make as compiled code in a JAR.";
  }

  private static boolean has(byte[] jar, String name) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
        if (entry.getName().equals(name)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static void look(
      String jar, byte[] content, List<Named> named, Map<String, Integer> versions) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
        if (entry.getName().equals(SERVICE)) {
          for (String name : names(new String(zip.readAllBytes(), StandardCharsets.UTF_8))) {
            named.add(new Named(jar, name));
          }
        } else if (entry.getName().endsWith(".class")) {
          versions.put(entry.getName(), version(zip));
        }
      }
    } catch (IOException e) {
      throw new TwinloomException(
          PackagingError.CODE_JAR,
          "The JAR cannot be read: " + FileFailure.reason(e) + ".",
          jar,
          "Build it again.",
          e);
    }
  }

  private static int version(ZipInputStream zip) throws IOException {
    byte[] head = zip.readNBytes(CLASS_FILE_VERSION_OFFSET + 2);
    if (head.length < CLASS_FILE_VERSION_OFFSET + 2) {
      return 0;
    }
    int version =
        ((head[CLASS_FILE_VERSION_OFFSET] & 0xff) << 8)
            | (head[CLASS_FILE_VERSION_OFFSET + 1] & 0xff);
    return version - CLASS_FILE_VERSION_OF_JAVA_0;
  }

  /** The names of a service file: one a line, with comments after a hash. */
  private static List<String> names(String text) {
    return text.lines()
        .map(line -> line.replaceAll("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
