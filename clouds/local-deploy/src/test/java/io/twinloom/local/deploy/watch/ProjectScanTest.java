package io.twinloom.local.deploy.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectScanTest {

  @TempDir Path project;
  private final Instant now = Instant.now();
  private Path code;

  @BeforeEach
  void write() throws IOException {
    code =
        Files.writeString(
            Files.createDirectories(project.resolve("processors/s1")).resolve("process.py"), "a");
  }

  private ProjectScan scan() throws IOException {
    return ProjectScan.of(project, project.resolve("data"), now);
  }

  @Test
  void whatIsNotTouchedIsTheSame() throws Exception {
    assertThat(scan().isAs(scan())).isTrue();
  }

  @Test
  @DisplayName("a file is saved twice within the same moment")
  void otherContentOfTheSameSizeAndTimeIsSeenWhileTheFileIsYoung() throws Exception {
    FileTime time = Files.getLastModifiedTime(code);
    ProjectScan before = scan();
    Files.writeString(code, "b");
    Files.setLastModifiedTime(code, time);

    assertThat(scan().isAs(before)).isFalse();
  }

  @Test
  void aFileThatIsPutInThePlaceOfAnotherIsSeenThoughItLooksAlike() throws Exception {
    FileTime longAgo = FileTime.from(now.minusSeconds(3600));
    Files.setLastModifiedTime(code, longAgo);
    ProjectScan before = scan();
    Path other = Files.writeString(project.resolve("other"), "b");
    Files.setLastModifiedTime(other, longAgo);
    Files.move(other, code, StandardCopyOption.REPLACE_EXISTING);

    assertThat(scan().isAs(before)).isFalse();
  }

  @Test
  void addedAndRemovedFilesAreSeen() throws Exception {
    ProjectScan before = scan();
    Path added = Files.writeString(project.resolve("processors/s1/more.py"), "");
    ProjectScan more = scan();
    assertThat(more.isAs(before)).isFalse();
    Files.delete(added);
    assertThat(scan().isAs(before)).isTrue();
  }

  @Test
  void whatEditorsToolsAndTheTwinItselfWriteIsNotSeen() throws Exception {
    ProjectScan before = scan();
    for (String name :
        new String[] {
          ".git/index",
          ".twinloom/aws.db",
          "data/aws.db",
          "processors/s1/__pycache__/process.pyc",
          "processors/s1/.process.py.swp",
          "processors/s1/process.py~",
          "processors/s1/#process.py#",
          "processors/s1/4913"
        }) {
      Path file = project.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "x");
    }

    assertThat(scan().isAs(before)).isTrue();
  }

  @Test
  void aFileIsNoOtherFileOnceItIsNotYoungAnyMore() throws Exception {
    ProjectScan young = scan();
    ProjectScan later = ProjectScan.of(project, project, now.plusSeconds(60));
    assertThat(ProjectScan.of(project, Path.of("/none"), now.plusSeconds(60)).isAs(young)).isTrue();
    assertThat(later.files()).isEmpty();
  }
}
