package io.twinloom.deployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.control.RotationReport.Rotated;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.Connections;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.Topology;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenRotationTest {

  private static final String INGESTION = "aws_l1_to_azure_l2";
  private static final String VIEW = "gcp_l3_to_gcp_l5_hot_reader";

  @TempDir Path folder;

  private final List<Connections> used = new ArrayList<>();
  private final TokenGenerator generator = new TokenGenerator(new SecureRandom());
  private Topology topology;
  private ConnectionStore store;
  private Connections before;

  @BeforeEach
  void deploy() {
    topology =
        Topology.of(
            Projects.of(
                folder,
                """
                [{"id": "press-1", "properties": [{"name": "force", "dataType": "DOUBLE"}]}]
                """,
                ""));
    store = new ConnectionStore(folder.resolve("connections.json"));
    Map<Provider, URI> clouds = new TreeMap<>();
    for (Provider cloud : Provider.all()) {
      clouds.put(cloud, URI.create("http://127.0.0.1:4000/" + cloud.id()));
    }
    before = store.connect(topology, clouds, generator);
  }

  @Test
  void theReceiverTakesBothTokensBeforeTheOldOneEnds() {
    rotation().rotate(Optional.of(INGESTION), false);
    String old = token(before);
    assertThat(used).hasSize(2);
    String[] both = token(used.get(0)).split(",");
    assertThat(both).hasSize(2);
    assertThat(both[0]).isNotEqualTo(old).hasSizeGreaterThanOrEqualTo(43);
    assertThat(both[1]).isEqualTo(old);
    assertThat(token(used.get(1))).isEqualTo(both[0]);
    assertThat(token(store.read())).isEqualTo(both[0]);
  }

  @Test
  void otherConnectionsKeepTheirTokens() {
    rotation().rotate(Optional.of(INGESTION), false);
    before
        .byId()
        .forEach(
            (id, c) -> {
              if (!id.equals(INGESTION)) {
                assertThat(store.read().byId().get(id)).isEqualTo(c);
              }
            });
  }

  @Test
  void allConnectionsAreRotatedWhereNoneIsNamed() {
    assertThat(rotation().rotate(Optional.empty(), true).rotated())
        .extracting(Rotated::id)
        .containsExactlyInAnyOrderElementsOf(before.byId().keySet());
    assertThat(store.read().byId().values())
        .extracting(Connections.Connection::token)
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(
            before.byId().values().stream().map(Connections.Connection::token).toList());
  }

  @Test
  void theTokenOfAViewStaysValidSinceNobodyKnowsWhenTheViewHasTheNewOne() {
    String old = before.byId().get(VIEW).token();
    assertThat(rotation().rotate(Optional.of(VIEW), false).rotated())
        .containsExactly(new Rotated(VIEW, true));
    assertThat(store.read().byId().get(VIEW).token()).endsWith("," + old);
    rotation().rotate(Optional.of(VIEW), true);
    assertThat(store.read().byId().get(VIEW).token()).doesNotContain(",").isNotEqualTo(old);
  }

  @Test
  void aRotationThatIsCutOffLeavesBothValidAndTheNextOneEndsIt() {
    TokenRotation cutOff =
        new TokenRotation(
            topology,
            store,
            generator,
            connections -> {
              throw new TwinloomException(
                  DeployerError.INTERRUPTED, "The sender still runs.", "", "");
            });
    assertThatThrownBy(() -> cutOff.rotate(Optional.of(INGESTION), false))
        .hasMessageContaining("still runs");
    assertThat(token(store.read())).endsWith("," + token(before));
    rotation().rotate(Optional.of(INGESTION), false);
    assertThat(token(store.read())).doesNotContain(",").isNotEqualTo(token(before));
  }

  @Test
  void anUnknownConnectionIsSaid() {
    assertThatThrownBy(() -> rotation().rotate(Optional.of("aws_l1_to_mars"), false))
        .isInstanceOf(TwinloomException.class)
        .hasMessageContaining("no connection aws_l1_to_mars");
    assertThat(used).isEmpty();
  }

  private TokenRotation rotation() {
    return new TokenRotation(topology, store, generator, used::add);
  }

  private static String token(Connections connections) {
    return connections.byId().get(INGESTION).token();
  }
}
