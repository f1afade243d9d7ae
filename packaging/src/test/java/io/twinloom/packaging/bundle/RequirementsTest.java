package io.twinloom.packaging.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.packaging.PythonProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries go into the package, from wheels in a folder: none of this needs a network. */
@Tag("full")
class RequirementsTest {
  private static final String CODE =
      "import half\n\ndef process(event):\n    return {'v': event['v'] * half.HALF}\n";

  @TempDir Path folder;
  private PackagedTwin twin;

  @BeforeEach
  void twin() throws IOException {
    twin = new PackagedTwin(folder);
    Wheel.make(wheels(), "half", "1.0", "py3-none-any", "HALF = 0.5\n");
    twin.environment.put("PIP_CONFIG_FILE", "/dev/null");
    twin.environment.put("PIP_NO_INDEX", "1");
    twin.environment.put("PIP_FIND_LINKS", wheels().toString());
  }

  private Path wheels() {
    return folder.resolve("wheels");
  }

  private PackagedTwin needing(String requirements) {
    return twin.code("process.py", CODE).with("processors/device-0/requirements.txt", requirements);
  }

  private TwinloomException failure(String requirements) {
    return catchThrowableOfType(
        TwinloomException.class, () -> needing(requirements).build(folder.resolve("out")));
  }

  @Test
  void aLibraryIsImportedFromThePackageAndInstalledOnceForAllThatTheCodeBecomes() {
    PackagedTwin.Unpacked code = needing("# halves\nhalf==1.0\n").only();
    twin.environment.put("PIP_FIND_LINKS", folder.resolve("gone").toString());
    PackagedTwin.Unpacked changed = twin.code("process.py", CODE + "# changed\n").only();

    assertThat(CloudRuntime.call(code, "{\"v\": 3}")).containsExactly("{\"v\": 1.5}");
    assertThat(CloudRuntime.call(changed, "{\"v\": 3}")).containsExactly("{\"v\": 1.5}");
    assertThat(twin.progress)
        .containsExactly("Installing the libraries of processors/device-0 ...");
  }

  @Test
  void nothingInItDependsOnWhereItWasInstalled() throws IOException {
    FunctionPackage first = needing("half\n").build(folder.resolve("out")).getFirst();
    Path elsewhere = Files.createDirectories(folder.resolve("some").resolve("where"));
    PackagedTwin other = new PackagedTwin(elsewhere).code("process.py", CODE);
    other.environment.putAll(Map.of("PIP_NO_INDEX", "1", "PIP_FIND_LINKS", wheels().toString()));
    FunctionPackage second =
        other
            .with("processors/device-0/requirements.txt", "half\n")
            .build(elsewhere.resolve("out"))
            .getFirst();

    assertThat(second.sha256()).isEqualTo(first.sha256());
    assertThat(PackagedTwin.contents(first.file()).keySet())
        .filteredOn(path -> path.startsWith("user/libraries/"))
        .containsExactly(
            "user/libraries/half-1.0.dist-info/METADATA",
            "user/libraries/half-1.0.dist-info/REQUESTED",
            "user/libraries/half-1.0.dist-info/WHEEL",
            "user/libraries/half-1.0.dist-info/entry_points.txt",
            "user/libraries/half.py");
  }

  @Test
  void theWheelIsChosenForTheCloudsPythonNotForThisOne() throws IOException {
    for (String tags :
        List.of("cp311-cp311-manylinux_2_17_x86_64", "cp312-cp312-macosx_11_0_arm64")) {
      Wheel.make(wheels(), "fast", "2.0", tags, "FOR = 'another'\n");
    }
    Wheel.make(wheels(), "fast", "2.0", "cp312-cp312-manylinux_2_28_x86_64", "FOR = 'cloud'\n");

    FunctionPackage built = needing("fast\n").build(folder.resolve("out")).getFirst();

    assertThat(PackagedTwin.contents(built.file()).get("user/libraries/fast.py"))
        .asString()
        .isEqualTo("FOR = 'cloud'\n");
  }

