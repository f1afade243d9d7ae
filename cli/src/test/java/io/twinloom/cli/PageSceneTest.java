package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The 3D scene of the web page's screen Twin. */
@Tag("full")
class PageSceneTest {

  private static final short[] TRIANGLE = {0, 1, 2};

  @TempDir Path folder;

  @Test
  @DisplayName(
      "A scene's model is shown with live values, and asks nobody but the twin for anything")
  void aSceneIsShownWithValues() throws Exception {
    CliRun made = CliRun.in(folder, "init", "greenhouse", "--from", "greenhouse");
    assertThat(made.exitCode()).isEqualTo(ExitCode.DONE);
    Path assets = Files.createDirectories(folder.resolve("greenhouse/scene_assets/aws"));
    Files.write(assets.resolve("house.glb"), model());
    ForegroundTwin twin = ForegroundTwin.start(folder, "greenhouse");
    try (PageBrowser browser = PageBrowser.on(twin)) {
      twin.run("send", "greenhouse", "--device", "tank", "--wait", "{\"level\": 1.25}");
      browser.open("?screen=twin");
      browser.see("model-viewer");
      browser.awaitText(".overlay", "tank level\\s+1\\.25");
      browser.awaitTrue("return document.querySelector('model-viewer').loaded === true");
      assertThat(browser.foreignRequests()).isEmpty();
      assertThat(browser.call("GET", "projects/greenhouse/scene/config.json", "").toString())
          .as("nothing else of the project is reachable")
          .contains("no such model");
    } finally {
      twin.destroy();
    }
  }

  /** A triangle as binary glTF. */
  private static byte[] model() {
    ByteBuffer data = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    for (float f : new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0}) {
      data.putFloat(f);
    }
    for (short index : TRIANGLE) {
      data.putShort(index);
    }
    byte[] json =
        """
        {"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],\
        "meshes":[{"primitives":[{"attributes":{"POSITION":0},"indices":1}]}],\
        "accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,1,0]},\
        {"bufferView":1,"componentType":5123,"count":3,"type":"SCALAR"}],\
        "bufferViews":[{"buffer":0,"byteOffset":0,"byteLength":36},{"buffer":0,"byteOffset":36,"byteLength":6}],\
        "buffers":[{"byteLength":44}]}
        """
            .strip()
            .getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + 3) / 4 * 4;
    ByteBuffer file = ByteBuffer.allocate(12 + 8 + padded + 8 + 44).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0x46546C67).putInt(2).putInt(file.capacity());
    file.putInt(padded).putInt(0x4E4F534A).put(json);
    while (file.position() < 20 + padded) {
      file.put((byte) ' ');
    }
    file.putInt(44).putInt(0x004E4942).put(data.array());
    return file.array();
  }
}
