package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.function.FunctionSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what a function needs is in the variables, and the HCL knows no kind of function")
class HclDecidesNothingTest {

  @Test
  void noFileNamesAKindOfFunction() {
    // The one word that says what a function runs, too.
    Set<String> runs =
        Arrays.stream(FunctionSpec.Runs.values())
            .map(word -> word.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    List<String> named = new ArrayList<>();
    for (String file : TerraformFiles.carried()) {
      String hcl = new String(TerraformFiles.source(file), StandardCharsets.UTF_8);
      for (FunctionKind kind : FunctionKind.values()) {
        if (!runs.contains(kind.id()) && hcl.contains("\"" + kind.id() + "\"")) {
          named.add(file + ": " + kind.id());
        }
      }
    }
    assertThat(named).isEmpty();
  }

  @Test
  void noFileComparesAFunctionsKind() {
    assertThat(TerraformFiles.carried())
        .filteredOn(file -> file.endsWith(".tf"))
        .allSatisfy(
            file ->
                assertThat(new String(TerraformFiles.source(file), StandardCharsets.UTF_8))
                    .doesNotContainPattern(
                        "(functions\\[[^]]*\\]|\\bf)\\.kind\\s*[!=]=|==\\s*f\\.kind"));
  }
}
