package io.twinloom.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.UserCode.Form;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JarCodeTest {
  private static final String SOURCE =
      """
      package user;
      import java.util.*;
      public class Good implements io.twinloom.api.Processor {
        public Map<String, Object> process(Map<String, Object> event) { return event; }
        public static class Inner extends Good {}
      }
      abstract class Abstract implements io.twinloom.api.Processor {}
      class Other {}
      """;

  @TempDir Path folder;
  private final FakeProject project = new FakeProject();

  @BeforeEach
  void compile() throws IOException {
    Path source = Files.writeString(folder.resolve("Good.java"), SOURCE);
    ToolProvider.getSystemJavaCompiler()
        .run(
            null,
            null,
            null,
            "--release",
            "21",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            folder.toString(),
            source.toString());
  }

  private byte[] jar(String service) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      if (service != null) {
        zip.putNextEntry(new ZipEntry(JarCheck.SERVICE));
        zip.write(service.getBytes(StandardCharsets.UTF_8));
      }
      for (String name : new String[] {"Good", "Good$Inner", "Abstract", "Other"}) {
        zip.putNextEntry(new ZipEntry("user/" + name + ".class"));
        zip.write(Files.readAllBytes(folder.resolve("user/" + name + ".class")));
      }
    }
    return bytes.toByteArray();
  }

  private CheckedCode check() {
    return UserCodeChecker.of(folder.resolve("cache"), "", InstantSource.fixed(Instant.EPOCH))
        .check(project, project.code);
  }

  @ParameterizedTest
  @CsvSource({"user.Good", "user.Good$Inner"})
  void theClassThatTheServiceNamesIsRun(String name) throws IOException {
    project.with(Form.JAVA_JAR, "pump", "code.jar", jar("# ours\n" + name + " # best\n"));

    CheckedCode checked = check();

    assertThat(checked.problems()).isEmpty();
    assertThat(checked.prepared().getFirst().entry()).isEqualTo(name);
    assertThat(checked.prepared().getFirst().path()).hasSize(1).allMatch(Files::isRegularFile);
  }

  @ParameterizedTest
  @CsvSource({
    "user.Nobody, which is not in it",
    "user.Abstract, is abstract",
    "user.Other, does not implement io.twinloom.api.Processor",
  })
  void aServiceThatCannotBeRunIsAProblem(String name, String message) throws IOException {
    project.with(Form.JAVA_JAR, "pump", "code.jar", jar(name));

    assertThat(check().problems()).hasSize(1);
    assertThat(check().problems().getFirst().message()).contains(message);
  }

  @Test
  void aJarWithoutServiceSaysHowToNameOne() throws IOException {
    project.with(Form.JAVA_JAR, "pump", "code.jar", jar(null));

    assertThat(check().problems().getFirst().message()).contains("No JAR here has META-INF");
  }

  @Test
  void twoServicesAreOneTooMany() throws IOException {
    project.with(Form.JAVA_JAR, "pump", "code.jar", jar("user.Good\nuser.Good$Inner\n"));

    assertThat(check().problems().getFirst().message()).contains("Several services");
  }

  @Test
  void aJarForALaterJavaIsAProblem() throws IOException {
    Path file = folder.resolve("user/Good.class");
    byte[] later = Files.readAllBytes(file);
    later[7] = 69;
    Files.write(file, later);
    project.with(Form.JAVA_JAR, "pump", "code.jar", jar("user.Good"));

    assertThat(check().problems().getFirst().message()).contains("compiled for Java 25");
  }

  @Test
  void aDamagedJarIsAProblem() {
    project.with(Form.JAVA_JAR, "pump", "code.jar", new byte[] {1, 2, 3});

    assertThat(check().problems().getFirst().message()).contains("not a JAR, or damaged");
  }

  @Test
  void sourceMayUseAJarBesideIt() throws IOException {
    project
        .java("pump", "public class Code extends user.Good {}")
        .with(Form.JAVA_SOURCE, "pump", "good.jar", jar(null));

    CheckedCode checked = check();

    assertThat(checked.problems()).isEmpty();
    assertThat(checked.prepared().getFirst().path()).hasSize(2);
  }

  @Test
  @DisplayName("the signature of a user's JAR does not fit its classes")
  void aSignatureThatDoesNotFitIsSaidBeforeAnythingRuns() throws Exception {
    Path signed = Files.write(folder.resolve("good.jar"), jar("user.Good"));
    String keys = folder.resolve("keys").toString();
    run(
        "keytool",
        "-genkeypair",
        "-keystore",
        keys,
        "-storepass",
        "secret1",
        "-alias",
        "x",
        "-dname",
        "CN=x",
        "-keyalg",
        "EC");
    run("jarsigner", "-keystore", keys, "-storepass", "secret1", signed.toString(), "x");
    project.with(Form.JAVA_JAR, "fits", "good.jar", Files.readAllBytes(signed));
    project.with(Form.JAVA_JAR, "foreign", "good.jar", changed(signed));

    assertThat(check().problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("TL-CODE-JAR");
              assertThat(problem.file()).isEqualTo("processors/foreign/good.jar");
              assertThat(problem.message())
                  .startsWith("Its signature does not fit its content: ")
                  .contains("digest error for user/Good.class");
              assertThat(problem.fix()).contains("META-INF/*.SF");
            });
  }

  /** The JAR with a class that was changed after it was signed. */
  private byte[] changed(Path signed) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (java.util.zip.ZipFile from = new java.util.zip.ZipFile(signed.toFile());
        ZipOutputStream to = new ZipOutputStream(bytes)) {
      for (ZipEntry entry : java.util.Collections.list(from.entries())) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        byte[] content = from.getInputStream(entry).readAllBytes();
        if (entry.getName().equals("user/Good.class")) {
          content = Files.readAllBytes(folder.resolve("user/Other.class"));
        }
        to.write(content);
      }
    }
    return bytes.toByteArray();
  }

  private static void run(String... command) throws Exception {
    command[0] = Path.of(System.getProperty("java.home"), "bin", command[0]).toString();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  @DisplayName("user code needs an annotation processor")
  void codeThatNeedsAnAnnotationProcessorIsToldThatNoneRuns() throws IOException {
    ByteArrayOutputStream lombok = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(lombok)) {
      zip.putNextEntry(new ZipEntry("META-INF/services/javax.annotation.processing.Processor"));
      zip.write("x.Y".getBytes(StandardCharsets.UTF_8));
    }
    project
        .java(
            "a",
            SOURCE
                .replace("package user;", "")
                .replace("return event;", "return made();")
                .replace("Good", "Code"))
        .with(Form.JAVA_SOURCE, "a", "lombok.jar", lombok.toByteArray());

    assertThat(check().problems())
        .isNotEmpty()
        .allSatisfy(
            p -> assertThat(p.fix()).contains("Annotation processors (lombok.jar) are not run"));
  }
}
