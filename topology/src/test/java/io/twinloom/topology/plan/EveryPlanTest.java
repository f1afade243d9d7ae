package io.twinloom.topology.plan;

import org.junit.jupiter.api.Tag;

/** What is held for the plans of some placements by default is held for all that there are. */
@Tag("full")
class EveryPlanTest extends PlanTextTest {}

@Tag("full")
class EveryPictureTest extends PlanMermaidTest {}
