package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher in a checkout of its own, with a JDK and a Maven that only say how they were called.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class LauncherTest {

  private static final String TOOLS = "/usr/bin:/bin";

  @TempDir Path folder;
  @TempDir Path said;

  private Path checkout;
  private Path jdk;

  @BeforeEach
  void layOut() throws Exception {
    checkout = Files.createDirectories(folder.resolve("check out"));
    Files.createDirectory(checkout.resolve(".mvn"));
    copy("twinloom");
    copy(".mvn/jvm.sh");
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    jdk = jdk("jdk", "25.0.1");
  }

  @Test
  void aBuiltProgramIsStartedWithItsArguments() throws Exception {
    build();
    Said said = launch(Map.of("JAVA_HOME", jdk.toString()), "validate", "my twin");

    assertThat(said.err).isEmpty();
    assertThat(said.out).contains("started by jdk", "[-jar]", "[validate]", "[my twin]");
    assertThat(said.out).contains("[" + checkout + "/cli/target/dist/lib/twinloom.jar]");
    assertThat(said.out).contains("[-Dtwinloom.checkout=" + checkout + "]");
  }

  @Test
  @DisplayName("a twin is started by cron, in the C locale")
  void theProgramHasALocaleThatCanWriteAllNames() throws Exception {
    build();
    String home = jdk.toString();

    for (Map<String, String> locale :
        List.<Map<String, String>>of(
            Map.of(),
            Map.of("LC_ALL", "C"),
            Map.of("LANG", "C.UTF-8", "LC_ALL", "POSIX"),
            Map.of("LANG", "de_DE.ISO-8859-1"),
            Map.of("LANG", "xx_YY.UTF-8"))) {
      Map<String, String> environment = new HashMap<>(locale);
      environment.put("JAVA_HOME", home);
      assertThat(launch(environment, "plan").out).as("%s", locale).contains("[LC_ALL=C.UTF-8]");
    }
    assertThat(launch(Map.of("JAVA_HOME", home, "LANG", "C.UTF-8"), "plan").out)
        .contains("[LC_ALL=]");
  }

  @Test
  void itWorksThroughALinkFromAnotherFolder() throws Exception {
    build();
    Path link = Files.createDirectories(folder.resolve("bin")).resolve("loom");
    Files.createSymbolicLink(link, Path.of("../check out/twinloom"));
    Said said = launch(link, Map.of("JAVA_HOME", jdk.toString()), "plan");

    assertThat(said.out).contains("[" + checkout + "/cli/target/dist/lib/twinloom.jar]");
  }

  @Test
  void anOldJavaHomeIsPassedOverForTheJavaOnThePath() throws Exception {
    build();
    Path old = jdk("old", "17.0.9");
    Path path = jdk("onpath", "21");
    Said said =
        launch(
            Map.of("JAVA_HOME", old.toString(), "PATH", path.resolve("bin") + ":" + TOOLS), "plan");

    assertThat(said.out).contains("started by onpath");
  }

  @Test
  void aJavaWithoutACompilerIsPassedOver() throws Exception {
    build();
    Path runtime = jdk("runtime", "25");
    Files.delete(runtime.resolve("bin/javac"));
    Said said =
        launch(
            Map.of("JAVA_HOME", runtime.toString(), "PATH", jdk.resolve("bin") + ":" + TOOLS),
            "plan");

    assertThat(said.out).contains("started by jdk");
  }

  @Test
  void whatRunsForLongGetsTheFullCompiler() throws Exception {
    build();
    Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());

    assertThat(launch(environment, "--quiet", "up", "x").out).doesNotContain("TieredStopAtLevel");
    assertThat(launch(environment, "status", "x").out).contains("[-XX:TieredStopAtLevel=1]");
  }

  @Test
  void theBenchmarksAreStartedOnTheSameLibraries() throws Exception {
    build();
    Said said = launch(Map.of("JAVA_HOME", jdk.toString()), "bench", "pipeline");

    assertThat(said.out)
        .contains("[io.twinloom.bench.Main]", "[pipeline]")
        .doesNotContain("[bench]");
    assertThat(said.out).contains("/cli/target/dist/lib/*:", "/bench/target/twinloom-bench.jar:");
  }

  @Test
  void aReleaseIsRunWhereItIsAndNotBuilt() throws Exception {
    Path release = Files.createDirectories(folder.resolve("a release"));
    Path lib = Files.createDirectories(release.resolve("lib"));
    Files.move(checkout.resolve("twinloom"), release.resolve("twinloom"));
    Files.move(checkout.resolve(".mvn/jvm.sh"), lib.resolve("jvm.sh"));
    Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());
    Said said = launch(release.resolve("twinloom"), environment, "plan");
    Said bench = launch(release.resolve("twinloom"), environment, "bench");

    assertThat(said.err).isEmpty();
    assertThat(said.out)
        .contains("[" + lib.resolve("twinloom.jar") + "]", "[plan]")
        .doesNotContain("twinloom.checkout");
    assertThat(bench.exitCode).isEqualTo(2);
    assertThat(bench.err).contains("run them from a checkout");
  }

  @Test
  void itsExitCodeIsThatOfTheProgram() throws Exception {
    build();

    assertThat(launch(Map.of("JAVA_HOME", jdk.toString(), "FAKE_EXIT", "3"), "validate").exitCode)
        .isEqualTo(3);
  }

  @Test
  void whatIsNotBuiltIsBuiltFirst() throws Exception {
    maven();
    Said said = launch(Map.of("JAVA_HOME", jdk.toString()), "plan");

    assertThat(said.err).contains("building");
    assertThat(said.out).contains("started by jdk");
    assertThat(checkout.resolve("cli/target/dist/built")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "clouds/local", "embedded/mqtt"})
  void aSourceThatIsNewerThanTheBuildIsBuilt(String module) throws Exception {
    build();
    Path source =
        Files.createDirectories(checkout.resolve(module + "/src/main/java")).resolve("A.java");
    Files.writeString(source, "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    maven();
    Said said = launch(Map.of("JAVA_HOME", jdk.toString()), "plan");

    assertThat(said.err).contains("sources have changed");
  }

  @Test
  void aFailedBuildIsSaidAndNothingIsStarted() throws Exception {
    maven();
    Said said = launch(Map.of("JAVA_HOME", jdk.toString(), "FAKE_MAVEN_EXIT", "1"), "plan");

    assertThat(said.exitCode).isEqualTo(1);
    assertThat(said.err).contains("the build failed");
    assertThat(said.out).isEmpty();
    assertThat(checkout.resolve("cli/target/.building")).doesNotExist();
  }

  @Test
  @DisplayName("a checkout that somebody else has built is run by a user who cannot write it")
  void whatIsBuiltRunsWithoutWritingAndWhatIsNotSaysWhatToDo() throws Exception {
    Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());
    Said unbuilt = asAnotherUser(environment, "plan");
    assertThat(unbuilt.exitCode).isEqualTo(1);
    assertThat(unbuilt.err).contains("not built yet", "cannot be written", "clone it");

    build();
    Said built = asAnotherUser(environment, "plan");
    assertThat(built.err).isEmpty();
    assertThat(built.out)
        .contains("started by jdk", "[plan]")
        .as("the demo's project goes where the user is")
        .doesNotContain("twinloom.checkout");

    Path source = Files.createDirectories(checkout.resolve("model/src/main")).resolve("A.java");
    Files.writeString(source, "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    Said stale = asAnotherUser(environment, "plan");
    assertThat(stale.err).contains("sources are newer", "running what is built");
    assertThat(stale.out).contains("started by jdk");
  }

  @Test
  void theProgramIsToldHowItWasCalled() throws Exception {
    build();
    Map<String, String> environment = new HashMap<>(Map.of("JAVA_HOME", jdk.toString()));
    assertThat(launch(environment, "plan").out)
        .contains("[-Dtwinloom.name=" + checkout.resolve("twinloom") + "]");
    environment.put("PATH", checkout + ":" + TOOLS);
    assertThat(launch(Path.of("twinloom"), environment, "plan").out)
        .as("by its name alone, found on the path")
        .contains("[-Dtwinloom.name=twinloom]");
  }

  @Test
  @DisplayName("the program is started where a process may open hardly any files")
  void tooFewOpenFilesAreSaidBeforeAnythingStarts() throws Exception {
    build();
    List<String> few = List.of("/bin/sh", "-c", "ulimit -n 64 && exec \"$@\"", "sh");
    Said said = launch(few, checkout.resolve("twinloom"), Map.of(), "plan");

    assertThat(said.exitCode).isEqualTo(1);
    assertThat(said.err).contains("may open 64 files", "ulimit -n 1024");
    assertThat(said.out).isEmpty();
  }

  /** Without rights to write; root is another user for it. */
  private Said asAnotherUser(Map<String, String> environment, String... args) throws Exception {
    // What is there may be run by anybody: a JDK that another user cannot start is passed over.
    new ProcessBuilder("chmod", "-R", "a+rX", folder.toString()).start().waitFor();
    List<Path> closed = List.of(checkout, folder);
    for (Path path : closed) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
    }
    try {
      return launch(
          "root".equals(System.getProperty("user.name"))
              ? List.of(
                  "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all")
              : List.of(),
          checkout.resolve("twinloom"),
          environment,
          args);
    } finally {
      for (Path path : closed) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  private record Said(int exitCode, String out, String err) {}

  private Said launch(Map<String, String> environment, String... args) throws Exception {
    return launch(checkout.resolve("twinloom"), environment, args);
  }

  private Said launch(Path launcher, Map<String, String> environment, String... args)
      throws Exception {
    return launch(List.of(), launcher, environment, args);
  }

  private Said launch(
      List<String> prefix, Path launcher, Map<String, String> environment, String... args)
      throws Exception {
    List<String> command = new ArrayList<>(prefix);
    // A shell looks a bare name up on the path of the environment that it is given.
    if (launcher.getNameCount() == 1) {
      command.addAll(List.of("/bin/sh", "-c", "exec \"$@\"", "sh"));
    }
    command.add(launcher.toString());
    command.addAll(List.of(args));
    Path out = said.resolve("out");
    Path err = said.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", TOOLS);
    builder.environment().put("HOME", folder.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(
        home.resolve("bin/java"),
        "echo started by "
            + name
            + "\necho \"[LC_ALL=${LC_ALL:-}]\"\nfor a in \"$@\"; do echo \"[$a]\"; done\nexit ${FAKE_EXIT:-0}\n");
    script(home.resolve("bin/javac"), "exit 1\n");
    return home;
  }

  /** A Maven Wrapper that makes the program's JAR and nothing else. */
  private void maven() throws IOException {
    script(
        checkout.resolve("mvnw"),
        "[ \"${FAKE_MAVEN_EXIT:-0}\" = 0 ] || exit 1\n"
            + "mkdir -p '"
            + checkout
            + "/cli/target/dist/lib' && : >'"
            + checkout
            + "/cli/target/dist/lib/twinloom.jar'\n");
  }

  private void copy(String file) throws IOException {
    Path root = Path.of("..").toAbsolutePath().normalize();
    Files.copy(root.resolve(file), checkout.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private void build() throws IOException {
    Path lib = Files.createDirectories(checkout.resolve("cli/target/dist/lib"));
    Files.writeString(lib.resolve("twinloom.jar"), "");
    Path stamp = Files.writeString(checkout.resolve("cli/target/dist/built"), "");
    Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().plusSeconds(1)));
  }

  private static void script(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, ("#!/bin/sh\n" + content).getBytes(StandardCharsets.UTF_8));
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
