package io.twinloom.deployer.change;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs;

/**
 * Where the layers of a twin are, with the stores that it has on other clouds: with a project, all
 * that decides its topology.
 */
public record Layout(Placement placement, Legs legs) {

  public Layout {
    // One place says it.
    placement = placement.withLegs(Legs.NONE);
  }

  /** That of a project. */
  public static Layout of(Project project) {
    return new Layout(project.placement(), project.legs());
  }

  /** A project in this layout. */
  public PreparedProject of(PreparedProject project) {
    return project.withLegs(placement, legs);
  }

  /** The same with a layer on another cloud. */
  Layout with(Layer layer, Provider cloud) {
    return new Layout(placement.with(layer, cloud), legs);
  }

  /** The same with other stores of a tier. */
  Layout with(Layer tier, StoreLegs others) {
    return new Layout(placement, legs.with(tier, others));
  }
}
