package io.twinloom.model.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {

  @TempDir Path folder;

  @Test
  void aFolderIsDeletedWithAllThatIsInIt() throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree/a/b"));
    Files.writeString(tree.resolve("file"), "x");

    FolderTree.delete(folder.resolve("tree"));

    assertThat(folder.resolve("tree")).doesNotExist();
  }

  @Test
  void whatALinkLeadsToStays() throws Exception {
    Path kept = Files.createDirectories(folder.resolve("kept"));
    Files.writeString(kept.resolve("file"), "x");
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Files.createSymbolicLink(tree.resolve("link"), kept);
    Path link = Files.createSymbolicLink(folder.resolve("top"), kept);

    FolderTree.delete(tree);
    FolderTree.delete(link);

    assertThat(tree).doesNotExist();
    assertThat(link).doesNotExist();
    assertThat(kept.resolve("file")).exists();
  }

  @Test
  void oneThatIsNotThereIsNoError() throws Exception {
    FolderTree.delete(folder.resolve("none"));

    assertThat(folder).isEmptyDirectory();
  }
}
