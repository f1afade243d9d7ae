package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.terraform.PlannedChanges.Action;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Project;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The state of a twin wholly on AWS that the release before has deployed, whose variables were not
 * by cloud yet and which wrote nothing of versions and phases.
 */
@Tag("full")
class FormerReleaseTest {

  @Test
  void itsStateIsChangedInPlaceAndEveryThingKeepsItsAddress() throws IOException {
    Path data = TfCheck.emptyFolder("former-release");
    Project project = Twins.twin("aaaaaaa", Twins.EVENTS);
    try (InputStream state =
        new GZIPInputStream(
            Objects.requireNonNull(
                FormerReleaseTest.class.getResourceAsStream(
                    "/former-release/terraform.tfstate.gz")))) {
      Files.copy(state, data.resolve("terraform.tfstate"));
    }
    Path folder = data.resolve("terraform");
    new TerraformFiles(folder).writeBackend(Optional.empty());
    TerraformFolder former = TfCheck.in(folder);
    former.init();
    assertThat(former.outputs().get("deployment")).as("it wrote nothing of this").isNull();
    List<String> before = Standing.addresses(folder);
    assertThat(before).hasSizeGreaterThan(100);

    Twins.written(project, folder);
    TerraformFolder terraform = TfCheck.in(folder);
    terraform.init();
    PlannedChanges changes = terraform.plan();
    assertThat(changes.changes())
        .as("nothing goes, and nothing that is there is made again")
        .allSatisfy(
            c ->
                assertThat(c.action())
                    .as(c.address())
                    .isEqualTo(before.contains(c.address()) ? Action.CHANGE : Action.ADD))
        .allMatch(c -> c.action() == Action.CHANGE || !c.isNotable());
    assertThat(changes.changes())
        .extracting(Change::what)
        .as("stores are locked from now on")
        .contains("table mill-hot-iot-data", "bucket cold", "bucket archive");
    terraform.apply();
    assertThat(Standing.addresses(folder)).containsAll(before);

    JsonObject outputs = terraform.outputs();
    assertThat(outputs.object("clouds").flatMap(all -> all.object("aws"))).isPresent();
  }
}
