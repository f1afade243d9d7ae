package io.twinloom.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskRoomTest {

  private static final long GIB = 1024L * 1024 * 1024;

  @Test
  void aTenthOfTheDiskAndAGibibyteStayFree() {
    assertThat(DiskRoom.isEnough(10 * GIB, 100 * GIB)).isTrue();
    assertThat(DiskRoom.isEnough(10 * GIB - 1, 100 * GIB)).isFalse();
    assertThat(DiskRoom.isEnough(GIB, 5 * GIB)).isTrue();
    assertThat(DiskRoom.isEnough(GIB - 1, 5 * GIB)).isFalse();
  }

  @Test
  void whereItCannotBeToldThereIsNone(@TempDir Path folder) {
    assertThat(new DiskRoom(folder.resolve("gone")).isThere()).isFalse();
  }
}
