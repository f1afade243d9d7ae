package io.twinloom.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is held for some placements by default is held for all that there are, here and below. */
@Tag("full")
class EveryPlacementTest {

  @Test
  void thereAreAllOfThem() {
    assertThat(Projects.placements()).hasSize(3_888);
  }
}

@Tag("full")
class EveryCrossingTest extends CrossingsTest {}

@Tag("full")
class EveryExistenceTest extends ExistsWhenTest {}

@Tag("full")
class EverySettingTest extends FunctionSettingsTest {}

@Tag("full")
class EveryRightTest extends RightsTest {}

@Tag("full")
class EveryTopologyTest extends TopologyTest {}
