package io.twinloom.model.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/how-it-works.md} has the table of functions as the rows say it. */
class FunctionTableInDocsTest {

  @Test
  void thePageHasTheTableOfTheRows() throws IOException {
    StringBuilder table = new StringBuilder();
    table.append("| function | layer | exists when | invokes, or ⇒ sends to | what it does |\n");
    table.append("|---|---|---|---|---|\n");
    for (FunctionKind kind : FunctionKind.values()) {
      table.append(line(FunctionSpec.of(kind))).append("\n");
    }
    assertThat(Files.readString(page())).contains(table);
  }

  private static String line(FunctionSpec spec) {
    String role = spec.receiver().isPresent() ? " (receiver)" : "";
    String layer =
        spec.layer().title()
            + spec.layerWithout()
                .map(other -> ", or " + other.title())
                .map(or -> or + (spec.isCopier() ? " where it keeps no values" : " without it"))
                .orElse("");
    return String.join(
        " | ",
        "| " + spec.kind().id() + role,
        layer,
        spec.existence().words(),
        calls(spec),
        purpose(spec) + " |");
  }

  private static String calls(FunctionSpec spec) {
    List<String> all = new ArrayList<>();
    spec.invokes().forEach(callee -> all.add(callee.kind().id()));
    spec.sends().forEach(remote -> all.add("⇒ " + remote.receiver().id()));
    return String.join(", ", all);
  }

  private static String purpose(FunctionSpec spec) {
    String text =
        spec.purpose().text() + spec.purpose().remote().map(other -> ", or " + other).orElse("");
    for (Layer layer : Layer.values()) {
      text = text.replace("{" + layer.title() + "}", "another cloud");
    }
    return text.replace("{hot days}", "`hot_storage_size_in_days`")
        .replace("{hot and cold days}", "hot and cold days together");
  }

  private static Path page() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/how-it-works.md"))) {
      folder = folder.getParent();
    }
    return folder.resolve("docs/how-it-works.md");
  }
}
