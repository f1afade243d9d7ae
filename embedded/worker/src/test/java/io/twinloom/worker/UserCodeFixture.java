package io.twinloom.worker;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A project of user code for each test, whose workers end with it. */
abstract class UserCodeFixture {
  @TempDir Path folder;
  UserCodeProject project;

  @BeforeEach
  void openProject() {
    project = new UserCodeProject(folder);
  }

  @AfterEach
  void closeProject() {
    project.close();
  }
}