  @Test
  void aWheelAndFurtherRequirementsMayStandBesideTheCode() throws IOException {
    Path own = Wheel.make(folder.resolve("own"), "mine", "1.0", "py3-none-any", "V = 1\n");
    needing("-r more.txt\n./mine-1.0-py3-none-any.whl\n")
        .with("processors/device-0/more.txt", "half\n")
        .with("processors/device-0/mine-1.0-py3-none-any.whl", Files.readAllBytes(own));

    FunctionPackage built = twin.build(folder.resolve("out")).getFirst();

    assertThat(PackagedTwin.contents(built.file()))
        .containsKeys("user/libraries/half.py", "user/libraries/mine.py");
  }

  @Test
  void whatAFormBringsIsNotAskedFor() {
    twin.environment.put("PIP_FIND_LINKS", folder.resolve("gone").toString());
    twin.code(
            "main.py",
            "import flask\ndef process(request): return flask.jsonify(request.get_json())\n")
        .with(
            "processors/device-0/requirements.txt",
            "functions-framework==3.8.2 \\\n    --hash=sha256:00\nFlask>=3\n");

    assertThat(CloudRuntime.call(twin.only(), "{\"v\": 1}")).containsExactly("{\"v\": 1}");
  }

  @Test
  void conditionsAreJudgedForTheCloudsPythonThoseOfLibrariesToo() throws IOException {
    Wheel.make(wheels(), "always", "1.0", "py3-none-any", "", "half; python_version == '3.12'");
    Wheel.make(wheels(), "never", "1.0", "py3-none-any", "");
    String requirements =
        """
        always; sys_platform == 'linux' and platform_machine == 'x86_64'
        never; python_version != '3.12'
        gone==9; sys_platform == 'win32'
        """;

    FunctionPackage built = needing(requirements).build(folder.resolve("out")).getFirst();

    assertThat(PackagedTwin.contents(built.file()))
        .containsKeys("user/libraries/always.py", "user/libraries/half.py")
        .doesNotContainKey("user/libraries/never.py");
  }

  @Test
  @DisplayName("a package with libraries is built on a machine of another kind")
  void onAMachineOfAnotherKindThePackageIsTheSame() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(
        other.resolve("sitecustomize.py"),
        """
        import platform
        platform.machine = lambda: "arm64"
        platform.release = lambda: "99"
        platform.python_version = lambda: "3.99.1"
        """);
    twin.environment.put("PYTHONPATH", other.toString());
    Wheel.make(wheels(), "here", "1.0", "py3-none-any", "");

    FunctionPackage built =
        needing(
                "half; platform_machine == 'x86_64' and python_full_version < '3.99'\n"
                    + "here; platform_machine == 'arm64' or platform_release == '99'\n")
            .build(folder.resolve("out"))
            .getFirst();

