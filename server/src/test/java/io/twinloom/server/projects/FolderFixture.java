package io.twinloom.server.projects;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A served folder of its own for each test. */
abstract class FolderFixture {

  @TempDir Path place;
  ServedFolder folder;

  @BeforeEach
  void serve() throws IOException {
    folder = ServedFolder.in(place);
  }

  @AfterEach
  void end() {
    folder.close();
  }
}