    assertThat(PackagedTwin.contents(built.file()))
        .containsKey("user/libraries/half.py")
        .doesNotContainKey("user/libraries/here.py");
  }

  @Test
  void aPipThatWouldJudgeConditionsForThisMachineIsNotUsed() throws IOException {
    Path pip = Files.createDirectories(folder.resolve("strange").resolve("pip"));
    Files.writeString(pip.resolve("__init__.py"), "");
    Files.writeString(pip.resolve("__main__.py"), "print('installed everything')\n");
    twin.environment.put("PYTHONPATH", pip.getParent().toString());

    TwinloomException e = failure("half\n");

    assertThat(e.code()).isEqualTo("TL-PACKAGE-PIP");
    assertThat(e.what()).contains("does not evaluate conditions for another Python");
    assertThat(e.fix()).contains("pip install --upgrade pip");
  }

  @Test
  @DisplayName("a library is there as source alone")
  void aLibraryThatIsThereAsSourceAloneIsNotBuiltAndThatIsSaid() throws IOException {
    Files.write(wheels().resolve("slow-2.0.tar.gz"), new byte[] {0x1f, (byte) 0x8b});

    TwinloomException e = failure("slow==2.0\n");

    assertThat(e.code()).isEqualTo("TL-PACKAGE-NO-WHEEL");
    assertThat(e.what()).contains("no wheel for Python 3.12 on Linux (x86-64)", "slow==2.0");
    assertThat(e.fix()).contains("source alone", "PIP_FIND_LINKS");
  }

  @Test
  void aRequirementsFileInADeclaredEncodingIsRead() {
    byte[] latin =
        "# -*- coding: latin-1 -*-\nhalf==1.0 # f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1);
    twin.code("process.py", CODE).with("processors/device-0/requirements.txt", latin);

    assertThat(CloudRuntime.call(twin.only(), "{\"v\": 3}")).containsExactly("{\"v\": 1.5}");
  }

  @Test
  void aMissingVersionBesideAnIndexThatCannotBeReachedIsNoFailureOfTheNetwork() {
    twin.environment.remove("PIP_NO_INDEX");
    twin.environment.put("PIP_RETRIES", "0");
    twin.environment.put("PIP_INDEX_URL", "http://127.0.0.1:1/simple");

    assertThat(failure("half==9.9\n").code()).isEqualTo("TL-PACKAGE-NO-WHEEL");
  }

  @Test
  void aLibraryWithoutAWheelForTheCloudIsSaid() throws IOException {
    Wheel.make(wheels(), "fast", "2.0", "cp311-cp311-manylinux_2_17_x86_64", "");

    TwinloomException e = failure("fast==2.0\n");

    assertThat(e.code()).isEqualTo("TL-PACKAGE-NO-WHEEL");
    assertThat(e.what()).startsWith("pip finds no wheel for Python 3.12").contains("fast==2.0");
    assertThat(e.where()).isEqualTo("processors/device-0");
    assertThat(e.fix()).contains("PIP_FIND_LINKS");
  }

  @Test
  void aLibraryThatIsNotTheOneOfTheHashIsRefused() {
    TwinloomException e = failure("half==1.0 --hash=sha256:" + "0".repeat(64) + "\n");

    assertThat(e.code()).isEqualTo("TL-PACKAGE-HASH");
    assertThat(e.retryable()).isFalse();
  }

  @Test
  void anIndexThatCannotBeReachedIsSaidWithoutItsPassword() {
    twin.environment.remove("PIP_NO_INDEX");
    twin.environment.put("PIP_RETRIES", "1");
    twin.environment.put("PIP_INDEX_URL", "http://me:secret-word@127.0.0.1:1/simple");

    TwinloomException e = failure("thirds\n");

    assertThat(e.code()).isEqualTo("TL-PACKAGE-NETWORK");
    assertThat(e.retryable()).isTrue();
    assertThat(e.what()).contains("thirds").doesNotContain("secret-word");
  }

  @Test
  void aFileThatPipCannotReadIsSaid() {
    TwinloomException e = failure("half ===== 1\n");

    assertThat(e.code()).isEqualTo("TL-PACKAGE-PIP");
    assertThat(e.what()).contains("half =====");
  }

  @Test
  void aPythonWithoutPipIsSaid() throws IOException {
    Path real = PythonProgram.find(System.getenv("PATH")).orElseThrow().file();
    Path bare = Files.createDirectory(folder.resolve("bin")).resolve("python3");
    Files.writeString(
        bare,
        "#!/bin/sh\ncase \"$*\" in *pip*) echo 'python3: No module named pip'; exit 1;; esac\n"
            + "exec '%s' \"$@\"\n".formatted(real));
    Files.setPosixFilePermissions(bare, PosixFilePermissions.fromString("rwx------"));
    twin.environment.put("PATH", bare.getParent().toString());

    assertThat(failure("half\n").code()).isEqualTo("TL-PACKAGE-NO-PIP");
  }

  @Test
  void aPackageThatTheCloudWouldRefuseIsNotMade() {
    Archive.Size size = new Archive.Size(1_000, 280_000_000);

    TwinloomException e =
        catchThrowableOfType(
            TwinloomException.class,
            () -> PackageMaker.check(size, KnownClouds.AWS, "processors/a"));

    assertThat(e.code()).isEqualTo("TL-PACKAGE-TOO-LARGE");
    assertThat(e.what()).isEqualTo("The package has 280 MB unpacked, and AWS Lambda takes 262");
    assertThatCode(() -> PackageMaker.check(size, KnownClouds.AZURE, "processors/a"))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () ->
                PackageMaker.check(new Archive.Size(70_000, 1), KnownClouds.AZURE, "processors/a"))
        .hasMessage("The package has 70,000 files, and 65,534 at most fit");
  }
}
